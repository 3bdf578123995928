// What anyone can check of a key ceremony, and what one participant checks: spec/ceremony.md, second
// implementation. It follows a session; it does not run one.

import { ed25519 } from '@noble/curves/ed25519.js';
import { checkSealingKey, openFrom, sealingKeyOf } from './envelope.ts';
import { decodePoint, decodeScalar, encodePoint, G, mul, O, type Point, SHA256, sum } from './group.ts';
import { label } from './label.ts';
import { frame, I2OSP, isRefused, join, must, Reader, refuse, same } from './octets.ts';
import { equation, proofTag, verify } from './sigma.ts';

export type Session = {
  readonly role: 'opening' | 'tag';
  readonly network: string;
  readonly threshold: number;
  readonly nonce: Uint8Array;
  readonly participants: readonly { readonly name: string; readonly key: Uint8Array }[];
};
export const round = { commit: 1, reveal: 2, deal: 3, confirm: 4 } as const;

export function sessionId({ role, network, threshold, nonce, participants }: Session): Uint8Array {
  const n = participants.length;
  must(threshold >= 2 && threshold < n && n <= 16 && n >= 2 * threshold - 1, 't of n');
  must(nonce.length === 32 && participants.every(({ key }) => key.length === 32), 'session');
  must(new Set(participants.map(({ name }) => name)).size === n, 'names');
  must(new Set(participants.map(({ key }) => Buffer.from(key).toString('hex'))).size === n, 'keys');
  const people = participants.map(({ name, key }) => frame(name, key));
  return SHA256(frame(label('ceremonySession'), role, network, I2OSP(threshold, 1), nonce, ...people));
}

/** The body of participant `index`'s message of a round, or refuses. */
export function readMessage(
  session: Session,
  roundOctet: number,
  index: number,
  octets: Uint8Array,
): Uint8Array {
  must(octets.length >= 66 && octets[0] === roundOctet && octets[1] === index, 'message');
  const body = octets.slice(2, -64);
  const signed = frame(label('ceremonyMessage'), sessionId(session), octets.slice(0, 2), body);
  const key = session.participants[index - 1]?.key ?? refuse('index');
  let holds = false;
  try {
    holds = ed25519.verify(octets.slice(-64), signed, key, { zip215: false });
  } catch {
    holds = false;
  }
  must(holds, 'signature');
  return body;
}

export type Revealed = {
  readonly transcript: Uint8Array;
  /** A_ik of every participant. */
  readonly commitments: readonly (readonly Point[])[];
  readonly sealingKeys: readonly Uint8Array[];
};

/** Commits and reveals of everyone, in order. */
export function checkReveals(
  session: Session,
  commits: readonly Uint8Array[],
  reveals: readonly Uint8Array[],
): Revealed {
  const n = session.participants.length;
  must(commits.length === n && reveals.length === n, 'messages missing');
  const sid = sessionId(session);
  const commitBodies = commits.map((message, at) => readMessage(session, round.commit, at + 1, message));
  const revealBodies = reveals.map((message, at) => readMessage(session, round.reveal, at + 1, message));
  const opened = revealBodies.map((body, at) => {
    const index = I2OSP(at + 1, 1);
    const commitment = SHA256(frame(label('ceremonyCommitment'), sid, index, body));
    must(same(commitment, commitBodies[at]!), 'commitment');
    const from = new Reader(body);
    from.take(32);
    const sealingKey = from.take(32);
    checkSealingKey(sealingKey);
    const octets = Array.from({ length: session.threshold }, () => from.take(48));
    const points = octets.map(decodePoint);
    const tag = proofTag('proofPossession', frame(sid, index, join(...octets)));
    verify({ elements: [points[0]!], equations: [equation(1, [0, 0])] }, 1, tag, from.take(64));
    from.end();
    return { sealingKey, points };
  });
  return {
    transcript: SHA256(frame(label('ceremonyTranscript'), sid, ...commitBodies, ...revealBodies)),
    commitments: opened.map(({ points }) => points),
    sealingKeys: opened.map(({ sealingKey }) => sealingKey),
  };
}

/** Σ_k j^k·A_ik. */
const atIndex = (commitments: readonly Point[], j: number): Point =>
  sum(...commitments.map((A, k) => [BigInt(j) ** BigInt(k), A] as const));

/** Y and every X_j, from the commitments alone. */
export function keysFrom({ commitments }: Revealed): { Y: Uint8Array; verificationKeys: Uint8Array[] } {
  const total = (points: readonly Point[]) => {
    const point = points.reduce((sum, A) => sum.add(A), O);
    must(!point.is0(), 'key identity');
    return encodePoint(point);
  };
  return {
    Y: total(commitments.map((points) => points[0]!)),
    verificationKeys: commitments.map((_, at) => total(commitments.map((points) => atIndex(points, at + 1)))),
  };
}

/** f_i(j) out of i's deal to j, checked against i's commitments; or refuses. */
export function openDeal(
  session: Session,
  seen: Revealed,
  { from: i, to: j, secret }: { from: number; to: number; secret: Uint8Array },
  message: Uint8Array,
): bigint {
  const sealed = readDeal(session, seen, i, j, message);
  const info = frame(label('ceremonyDeal'), sessionId(session), I2OSP(i, 1), I2OSP(j, 1));
  const value = decodeScalar(openFrom(secret, info, sealed));
  must(mul(G, value).equals(atIndex(seen.commitments[i - 1]!, j)), 'share off the polynomial');
  return value;
}

function readDeal(session: Session, seen: Revealed, i: number, j: number, message: Uint8Array): Uint8Array {
  const body = new Reader(readMessage(session, round.deal, i, message));
  must(body.octet() === j && same(body.take(32), seen.transcript), 'deal');
  return body.rest();
}

/** Who cheated, of accuser and accused. */
export function judge(
  session: Session,
  seen: Revealed,
  {
    accuser,
    accused,
    deal,
    secret,
  }: { accuser: number; accused: number; deal: Uint8Array; secret: Uint8Array },
): number {
  if (accuser === accused || isRefused(() => readDeal(session, seen, accused, accuser, deal))) return accuser;
  if (!same(sealingKeyOf(secret), seen.sealingKeys[accuser - 1]!)) return accuser;
  const bad = isRefused(() => openDeal(session, seen, { from: accused, to: accuser, secret }, deal));
  return bad ? accused : accuser;
}

/** The keys, if everyone signed the same and it is what the commitments make. */
export function checkConfirmations(session: Session, seen: Revealed, messages: readonly Uint8Array[]) {
  must(messages.length === session.participants.length, 'messages missing');
  const keys = keysFrom(seen);
  const expected = join(seen.transcript, keys.Y, ...keys.verificationKeys);
  for (const [at, message] of messages.entries())
    must(same(readMessage(session, round.confirm, at + 1, message), expected), 'confirmation');
  return { threshold: session.threshold, ...keys };
}
