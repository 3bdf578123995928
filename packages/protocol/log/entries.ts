/**
 * What stands in the log. Public kinds say what they are; everything about a case is a `commitment` without a
 * type, so that growth shows no investigation (PROTOCOL §7). No entry holds personal data. The log package
 * pads and encodes; this file says which bodies exist.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';

/** A salted commitment to something that only its parties can open. Fillers look the same. */
export const commitmentEntry = z.strictObject({
  v: z.literal(1),
  kind: z.literal('commitment'),
  commitment: wire.hash,
});
export type CommitmentEntry = z.infer<typeof commitmentEntry>;

/** Root over the record leaves of one batch of enrolments (RFC 6962 tree over 32-byte leaves). */
export const recordRootEntry = z.strictObject({
  v: z.literal(1),
  kind: z.literal('record-root'),
  root: wire.hash,
  leaves: wire.count,
});

export const policyEntry = z.strictObject({
  v: z.literal(1),
  kind: z.literal('trust-policy'),
  network: wire.name,
  serial: z.int().min(1),
  policy: wire.hash,
});

/**
 * A trust policy that follows another, by its hash: what it follows, and the UTC day from which it binds. One per
 * serial; the text is at the logbook, GET /trust-policies/:serial (spec/trust-succession.md).
 */
export const successorEntry = z.strictObject({
  ...policyEntry.shape,
  kind: z.literal('trust-policy-successor'),
  serial: z.int().min(2),
  previous: wire.hash,
  effective: wire.day,
});

/** Daily counts that must reconcile (PROTOCOL §3.9). */
export const censusEntry = z.strictObject({
  v: z.literal(1),
  kind: z.literal('census'),
  party: wire.name,
  day: wire.day,
  counts: z.record(wire.name, wire.count),
});

/**
 * One account was opened: platform, authority and ground in public, and the handle by which the wallet of the
 * holder finds it. `filing` and `approvals` point at the earlier commitments by index, so that anybody can
 * check that the record came before the act.
 */
export const noticeEntry = z.strictObject({
  v: z.literal(1),
  kind: z.literal('disclosure-notice'),
  platform: wire.name,
  authority: wire.name,
  ground: wire.name,
  guardian: wire.name,
  /** ν = H(κ) and the opening ρ of H(ν, ρ) kept in the case file. */
  handle: wire.hash,
  opening: wire.hash,
  filing: wire.index,
  approvals: z.array(wire.index).min(2).max(15),
});
export type NoticeEntry = z.infer<typeof noticeEntry>;

/**
 * A release of the wallet: the hash of its manifest (wallet-release.ts), its version and how many files it has.
 * Wallets run no update whose entry is not in the log.
 */
export const releaseEntry = z.strictObject({
  v: z.literal(1),
  kind: z.literal('wallet-release'),
  release: wire.hash,
  version: wire.name,
  files: z.int().min(1).max(1000),
});
export type ReleaseEntry = z.infer<typeof releaseEntry>;

/**
 * A policy of a platform, by its hash: one per gateway, platform and serial, chained; but for the first it binds
 * 14 days after it stands here at the earliest. The words are at the gateway, GET /policy/:platform.
 */
export const platformPolicyEntry = z.strictObject({
  v: z.literal(1),
  kind: z.literal('platform-policy'),
  gateway: wire.name,
  platform: wire.name,
  serial: z.int().min(1),
  policy: wire.hash,
  previous: wire.hash.nullable(),
  effective: wire.day,
});

export const logEntry = z.discriminatedUnion('kind', [
  commitmentEntry,
  recordRootEntry,
  policyEntry,
  successorEntry,
  censusEntry,
  noticeEntry,
  releaseEntry,
  platformPolicyEntry,
]);
export type LogEntry = z.infer<typeof logEntry>;

/** POST /entries of the logbook: signed by a party that the logbook knows. */
export const logSubmission = z.strictObject({
  party: wire.name,
  /** The same key twice is the same entry once. */
  key: wire.id,
  entry: logEntry,
});
export type LogSubmission = z.infer<typeof logSubmission>;
/** 202: recorded. The index is known when the sequencer has run: GET /entries/by-key/:key. */
export const logAccepted = z.strictObject({ key: wire.id });
export const logPlaced = z.strictObject({ index: wire.index });
