// Who makes a key together, and the signed messages they pass round (spec/ceremony.md, "Session", "Messages").
// Messages are octets: whoever carries them cannot alter one, replay one from another session, or speak for
// somebody else. All but deals are public.

import { ed25519 } from '@noble/curves/ed25519.js';
import { concat, i2osp, utf8 } from '../bytes.ts';
import { Malformed } from '../errors.ts';
import { frame } from '../frame.ts';
import { sha256 } from '../hash.ts';
import { label } from '../label.ts';
import { checkParameters, type Role } from './key.ts';

const SIGNATURE_BYTES = 64;
const HEAD_BYTES = 2;
const NONCE_BYTES = 32;
const SIGNING_KEY_BYTES = 32;
const NAME_BYTES_MAX = 120;

/** Participant i (1..n) is participants[i - 1]. `nonce`: 32 octets nobody chose alone, e.g. a policy hash. */
export type Session = {
  readonly role: Role;
  readonly network: string;
  readonly threshold: number;
  readonly participants: readonly { readonly name: string; readonly signingKey: Uint8Array }[];
  readonly nonce: Uint8Array;
};

export const ROUNDS = { commit: 1, reveal: 2, deal: 3, confirm: 4 } as const;
export type Round = keyof typeof ROUNDS;

/** Somebody broke the ceremony, and everybody can see who. `culprits` are indices. */
export class CeremonyFault extends Error {
  override readonly name = 'CeremonyFault';
  readonly round: Round;
  readonly culprits: readonly number[];
  readonly what: string;

  constructor(round: Round, culprits: readonly number[], what: string) {
    super(`${round}: ${what} (participants ${culprits.join(', ')})`);
    this.round = round;
    this.culprits = culprits;
    this.what = what;
  }
}

/** 32 octets over role, network, parameters, participants and nonce. Throws Malformed. */
export function sessionId(session: Session): Uint8Array {
  const { role, network, threshold, participants, nonce } = session;
  checkParameters(threshold, participants.length);
  if (nonce.length !== NONCE_BYTES) throw new Malformed('session nonce', `${NONCE_BYTES} octets`);
  const distinct = (values: string[]) => new Set(values).size === values.length;
  const holds =
    distinct(participants.map((p) => p.name)) &&
    distinct(participants.map((p) => String(p.signingKey))) &&
    participants.every(
      (p) => p.signingKey.length === SIGNING_KEY_BYTES && utf8(p.name).length <= NAME_BYTES_MAX,
    );
  if (!holds) throw new Malformed('participants', 'distinct names and distinct ed25519 keys');
  const people = participants.map((p) => frame(utf8(p.name), p.signingKey));
  return sha256(
    frame(label('ceremonySession'), utf8(role), utf8(network), i2osp(threshold, 1), nonce, ...people),
  );
}

/** round 1 ‖ index 1 ‖ body ‖ ed25519 signature 64. */
export function signMessage(
  sid: Uint8Array,
  round: Round,
  index: number,
  body: Uint8Array,
  signingSecret: Uint8Array,
): Uint8Array {
  const head = Uint8Array.of(ROUNDS[round], index);
  return concat(head, body, ed25519.sign(signedOctets(sid, head, body), signingSecret));
}

/** The body, if `octets` are what `index` signed in this round of this session. Throws Malformed. */
export function readMessage(session: Session, round: Round, index: number, octets: Uint8Array): Uint8Array {
  const malformed = () =>
    new Malformed(`${round} message`, 'a message of this round, session and participant');
  const key = session.participants[index - 1]?.signingKey;
  if (key === undefined || octets.length < HEAD_BYTES + SIGNATURE_BYTES) throw malformed();
  const head = octets.slice(0, HEAD_BYTES);
  const body = octets.slice(HEAD_BYTES, -SIGNATURE_BYTES);
  if (head[0] !== ROUNDS[round] || head[1] !== index) throw malformed();
  const signed = signedOctets(sessionId(session), head, body);
  let holds = false;
  try {
    holds = ed25519.verify(octets.slice(-SIGNATURE_BYTES), signed, key, { zip215: false });
  } catch {
    throw malformed();
  }
  if (!holds) throw malformed();
  return body;
}

/** One body from each participant, in order, however the messages arrive. Names who is absent. */
export function readAll(session: Session, round: Round, messages: readonly Uint8Array[]): Uint8Array[] {
  const bodies = new Map<number, Uint8Array>();
  for (const octets of messages) {
    const index = octets[1] ?? 0;
    const body = readMessage(session, round, index, octets);
    const before = bodies.get(index);
    if (before && String(before) !== String(body)) throw new CeremonyFault(round, [index], 'said two things');
    bodies.set(index, body);
  }
  const all = session.participants.map((_, i) => i + 1);
  const absent = all.filter((index) => !bodies.has(index));
  if (absent.length > 0) throw new CeremonyFault(round, absent, 'said nothing');
  return all.map((index) => bodies.get(index)!);
}

/** Two messages, both signed, of one round and participant, that differ: proof of equivocation. */
export function equivocator(session: Session, round: Round, a: Uint8Array, b: Uint8Array): number {
  const index = a[1] ?? 0;
  const [one, two] = [readMessage(session, round, index, a), readMessage(session, round, index, b)];
  if (String(one) === String(two)) throw new Malformed(`${round} messages`, 'two that differ');
  return index;
}

function signedOctets(sid: Uint8Array, head: Uint8Array, body: Uint8Array): Uint8Array {
  return frame(label('ceremonyMessage'), sid, head, body);
}
