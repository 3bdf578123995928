import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { concat, equalBytes } from '../bytes.ts';
import { decodeG1, decodeScalar, encodeG1, G1_BASE, mulG1 } from '../curve.ts';
import { Malformed } from '../errors.ts';
import { sealTo } from '../escrow/envelope.ts';
import { frame } from '../frame.ts';
import { sha256 } from '../hash.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { checkConfirmations, deal, finish, judge, type Outcome } from './deals.ts';
import { checkKeySet, checkParameters, interpolateG1, type PublicKeySet, type Role } from './key.ts';
import { CeremonyFault, equivocator, type Session, sessionId, signMessage } from './message.ts';
import { checkReveals, commit, type Kept, type Public, reveal } from './rounds.ts';

type Table = { session: Session; secrets: Uint8Array[]; kept: Kept[]; commits: Uint8Array[] };

function sit(threshold: number, n: number, role: Role = 'opening', nonce = randomBytes(32)): Table {
  const secrets = Array.from({ length: n }, () => randomBytes(32));
  const participants = secrets.map((secret, i) => ({
    name: `guardian ${i + 1}`,
    signingKey: ed25519.getPublicKey(secret),
  }));
  const session = { role, network: 'test', threshold, participants, nonce };
  const first = secrets.map((secret, i) => commit(session, i + 1, secret));
  return { session, secrets, kept: first.map((f) => f.kept), commits: first.map((f) => f.message) };
}
const revealAll = ({ kept, commits }: Table) => kept.map((k) => reveal(k, commits));
function upToDeals(table: Table) {
  const reveals = revealAll(table);
  const seen = checkReveals(table.session, table.commits, reveals);
  const boxes = new Map<number, Uint8Array[]>();
  for (const k of table.kept) {
    for (const { to, message } of deal(k, seen)) boxes.set(to, [...(boxes.get(to) ?? []), message]);
  }
  return { reveals, seen, boxes };
}
function run(table: Table): { seen: Public; outcomes: Extract<Outcome, { ok: true }>[] } {
  const { seen, boxes } = upToDeals(table);
  const outcomes = table.kept.map((k) => finish(k, seen, boxes.get(k.index)!));
  return { seen, outcomes: outcomes.filter((o) => o.ok) };
}
const fault = (f: () => unknown): CeremonyFault => {
  try {
    f();
  } catch (error) {
    if (error instanceof CeremonyFault) return error;
    throw error;
  }
  throw new Error('no fault was found');
};

describe('a key that nobody holds', () => {
  test.each([
    [2, 3],
    [3, 5],
    [4, 7],
  ])('%i of %i: one key, shares that fit it, signed by all', (t, n) => {
    const table = sit(t, n);
    const { seen, outcomes } = run(table);
    expect(outcomes).toHaveLength(n);
    const keys = checkConfirmations(
      table.session,
      seen,
      outcomes.map((o) => o.confirmation),
    );
    for (const outcome of outcomes) expect(outcome.keys).toEqual(keys);
    checkKeySet(keys);
    const subset = outcomes.slice(n - t).map(({ share }) => share);
    const points = subset.map(({ secret }) => mulG1(G1_BASE, decodeScalar(secret)));
    expect(
      encodeG1(
        interpolateG1(
          subset.map((s) => s.index),
          points,
        ),
      ),
    ).toEqual(keys.publicKey);
    const few = subset.slice(1);
    const fewer = interpolateG1(
      few.map((s) => s.index),
      points.slice(1),
    );
    expect(encodeG1(fewer)).not.toEqual(keys.publicKey);
  });

  test('parameters: 2 ≤ t < n and n ≥ 2t − 1', () => {
    for (const [t, n] of [
      [1, 3],
      [3, 3],
      [3, 4],
      [4, 6],
      [2, 2],
      [2, 17],
      [2.5, 5],
    ] as const) {
      expect(() => checkParameters(t, n)).toThrow(Malformed);
    }
    for (const [t, n] of [
      [2, 3],
      [3, 5],
      [4, 7],
      [2, 5],
    ] as const)
      expect(() => checkParameters(t, n)).not.toThrow();
  });

  test('a session is its role, network, parameters, people and nonce', () => {
    const { session } = sit(2, 3);
    const ids = [
      session,
      { ...session, role: 'tag' as const },
      { ...session, network: 'other' },
      { ...session, nonce: randomBytes(32) },
      { ...session, participants: [...session.participants].reverse() },
    ].map((s) => String(sessionId(s)));
    expect(new Set(ids).size).toBe(ids.length);
    const [first] = session.participants;
    const doubled = { ...session, participants: [first!, ...session.participants.slice(1, 2), first!] };
    expect(() => sessionId(doubled)).toThrow(Malformed);
  });

  test('a key set off its polynomial is refused', () => {
    const { outcomes } = run(sit(2, 3));
    const { keys } = outcomes[0]!;
    const swapped: PublicKeySet = { ...keys, verificationKeys: [...keys.verificationKeys].reverse() };
    const other: PublicKeySet = { ...keys, publicKey: encodeG1(G1_BASE) };
    for (const bad of [swapped, other]) expect(() => checkKeySet(bad)).toThrow(Malformed);
  });
});

describe('a cheat is named', () => {
  test('a bad share: the complaint names the dealer, whoever checks it', () => {
    const table = sit(2, 3);
    const { seen, boxes } = upToDeals(table);
    const liar = { ...table.kept[1]!, coefficients: table.kept[2]!.coefficients };
    const bad = deal(liar, seen).find(({ to }) => to === 1)!.message;
    const outcome = finish(table.kept[0]!, seen, [bad, boxes.get(1)!.find((m) => m[1] === 3)!]);
    expect(outcome.ok).toBe(false);
    if (outcome.ok) return;
    expect(outcome.complaints.map((c) => c.accused)).toEqual([2]);
    expect(judge(table.session, seen, outcome.complaints[0]!)).toBe(2);
  });

  test('a share that does not open at all is the dealer’s fault too', () => {
    const table = sit(2, 3);
    const { seen } = upToDeals(table);
    const sid = sessionId(table.session);
    const sealed = sealTo(
      seen.ephemeralKeys[0]!,
      frame(label('ceremonyDeal'), sid, Uint8Array.of(2), Uint8Array.of(3)),
      new Uint8Array(32),
    );
    const message = signMessage(
      sid,
      'deal',
      2,
      concat(Uint8Array.of(1), seen.transcript, sealed),
      table.secrets[1]!,
    );
    const complaint = {
      accuser: 1,
      accused: 2,
      deal: message,
      ephemeralSecret: table.kept[0]!.ephemeral.secretKey,
    };
    expect(judge(table.session, seen, complaint)).toBe(2);
  });

  test('a false complaint names the accuser', () => {
    const table = sit(2, 3);
    const { seen, boxes } = upToDeals(table);
    const honest = boxes.get(1)!.find((m) => m[1] === 2)!;
    const own = table.kept[0]!.ephemeral.secretKey;
    const accuse = (deal: Uint8Array, ephemeralSecret: Uint8Array) =>
      judge(table.session, seen, { accuser: 1, accused: 2, deal, ephemeralSecret });
    expect(accuse(honest, own)).toBe(1);
    expect(accuse(honest, randomBytes(32))).toBe(1);
    expect(accuse(boxes.get(3)!.find((m) => m[1] === 2)!, own)).toBe(1);
    const altered = honest.slice();
    altered[80]! ^= 1;
    expect(accuse(altered, own)).toBe(1);
  });

  test('showing something else than was committed to', () => {
    const table = sit(2, 3);
    const reveals = revealAll(table);
    const rushed = commit(table.session, 3, table.secrets[2]!).kept;
    reveals[2] = reveal(rushed, table.commits);
    const found = fault(() => checkReveals(table.session, table.commits, reveals));
    expect([found.round, found.culprits]).toEqual(['reveal', [3]]);
  });

  test('one commitment too many or too few: another degree is refused', () => {
    for (const threshold of [1, 3]) {
      const table = sit(2, 3);
      const sid = sessionId(table.session);
      const body = table.kept[0]!.reveal;
      const points = body.slice(64, 64 + 96);
      const resized = concat(
        body.slice(0, 64),
        concat(points, points).slice(0, 48 * threshold),
        body.slice(-64),
      );
      const hash = forged(sid, 1, resized);
      const commits = [signMessage(sid, 'commit', 1, hash, table.secrets[0]!), ...table.commits.slice(1)];
      const reveals = revealAll({ ...table, commits });
      reveals[0] = signMessage(sid, 'reveal', 1, resized, table.secrets[0]!);
      expect(fault(() => checkReveals(table.session, commits, reveals)).culprits).toEqual([1]);
    }
  });

  test('copying another’s part to cancel or double it: no proof of possession', () => {
    const table = sit(2, 3);
    const sid = sessionId(table.session);
    const copied = concat(randomBytes(32), table.kept[0]!.reveal.slice(32));
    const commits = [
      ...table.commits.slice(0, 2),
      signMessage(sid, 'commit', 3, forged(sid, 3, copied), table.secrets[2]!),
    ];
    const reveals = revealAll({ ...table, commits });
    reveals[2] = signMessage(sid, 'reveal', 3, copied, table.secrets[2]!);
    expect(fault(() => checkReveals(table.session, commits, reveals)).culprits).toEqual([3]);
  });

  test('saying different things to different people', () => {
    const table = sit(2, 3);
    const other = commit(table.session, 2, table.secrets[1]!);
    expect(equivocator(table.session, 'commit', table.commits[1]!, other.message)).toBe(2);
    expect(() => equivocator(table.session, 'commit', table.commits[1]!, table.commits[1]!)).toThrow(
      Malformed,
    );
    expect(fault(() => reveal(table.kept[0]!, [...table.commits, other.message])).culprits).toEqual([2]);
    // Participant 1 saw another reveal of 2 than 3 did: 1's deal carries another transcript and 3 says so.
    const { seen, boxes } = upToDeals(table);
    const elsewhere = { ...seen, transcript: randomBytes(32) };
    const fromOne = deal(table.kept[0]!, elsewhere).find(({ to }) => to === 3)!.message;
    const outcome = finish(table.kept[2]!, seen, [fromOne, boxes.get(3)!.find((m) => m[1] === 2)!]);
    expect(outcome).toMatchObject({ ok: false, complaints: [], disagreeing: [1] });
  });

  test('silence is named; nobody waits for ever on an unknown', () => {
    const table = sit(2, 3);
    expect(fault(() => reveal(table.kept[0]!, table.commits.slice(0, 2))).culprits).toEqual([3]);
    const { seen, boxes } = upToDeals(table);
    expect(fault(() => finish(table.kept[0]!, seen, boxes.get(1)!.slice(1))).culprits).toEqual([2]);
  });

  test('messages of another session, round or speaker, or altered, are not messages', () => {
    const nonce = randomBytes(32);
    const table = sit(2, 3, 'opening', nonce);
    const tag = { ...table.session, role: 'tag' as const };
    const old = commit(tag, 1, table.secrets[0]!).message;
    expect(() => reveal(table.kept[1]!, [old, ...table.commits.slice(1)])).toThrow(Malformed);
    const spoken = table.commits[0]!.slice();
    spoken[1] = 2;
    expect(() => reveal(table.kept[2]!, [table.commits[0]!, spoken, table.commits[2]!])).toThrow(Malformed);
    for (const at of [0, 10, 40, 90]) {
      const altered = table.commits.map((m) => m.slice());
      altered[0]![at]! ^= 1;
      expect(() => reveal(table.kept[1]!, altered)).toThrow();
    }
    const reveals = revealAll(table);
    expect(() => checkReveals(table.session, reveals, table.commits)).toThrow(Malformed);
  });

  test('signing another outcome is named', () => {
    const table = sit(2, 3);
    const { seen, outcomes } = run(table);
    const confirmations = outcomes.map((o) => o.confirmation);
    const body = concat(
      randomBytes(32),
      ...[outcomes[0]!.keys.publicKey, ...outcomes[0]!.keys.verificationKeys],
    );
    confirmations[1] = signMessage(sessionId(table.session), 'confirm', 2, body, table.secrets[1]!);
    expect(fault(() => checkConfirmations(table.session, seen, confirmations)).culprits).toEqual([2]);
  });

  test('deals are readable by their receiver only, and show no share', () => {
    const table = sit(2, 3);
    const { seen, boxes } = upToDeals(table);
    const toOne = boxes.get(1)![0]!;
    expect(() => finish(table.kept[2]!, seen, [toOne, boxes.get(3)![0]!])).toThrow();
    const { outcomes } = run(table);
    for (const { share } of outcomes) {
      for (const message of boxes.get(1)!) {
        for (let at = 0; at + 32 <= message.length; at++) {
          expect(equalBytes(message.slice(at, at + 32), share.secret)).toBe(false);
        }
      }
    }
    expect(decodeG1(outcomes[0]!.keys.publicKey)).toBeDefined();
  });
});

function forged(sid: Uint8Array, index: number, body: Uint8Array): Uint8Array {
  return sha256(frame(label('ceremonyCommitment'), sid, Uint8Array.of(index), body));
}
