/**
 * Who is trusted with what, for one network (PROTOCOL §2): a small public document with a serial, the hash of
 * its predecessor and the signatures of t guardians of the previous one (the genesis: of all parties).
 * Wallets pin the genesis. Assumes nothing; everybody else's trust rests on this file.
 */
import { Malformed } from '@answerable/core/errors';
import { z } from 'zod';
import { hashOf } from './canonical.ts';
import { messageLabels } from './labels.ts';
import * as wire from './wire.ts';

const party = { name: wire.name, title: wire.text(80), origin: wire.origin, signingKey: wire.verifyingKey };
const witness = z.strictObject({ name: wire.text(120), verifierKey: wire.text(200), origin: wire.origin });

export const guardianParty = z.strictObject({
  ...party,
  index: z.int().min(1).max(255),
  verificationKey: wire.point,
  sealingKey: wire.sealingKey,
});
export const keeperParty = z.strictObject({
  ...party,
  index: z.int().min(1).max(255),
  verificationKey: wire.point,
});
export const gatewayParty = z
  .strictObject({
    ...party,
    platforms: z.array(wire.name).min(1).max(50),
    /** Those that are servers of the AT Protocol: their people come in by invite codes. */
    atproto: z.array(wire.name).min(1).max(50).optional(),
  })
  .refine(({ platforms, atproto = [] }) => atproto.every((name) => platforms.includes(name)), {
    path: ['atproto'],
    message: 'among the platforms',
  });
export const authorityParty = z.strictObject({ ...party, sealingKey: wire.sealingKey });
export const ground = z.strictObject({
  id: wire.name,
  title: wire.text(200),
  authorities: z.array(wire.name),
});

/** The route of who has no documents: somebody vouches. No provider of the policy may have this id. */
export const refereeRoute = 'referee';

/** Where people prove who they are. `id` names the route; `kind` says how it is done. */
export const evidenceProvider = z.strictObject({
  id: wire.name.refine((id) => id !== refereeRoute),
  /** As people read it. */
  title: wire.text(80).min(1),
  kind: z.literal('openid'),
  issuer: wire.issuer,
  /** Where the browser is sent, if that is another origin than the issuer's. */
  authorizationOrigin: wire.origin.optional(),
  audience: wire.text(120),
  jwksUri: z.url().max(300),
});
const providersMax = 20;

/** Issuer keys that one policy may list, the first included. */
export const issuerKeysMax = 60;

export const trustPolicy = z.strictObject({
  v: z.literal(1),
  network: wire.name,
  serial: z.int().min(1),
  previous: wire.hash.nullable(),
  effective: wire.day,
  schema: z.literal('answerable-person-1'),
  /** The epoch of an instant t is floor(t / epochSeconds); grace is how long the previous one still counts. */
  epochSeconds: z.int().min(60),
  graceSeconds: z.int().min(0),
  registrar: z.strictObject({
    ...party,
    /** Of the first epochs, and of all where no other follows. */
    issuerKey: wire.issuerPoint,
    /** Each signs from an epoch on, until the next; in order, drawn beforehand, no key twice. */
    nextIssuerKeys: z
      .array(z.strictObject({ fromEpoch: wire.count, issuerKey: wire.issuerPoint }))
      .max(issuerKeysMax - 1)
      .optional(),
  }),
  evidence: z.array(evidenceProvider).max(providersMax).refine(areDistinct),
  /** Whether somebody without documents can be vouched for: the route `referee`. */
  referees: z.boolean(),
  opening: z.strictObject({
    threshold: z.int().min(2),
    publicKey: wire.point,
    transcript: wire.hash,
    guardians: z.array(guardianParty).min(3).max(15),
  }),
  tags: z.strictObject({
    threshold: z.int().min(2),
    publicKey: wire.point,
    transcript: wire.hash,
    keepers: z.array(keeperParty).min(3).max(15),
  }),
  log: z.strictObject({ name: wire.text(120), origin: wire.origin, verifierKey: wire.text(200) }),
  witnesses: z.strictObject({ quorum: z.int().min(0), list: z.array(witness).max(30) }),
  gateways: z.array(gatewayParty),
  wallets: z.array(wire.origin).min(1),
  /** Who publishes releases of the wallet, by whose key the log takes them. Serves nobody, knows nobody. */
  releases: z.strictObject({ publisher: wire.name, signingKey: wire.verifyingKey }),
  authorities: z.array(authorityParty),
  grounds: z.array(ground),
  limits: z.strictObject({
    recallBudget: z.int().min(1),
    recallPerDay: z.int().min(1),
    resetWaitSeconds: z.int().min(0),
    hearingSeconds: z.int().min(0),
    noticeSeconds: z.int().min(0),
    /** A checkpoint older than this is refused in an admission and in a disclosure. */
    checkpointAgeSeconds: z.int().min(1),
    /** How long a successor of this policy stands in the log before it binds; 14 days where it is not said. */
    successionSeconds: z.int().min(0).optional(),
  }),
});
export type TrustPolicy = z.infer<typeof trustPolicy>;
export type EvidenceParty = z.infer<typeof evidenceProvider>;
export type GuardianParty = z.infer<typeof guardianParty>;
export type KeeperParty = z.infer<typeof keeperParty>;
export type GatewayParty = z.infer<typeof gatewayParty>;
export type AuthorityParty = z.infer<typeof authorityParty>;

/** The file `trust/<network>-<serial>.policy`: the policy, its signatures by party name (DIVERGENCES D1). */
export const trustPolicyFile = z.strictObject({
  policy: trustPolicy.refine(hasHash),
  signatures: z.array(z.strictObject({ party: wire.name, signature: wire.signature })).max(64),
  /** Of a successor: the proof that it stood in the log early enough (trust-chain.ts). */
  logged: wire.tlogProof.optional(),
});
export type TrustPolicyFile = z.infer<typeof trustPolicyFile>;

/** Policies that one host serves at most: the first, and one a month for years. */
const successorsMax = 120;

/** What the wallet's host serves, `/policy.json`: the first policy, and what follows it in order. */
export const servedPolicies = trustPolicyFile.extend({
  successors: z.array(trustPolicyFile).max(successorsMax).optional(),
});

export const trustPolicyHash = (policy: TrustPolicy): string => hashOf(messageLabels.policyHash, policy);

/** The issuer key of an epoch: credentials of that epoch are signed with it and no other (DIVERGENCES D17). */
export function issuerKeyAt({ registrar }: Pick<TrustPolicy, 'registrar'>, epoch: number): string {
  const begun = registrar.nextIssuerKeys?.filter(({ fromEpoch }) => fromEpoch <= epoch) ?? [];
  return begun.at(-1)?.issuerKey ?? registrar.issuerKey;
}

/** The epoch that an instant (milliseconds since 1970) falls in. */
export const epochAt = (policy: TrustPolicy, nowMs: number): number =>
  Math.floor(nowMs / 1000 / policy.epochSeconds);

// Half of a surrogate pair has no bytes, so such a text has no hash.
function hasHash(policy: TrustPolicy): boolean {
  try {
    return trustPolicyHash(policy).length > 0;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

// One route, one provider; and one client at an issuer, so that a token says by which route it came.
function areDistinct(providers: readonly z.infer<typeof evidenceProvider>[]): boolean {
  const ids = new Set(providers.map(({ id }) => id));
  const clients = new Set(providers.map(({ issuer, audience }) => JSON.stringify([issuer, audience])));
  return ids.size === providers.length && clients.size === providers.length;
}
