// Recall for the second implementation: spec/recall.md, the VOPRF being that of @noble/curves.

import { ed25519, ristretto255_oprf } from '@noble/curves/ed25519.js';
import { lagrange } from './evaluation.ts';
import {
  decodeNonZero,
  decodeScalar,
  encodeScalar,
  H2S,
  HKDF,
  HMAC,
  mod,
  randomBytes,
  randomScalar,
  seal,
  unseal,
} from './group.ts';
import { label } from './label.ts';
import { frame, I2OSP, join, must, numberOf, Reader, Refused, same } from './octets.ts';

const { voprf } = ristretto255_oprf;

export type Asked = { readonly input: Uint8Array; readonly blind: Uint8Array; readonly blinded: Uint8Array };
export type Answer = {
  readonly index: number;
  readonly asked: Asked;
  readonly evaluated: Uint8Array;
  readonly proof: Uint8Array;
};

const nameOf = (recallId: Uint8Array, version: number) => [recallId, I2OSP(version, 4)] as const;

export function inputOf(recallId: Uint8Array, version: number, words: readonly string[]): Uint8Array {
  must(words.length === 4 && recallId.length === 16, 'words');
  return frame(label('recallInput'), ...nameOf(recallId, version), frame(label('recallWords'), ...words));
}

export function ask(recallId: Uint8Array, version: number, words: readonly string[]): Asked {
  const input = inputOf(recallId, version, words);
  return { input, ...voprf.blind(input) };
}

export function keeperKey(master: Uint8Array, recallId: Uint8Array, version: number) {
  const seed = HMAC(master, frame(label('recallSeed'), ...nameOf(recallId, version)));
  return voprf.deriveKeyPair(seed, label('recallKey'));
}

export const answerAsked = (key: { secretKey: Uint8Array; publicKey: Uint8Array }, blinded: Uint8Array) =>
  voprf.blindEvaluate(key.secretKey, key.publicKey, blinded);

function outputOf({ asked, evaluated, proof }: Answer, publicKey: Uint8Array): Uint8Array {
  try {
    return voprf.finalize(asked.input, asked.blind, evaluated, asked.blinded, publicKey, proof);
  } catch {
    throw new Refused('evaluation');
  }
}

const pad = (index: number, output: Uint8Array): bigint =>
  H2S(frame(I2OSP(index, 1), output), label('recallPad'));
const dataKey = (S: bigint, recallId: Uint8Array, version: number) =>
  HKDF(encodeScalar(S), label('kdfRecall'), frame(...nameOf(recallId, version)), 32);
const refillSeed = (S: bigint) => HKDF(encodeScalar(S), label('kdfRefill'), new Uint8Array(0), 32);

export function sealRecall(parts: {
  readonly s: Uint8Array;
  /** R; without it a blob of layout 1, as they were. */
  readonly R?: Uint8Array;
  readonly recallId: Uint8Array;
  readonly version: number;
  readonly threshold: number;
  readonly answers: readonly (Answer & { readonly publicKey: Uint8Array })[];
  readonly S?: bigint;
}): Uint8Array {
  const { s, R, recallId, version, threshold, answers } = parts;
  const coefficients = [parts.S ?? randomScalar(), ...Array.from({ length: threshold - 1 }, randomScalar)];
  const slots = answers.map((answer) => {
    const at = coefficients.reduceRight((sum, a) => mod(sum * BigInt(answer.index) + a), 0n);
    const c = at + pad(answer.index, outputOf(answer, answer.publicKey));
    return join(I2OSP(answer.index, 1), answer.publicKey, encodeScalar(c));
  });
  const counts = Uint8Array.of(threshold, answers.length);
  const refillKey = ed25519.getPublicKey(refillSeed(coefficients[0]!));
  const layout = Uint8Array.of(R ? 2 : 1);
  const head = join(layout, ...nameOf(recallId, version), counts, ...slots, refillKey);
  const nonce = randomBytes(12);
  const inside = R ? join(s, R) : s;
  return join(head, nonce, seal(dataKey(coefficients[0]!, recallId, version), nonce, inside, head));
}

function readBlob(octets: Uint8Array) {
  const from = new Reader(octets);
  const layout = from.octet();
  must(layout === 1 || layout === 2, 'version');
  const recallId = from.take(16);
  const version = Number(numberOf(from.take(4)));
  const [threshold, n] = [from.octet(), from.octet()];
  must(threshold >= 1 && threshold <= n, 't of n');
  const slots = Array.from({ length: n }, (_, i) => {
    must(from.octet() === i + 1, 'index');
    return { publicKey: from.take(32), c: decodeScalar(from.take(32)) };
  });
  const refillKey = from.take(32);
  const head = octets.slice(0, 23 + 65 * n + 32);
  const [nonce, sealed] = [from.take(12), from.take(layout === 2 ? 96 : 48)];
  from.end();
  return { recallId, version, threshold, slots, refillKey, head, nonce, sealed };
}

/** s and R (none in layout 1), or undefined while answers are missing; and who sent a bad one. Refuses a blob that does not open. */
export function openRecall(
  octets: Uint8Array,
  threshold: number,
  answers: readonly Answer[],
): { s: Uint8Array | undefined; R?: Uint8Array; refill?: Uint8Array; bad: readonly number[] } {
  const blob = readBlob(octets);
  must(blob.threshold === threshold, 't is not the policy’s');
  const good = new Map<number, bigint>();
  const bad = new Set<number>();
  for (const answer of answers) {
    const slot = blob.slots[answer.index - 1];
    try {
      must(slot !== undefined, 'index');
      good.set(answer.index, mod(slot.c - pad(answer.index, outputOf(answer, slot.publicKey))));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      bad.add(answer.index);
    }
  }
  const used = [...good].slice(0, threshold);
  if (used.length < threshold) return { s: undefined, bad: [...bad] };
  const lambda = lagrange(used.map(([index]) => index));
  const S = mod(used.reduce((sum, [, sigma], at) => sum + lambda[at]! * sigma, 0n));
  const refill = refillSeed(S);
  must(same(ed25519.getPublicKey(refill), blob.refillKey), 'refill key');
  const inside = unseal(dataKey(S, blob.recallId, blob.version), blob.nonce, blob.sealed, blob.head);
  const [s, R] = [inside.slice(0, 32), inside.slice(32)];
  decodeNonZero(s);
  return { s, ...(R.length > 0 ? { R } : {}), refill, bad: [...bad] };
}
