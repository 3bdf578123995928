// Whom a reader believes about one log: its key, the witnesses, and the quorum of witnesses that must have
// seen a checkpoint (the rule of C2SP tlog-policy: a witness, or k of a group). Keys come from the trust
// policy. Must never count one key twice, nor a cosignature whose time is not believed.

import type { CheckpointKeys, OpenedCheckpoint } from './checkpoint.ts';
import { sameBytes } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import { parseVerifierKey, type VerifierKey } from './note-key.ts';

/** How far a witness's clock may run ahead of ours, in seconds. */
const CLOCK_AHEAD_SECONDS_MAX = 300;

/** A witness, or at least k of the members of a group. */
export type Quorum = VerifierKey | QuorumGroup;
export interface QuorumGroup {
  readonly atLeast: number;
  readonly of: readonly Quorum[];
}

export interface LogTrust extends CheckpointKeys {
  readonly quorum: Quorum;
}

/** Verifier keys as text, and how many of the witnesses must have cosigned (0 asks for none). */
export interface LogTrustText {
  readonly log: string;
  readonly witnesses: readonly string[];
  readonly quorum: number;
}

export function parseLogTrust({ log, witnesses, quorum }: LogTrustText): LogTrust {
  const keys = witnesses.map(parseVerifierKey);
  return logTrust(parseVerifierKey(log), { atLeast: quorum, of: keys });
}

/** Trust in `log` under a quorum of any depth; refuses wrong key types, doubled keys, impossible groups. */
export function logTrust(log: VerifierKey, quorum: Quorum): LogTrust {
  const witnesses = membersOf(quorum);
  if (log.type !== 0x01) throw new MalformedLogData('log key', 'type 0x01');
  if (witnesses.some((key) => key.type !== 0x04)) throw new MalformedLogData('witness key', 'type 0x04');
  const all = [log, ...witnesses];
  if (all.some((key, i) => all.slice(i + 1).some((other) => sameBytes(key.publicKey, other.publicKey))))
    throw new MalformedLogData('witness keys', 'each public key once');
  return { log, witnesses, quorum };
}

function membersOf(quorum: Quorum): VerifierKey[] {
  if (!isGroup(quorum)) return [quorum];
  const { atLeast, of } = quorum;
  if (!Number.isSafeInteger(atLeast) || atLeast < 0 || atLeast > of.length)
    throw new MalformedLogData('quorum', 'between 0 and the number of members');
  return of.flatMap(membersOf);
}

const isGroup = (quorum: Quorum): quorum is QuorumGroup => 'of' in quorum;

/** Which cosignatures are fresh: POSIX seconds now, and the greatest age in seconds. */
export interface Freshness {
  readonly now: number;
  readonly ageSecondsMax: number;
}

declare const quorate: unique symbol;

/** A checkpoint that the log signed and a quorum of witnesses cosigned. */
export interface QuorateCheckpoint extends OpenedCheckpoint {
  readonly [quorate]: true;
}

/** The checkpoint, proven to have its quorum; with `freshness`, of cosignatures no older than it allows. */
export function requireQuorum(
  checkpoint: OpenedCheckpoint,
  trust: LogTrust,
  freshness?: Freshness,
): QuorateCheckpoint {
  const seen = checkpoint.cosignatures
    .filter(({ time }) => time !== undefined && (freshness === undefined || isFresh(time, freshness)))
    .map(({ key }) => key);
  if (!reached(trust.quorum, seen)) throw new LogUnverified();
  return checkpoint as QuorateCheckpoint;
}

function reached(quorum: Quorum, seen: readonly VerifierKey[]): boolean {
  if (!isGroup(quorum)) return seen.some((key) => sameBytes(key.publicKey, quorum.publicKey));
  return quorum.of.filter((member) => reached(member, seen)).length >= quorum.atLeast;
}

function isFresh(time: number, { now, ageSecondsMax }: Freshness): boolean {
  return time >= now - ageSecondsMax && time <= now + CLOCK_AHEAD_SECONDS_MAX;
}
