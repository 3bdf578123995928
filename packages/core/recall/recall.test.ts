import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, ristretto255_oprf } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, i2osp, utf8 } from '../bytes.ts';
import { addG1, decodeScalar, equalG1, mulG1, subScalar } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hashToScalar, hkdf } from '../hash.ts';
import { label } from '../label.ts';
import { drawSecret, secretPoint } from '../presentation/issuance.ts';
import { randomBytes } from '../rng.ts';
import { G } from '../sigma/bases.ts';
import { decodeBlob, encodeHead } from './blob.ts';
import { deriveRecallKey, evaluateRecall } from './keeper.ts';
import {
  answerHolds,
  blindWords,
  type KeeperAnswer,
  openRecall,
  resealRecall,
  sealRecall,
} from './recall.ts';
import { WORDS } from './word-list.ts';
import { drawWords, encodeWords, isOneSlip, readWords } from './words.ts';

const masters = [1, 2, 3].map(() => randomBytes(32));
const recallId = randomBytes(16);
const words = ['lighthouse', 'cinnamon', 'puzzle', 'velvet'];
const other = ['lighthouse', 'cinnamon', 'puzzle', 'walrus'];
const secret = drawSecret();
const recordKey = secretPoint(drawSecret());

function ask(given: readonly string[], version = 1, keepers = [1, 2, 3], id = recallId) {
  return keepers.map((index) => {
    const key = deriveRecallKey(masters[index - 1]!, id, version);
    const state = blindWords(id, version, given);
    return { index, state, publicKey: key.publicKey, ...evaluateRecall(key, state.blinded) };
  });
}
const seal = (given = words, version = 1, recallSecret?: Uint8Array) =>
  sealRecall({
    secret,
    recordKey,
    recallId,
    version,
    threshold: 2,
    answers: ask(given, version),
    ...(recallSecret ? { recallSecret } : {}),
  });
const { blob, recallSecret, refillKey, refillSecretKey } = seal();

describe('recall', () => {
  test.each([[[1, 2]], [[3, 1]], [[1, 2, 3]]])('the words and keepers %j give the secret back', (keepers) => {
    const recalled = openRecall(blob, 2, ask(words, 1, keepers));
    expect(recalled).toEqual({ ok: true, secret, recordKey, recallSecret, refillSecretKey, bad: [] });
  });

  test('wrong words, one keeper, another record, another version: nothing', () => {
    expect(() => openRecall(blob, 2, ask(other))).toThrow(ProofFailed);
    expect(openRecall(blob, 2, ask(words, 1, [2]))).toEqual({ ok: false, bad: [], missing: 1 });
    const elsewhere = ask(words, 1, [1, 2, 3], randomBytes(16));
    expect(openRecall(blob, 2, elsewhere)).toEqual({ ok: false, bad: [1, 2, 3], missing: 2 });
    expect(openRecall(blob, 2, ask(words, 2))).toEqual({ ok: false, bad: [1, 2, 3], missing: 2 });
  });

  test('a keeper who is not in the blob is named and stops nobody', () => {
    const [one, two] = ask(words).slice(0, 2) as unknown as [KeeperAnswer, KeeperAnswer];
    const stranger = { ...one, index: 4 };
    expect(openRecall(blob, 2, [stranger, one, two])).toMatchObject({ ok: true, bad: [4] });
    expect(openRecall(blob, 2, [stranger, two])).toEqual({ ok: false, bad: [4], missing: 1 });
  });

  test('a keeper who answers wrongly is named and the others suffice', () => {
    const answers: KeeperAnswer[] = ask(words);
    const lie = { ...answers[0]!, evaluated: answers[1]!.evaluated };
    expect(openRecall(blob, 2, [lie, answers[1]!, answers[2]!])).toMatchObject({
      ok: true,
      secret,
      bad: [1],
    });
    const proof = answers[0]!.proof.slice();
    proof[5]! ^= 1;
    expect(openRecall(blob, 2, [{ ...lie, proof }, answers[1]!])).toEqual({
      ok: false,
      bad: [1],
      missing: 1,
    });
    const short = { ...answers[0]!, proof: proof.slice(1) };
    expect(openRecall(blob, 2, [short, answers[1]!])).toEqual({ ok: false, bad: [1], missing: 1 });
  });

  test('new words keep S, and so the refill key; the old words do not open the new blob', () => {
    const renewed = seal(other, 2, recallSecret);
    expect(renewed.refillKey).toEqual(refillKey);
    expect(openRecall(renewed.blob, 2, ask(other, 2))).toMatchObject({
      ok: true,
      secret,
      recordKey,
      recallSecret,
    });
    expect(() => openRecall(renewed.blob, 2, ask(words, 2))).toThrow(ProofFailed);
    expect(renewed.blob.slice(-48)).not.toEqual(blob.slice(-48));
  });

  test('the record key is in the blob for nobody but who opens it', () => {
    const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
    expect(hex(blob)).not.toContain(hex(recordKey));
    // Control: it comes out of the very same octets.
    expect(openRecall(blob, 2, ask(words))).toMatchObject({ recordKey });
  });

  test('a blob of the layout before is opened, and sealed anew by who opened it', () => {
    const { layout: _, nonce, ciphertext: __, ...head } = decodeBlob(blob);
    const headOctets = encodeHead({ ...head, layout: 1 });
    const key = hkdf(recallSecret, label('kdfRecall'), frame(recallId, i2osp(1, 4)), 32);
    const old = concat(headOctets, nonce, chacha20poly1305(key, nonce, headOctets).encrypt(secret));
    const opened = openRecall(old, 2, ask(words));
    expect(opened).toEqual({ ok: true, secret, recallSecret, refillSecretKey, bad: [] });
    const anew = resealRecall(old, { secret, recordKey, recallSecret });
    expect(openRecall(anew, 2, ask(words))).toMatchObject({ ok: true, secret, recordKey });
    expect(decodeBlob(anew)).toMatchObject({ slots: head.slots, refillKey: head.refillKey });
    const notMine = { secret, recordKey, recallSecret: drawSecret() };
    expect(() => resealRecall(old, notMine)).toThrow(ProofFailed);
  });

  test('an answer holds under the key it is pinned to, and under no other', () => {
    const [one, two] = ask(words);
    expect(answerHolds(one!, one!.publicKey)).toBe(true);
    expect(answerHolds(one!, two!.publicKey)).toBe(false);
    expect(answerHolds({ ...one!, evaluated: new Uint8Array(3) }, one!.publicKey)).toBe(false);
  });

  test('a signature under the key from S refills', () => {
    const signature = ed25519.sign(utf8('refill'), refillSecretKey);
    expect(ed25519.verify(signature, utf8('refill'), decodeBlob(blob).refillKey)).toBe(true);
  });

  test('no share can be recognised as right; with commitments to the polynomial one keeper could guess alone', () => {
    const S = decodeScalar(recallSecret);
    const slope = subScalar(shareGuessed(words), S);
    // Control: were S·G and the slope's point published, keeper 1 could test words without the others.
    const recognised = (guess: readonly string[]) =>
      equalG1(mulG1(G, shareGuessed(guess)), addG1(mulG1(G, S), mulG1(G, slope)));
    expect([recognised(words), recognised(other)]).toEqual([true, false]);
    // The blob has no room for them: every octet is accounted for by pads, keys and the ciphertext.
    expect(blob.length).toBe(1 + 16 + 4 + 2 + 3 * (1 + 32 + 32) + 32 + 12 + 96);
  });

  /** What keeper 1, who can evaluate as often as it likes, takes its share for if the words were `guess`. */
  function shareGuessed(guess: readonly string[]) {
    const key = deriveRecallKey(masters[0]!, recallId, 1);
    const { input, blind, blinded } = blindWords(recallId, 1, guess);
    const { evaluated, proof } = evaluateRecall(key, blinded);
    const output = ristretto255_oprf.voprf.finalize(input, blind, evaluated, blinded, key.publicKey, proof);
    const pad = hashToScalar(frame(Uint8Array.of(1), output), label('recallPad'));
    return subScalar(decodeScalar(decodeBlob(blob).slots[0]!.pad), pad);
  }

  test('any octet of a blob altered: refused, or a keeper named, never another secret', () => {
    const answers = ask(words);
    for (let at = 0; at < blob.length; at += 3) {
      const altered = blob.slice();
      altered[at]! ^= 1;
      let outcome: unknown;
      try {
        const recalled = openRecall(altered, 2, answers);
        outcome = recalled.ok ? recalled.secret : 'refused';
      } catch (error) {
        if (!(error instanceof Malformed || error instanceof ProofFailed)) throw error;
        outcome = 'refused';
      }
      expect([at, outcome]).toEqual([at, 'refused']);
    }
    expect(() => openRecall(blob.slice(0, -1), 2, answers)).toThrow(Malformed);
    expect(() => openRecall(concat(blob, Uint8Array.of(0)), 2, answers)).toThrow(Malformed);
  });

  test('a registrar that lowers the threshold is found out', () => {
    expect(() => openRecall(blob, 3, ask(words))).toThrow(Malformed);
    const lowered = blob.slice();
    lowered[21] = 1;
    expect(() => openRecall(lowered, 2, ask(words))).toThrow(Malformed);
  });

  test('keepers refuse what is no element, and the identity', () => {
    const key = deriveRecallKey(masters[0]!, recallId, 1);
    for (const bad of [
      new Uint8Array(32),
      new Uint8Array(32).fill(0xff),
      new Uint8Array(31),
      new Uint8Array(33),
    ]) {
      expect(() => evaluateRecall(key, bad)).toThrow(Malformed);
    }
  });

  test('a keeper’s keys differ by record, version and master', () => {
    const keys = [
      deriveRecallKey(masters[0]!, recallId, 1),
      deriveRecallKey(masters[0]!, recallId, 2),
      deriveRecallKey(masters[0]!, randomBytes(16), 1),
      deriveRecallKey(masters[1]!, recallId, 1),
    ].map((key) => String(key.publicKey));
    expect(new Set(keys).size).toBe(4);
    expect(deriveRecallKey(masters[0]!, recallId, 1)).toEqual(deriveRecallKey(masters[0]!, recallId, 1));
    expect(() => deriveRecallKey(masters[0]!, recallId, 0)).toThrow(Malformed);
  });

  test('sealing needs every keeper, each with a proof that holds', () => {
    const answers = ask(words);
    const base = { secret, recordKey, recallId, version: 1, threshold: 2 };
    expect(() => sealRecall({ ...base, answers: answers.slice(0, 2) })).toThrow(Malformed);
    expect(() => sealRecall({ ...base, answers: [answers[1]!, answers[0]!, answers[2]!] })).toThrow(
      Malformed,
    );
    const wrongKey = [{ ...answers[0]!, publicKey: answers[1]!.publicKey }, answers[1]!, answers[2]!];
    expect(() => sealRecall({ ...base, answers: wrongKey })).toThrow(ProofFailed);
  });
});

describe('words', () => {
  test('the list: 2048 distinct plain words, sorted, none a slip away from another', () => {
    expect(WORDS.length).toBe(2048);
    expect([...new Set(WORDS)].sort()).toEqual([...WORDS]);
    expect(WORDS.every((word) => /^[a-z]{3,10}$/.test(word))).toBe(true);
    const close = WORDS.flatMap((a, i) =>
      WORDS.slice(i + 1)
        .filter((b) => isOneSlip(a, b))
        .map((b) => [a, b]),
    );
    expect(close).toEqual([]);
  });

  test('four are drawn, all of the list is reached', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 6000; i++) for (const word of drawWords()) seen.add(word);
    expect(drawWords()).toHaveLength(4);
    expect(seen.size).toBeGreaterThan(2040);
  });

  test('capitals, spaces and punctuation are forgiven; the code is the same', () => {
    for (const typed of [
      'lighthouse cinnamon puzzle velvet',
      '  Lighthouse,\n CINNAMON - puzzle. velvet! ',
    ]) {
      const reading = readWords(typed);
      expect(reading).toEqual({ ok: true, words });
    }
    expect(encodeWords(words)).not.toEqual(encodeWords([...words].reverse()));
  });

  test('what is not on the list is pointed at, with what was probably meant', () => {
    expect(readWords('lighthuose cinnamon puzle xqzw')).toEqual({
      ok: false,
      count: 4,
      unknown: [
        { at: 0, like: ['lighthouse'] },
        { at: 2, like: ['puzzle'] },
        { at: 3, like: [] },
      ],
    });
    expect(readWords('lighthouse cinnamon puzzle')).toEqual({ ok: false, count: 3, unknown: [] });
    expect(() => encodeWords(['lighthouse', 'cinnamon', 'puzzle', 'lighthuose'])).toThrow(Malformed);
    expect(() => encodeWords(words.slice(1))).toThrow(Malformed);
  });

  test('a slip is found in both directions', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WORDS), fc.nat(8), fc.constantFrom('x', 'q'), (word, at, letter) => {
        const place = at % word.length;
        const changed = word.slice(0, place) + letter + word.slice(place + 1);
        fc.pre(changed !== word);
        expect(isOneSlip(word, changed) && isOneSlip(changed, word)).toBe(true);
        expect(isOneSlip(word, word.slice(0, place) + word.slice(place + 1))).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(isOneSlip('velvet', 'vevlet')).toBe(true);
    expect(isOneSlip('velvet', 'velvetxx')).toBe(false);
  });
});
