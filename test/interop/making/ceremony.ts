// The ceremony vectors: what everybody sees of a session, and complaints.

import { type Revealed, round, type Session, sessionId } from '../second/ceremony.ts';
import { sealTo } from '../second/envelope.ts';
import { decodePoint, encodePoint, G, mul, r, randomScalar } from '../second/group.ts';
import { label } from '../second/label.ts';
import { frame, fromHex, hexOf, I2OSP, join } from '../second/octets.ts';
import { equation, proofTag, prove } from '../second/sigma.ts';
import type { Vector } from '../verdicts.ts';
import * as world from '../world.ts';
import { identityPoint, type Made, replaced } from './made.ts';

// Offsets in a reveal body of t = 2: salt, sealing key, two points, proof.
const at = { key: 32, A0: 64, A1: 112, proof: 160 };

export function ceremonyVectors(): Made {
  const { whole, complaint } = world.ceremonyVectors();
  const other = world.ceremonyVectors();
  const list = (name: string, vector: Vector = whole) => vector[name] as string[];
  const swapped = ([a, b, ...rest]: string[]) => [b!, a!, ...rest];
  const cheated = (reveal: NonNullable<world.Misconduct['reveal']>): Vector => ({
    ...world.ceremonyVectors({ reveal }).whole,
    confirmations: list('confirmations'),
  });

  return {
    valid: {
      'three-of-them-end-well': whole,
      'complaint-about-an-honest-deal-names-the-accuser': complaint,
      'complaint-about-a-wrong-share-names-the-accused': world.ceremonyVectors({ deal: wrongShare })
        .complaint,
      'complaint-about-an-unreadable-deal-names-the-accused': world.ceremonyVectors({ deal: unreadable })
        .complaint,
      'complaint-about-a-share-not-canonical-names-the-accused': world.ceremonyVectors({ deal: nonCanonical })
        .complaint,
      'complaint-with-other-secret-names-the-accuser': { ...complaint, secret: other.complaint.secret! },
      'complaint-with-deal-of-other-session-names-the-accuser': {
        ...complaint,
        deal: other.complaint.deal!,
      },
      'complaint-with-unsigned-deal-names-the-accuser': {
        ...complaint,
        deal: hexOf(replaced(fromHex(complaint.deal as string), 60, Uint8Array.of(0, 0, 0, 0))),
      },
    },
    invalid: {
      'other-session': { ...whole, nonce: other.whole.nonce! },
      'other-role': { ...whole, role: 'tag' },
      'other-network': { ...whole, network: 'elsewhere' },
      'other-threshold': { ...whole, threshold: 3 },
      'threshold-of-one': { ...whole, threshold: 1 },
      'a-commit-missing': { ...whole, commits: list('commits').slice(1) },
      'reveals-of-other-session': { ...whole, reveals: list('reveals', other.whole) },
      'commits-under-each-others-names': { ...whole, commits: swapped(relabelled(list('commits'))) },
      'reveal-does-not-fit-the-commit': {
        ...whole,
        commits: list(
          'commits',
          cheated((body) => body),
        ),
      },
      'one-commitment-too-many': cheated((body, sid) => {
        const points = join(body.slice(at.A0, at.proof), encodePoint(mul(G, randomScalar())));
        return join(body.slice(0, at.A0), points, possession(sid, points, body.slice(at.proof)));
      }),
      'one-commitment-too-few': cheated((body) => join(body.slice(0, at.A1), body.slice(at.proof))),
      'commitment-identity': cheated((body) => replaced(body, at.A1, identityPoint)),
      'possession-of-nothing': cheated((body) => replaced(body, at.proof, new Uint8Array(64))),
      'possession-borrowed-from-another': cheated((_, __, bodies) => bodies[0]!),
      'rogue-key': cheated((body, _, bodies) => {
        const others = [bodies[0]!, bodies[2]!].map((one) => decodePoint(one.slice(at.A0, at.A1)));
        const wanted = mul(G, randomScalar());
        return replaced(body, at.A0, encodePoint(others.reduce((left, A) => left.subtract(A), wanted)));
      }),
      'sealing-key-of-small-order': cheated((body) => replaced(body, at.key, new Uint8Array(32))),
      'confirmations-of-other-session': { ...whole, confirmations: list('confirmations', other.whole) },
      'a-confirmation-missing': { ...whole, confirmations: list('confirmations').slice(0, 2) },
      'one-confirmation-twice': {
        ...whole,
        confirmations: [list('confirmations')[0]!, ...list('confirmations').slice(0, 2)],
      },
      'a-confirmation-of-other-keys': {
        ...whole,
        confirmations: [otherKeys(whole, list('confirmations')[0]!), ...list('confirmations').slice(1)],
      },
    },
  };
}

const sidOf = (vector: Vector): Uint8Array =>
  sessionId({
    role: 'opening',
    network: vector.network as string,
    threshold: vector.threshold as number,
    nonce: fromHex(vector.nonce as string),
    participants: (vector.participants as { name: string; key: string }[]).map(({ name, key }) => ({
      name,
      key: fromHex(key),
    })),
  });

/** Participant 1 signs X_2 and X_3 the other way round. */
function otherKeys(whole: Vector, confirmation: string): string {
  const body = fromHex(confirmation).slice(2, -64);
  const swapped = join(body.slice(0, 128), body.slice(176, 224), body.slice(128, 176));
  return hexOf(world.spoken(sidOf(whole), round.confirm, 1, swapped));
}

const relabelled = ([one, two, ...rest]: string[]): string[] => [
  `0102${one!.slice(4)}`,
  `0101${two!.slice(4)}`,
  ...rest,
];

/** A proof for A0 … over points whose first secret is not known here: that of a key of one's own. */
function possession(sid: Uint8Array, points: Uint8Array, old: Uint8Array): Uint8Array {
  const a = randomScalar();
  const tag = proofTag('proofPossession', frame(sid, I2OSP(2, 1), points));
  const made = prove({ elements: [mul(G, a)], equations: [equation(1, [0, 0])] }, [a], tag);
  return made.slice(0, old.length);
}

const dealt = (session: Session, seen: Revealed, share: Uint8Array): Uint8Array => {
  const sid = sessionId(session);
  const info = frame(label('ceremonyDeal'), sid, I2OSP(2, 1), I2OSP(1, 1));
  const sealed = sealTo(seen.sealingKeys[0]!, info, share);
  return world.spoken(sid, round.deal, 2, join(I2OSP(1, 1), seen.transcript, sealed));
};
const wrongShare = (session: Session, seen: Revealed) => dealt(session, seen, I2OSP(randomScalar(), 32));
const nonCanonical = (session: Session, seen: Revealed) => dealt(session, seen, I2OSP(r + 5n, 32));
const unreadable = (session: Session, seen: Revealed) => {
  const body = dealt(session, seen, I2OSP(1, 32)).slice(2, -64);
  return world.spoken(sessionId(session), round.deal, 2, replaced(body, 80, new Uint8Array(8)));
};
