// The wallet's side of recall (spec/recall.md, "Wallet"). A random S in Fr seals s and R; S is shared over the
// keepers, each share padded with what that keeper's VOPRF makes of the words: c_i = σ_i + H2S(VOPRF_i(words)).
//
// t − 1 keepers and the blob give nothing to guess against: no share can be recognised as right, since there
// are no commitments to the polynomial. The caller checks the secret that comes out against the R beside it.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, ristretto255_oprf } from '@noble/curves/ed25519.js';
import { concat, equalBytes, i2osp } from '../bytes.ts';
import { checkParameters, lagrange } from '../ceremony/key.ts';
import {
  addScalar,
  decodeG1,
  decodeScalar,
  decodeScalarOrZero,
  encodeScalar,
  mulScalar,
  randomScalar,
  type Scalar,
  scalarFromBigint,
  subScalar,
  ZERO,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hashToScalar, hkdf } from '../hash.ts';
import { label } from '../label.ts';
import { randomBytes } from '../rng.ts';
import { type Blob, type BlobHead, decodeBlob, encodeHead, LAYOUT, SECRET_BYTES } from './blob.ts';
import { ELEMENT_BYTES, nameOf, RECALL_PROOF_BYTES } from './keeper.ts';
import { encodeWords } from './words.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** What the wallet keeps while a keeper answers. Secret; one per keeper and try. */
export type WordsState = {
  readonly input: Uint8Array;
  readonly blind: Uint8Array;
  readonly blinded: Uint8Array;
};
/** One keeper's answer. `publicKey` is used when sealing only: afterwards the blob's counts. */
export type KeeperAnswer = {
  readonly index: number;
  readonly state: WordsState;
  readonly evaluated: Uint8Array;
  readonly proof: Uint8Array;
};

/** Blind. `state.blinded` (32 octets) goes to one keeper. Throws Malformed. */
export function blindWords(recallId: Uint8Array, version: number, words: readonly string[]): WordsState {
  const input = frame(label('recallInput'), ...nameOf(recallId, version), encodeWords(words));
  const { blind, blinded } = ristretto255_oprf.voprf.blind(input);
  return { input, blind, blinded };
}

/** Whether a keeper's answer holds under the key it is pinned to. Whoever sent one that does not is to be named. */
export function answerHolds(answer: KeeperAnswer, publicKey: Uint8Array): boolean {
  try {
    padOf(answer, publicKey);
    return true;
  } catch (error) {
    if (!(error instanceof ProofFailed)) throw error;
    return false;
  }
}

/**
 * Seals s and R under words. `recallSecret` is S from an earlier recall when words change, and absent the first time.
 * Every keeper must answer, in order. Throws ProofFailed if an answer does not hold.
 */
export function sealRecall(parts: {
  readonly secret: Uint8Array;
  /** R, 48 octets. */
  readonly recordKey: Uint8Array;
  readonly recallId: Uint8Array;
  readonly version: number;
  readonly threshold: number;
  readonly answers: readonly (KeeperAnswer & { readonly publicKey: Uint8Array })[];
  readonly recallSecret?: Uint8Array;
}): { blob: Uint8Array; recallSecret: Uint8Array; refillSecretKey: Uint8Array; refillKey: Uint8Array } {
  const { recallId, version, threshold, answers } = parts;
  checkParameters(threshold, answers.length);
  if (answers.some(({ index }, i) => index !== i + 1))
    throw new Malformed('answers', 'every keeper, in order');
  const S = parts.recallSecret ? decodeScalar(parts.recallSecret, 'recall secret') : randomScalar();
  const coefficients = [S, ...Array.from({ length: threshold - 1 }, randomScalar)];
  const slots = answers.map((answer) => {
    const pad = encodeScalar(addScalar(valueAt(coefficients, answer.index), padOf(answer, answer.publicKey)));
    return { index: answer.index, publicKey: answer.publicKey, pad };
  });
  const refill = refillPair(S);
  const head: BlobHead = {
    layout: LAYOUT,
    recallId,
    version,
    threshold,
    slots,
    refillKey: refill.refillKey,
  };
  return { blob: sealUnder(S, head, parts), recallSecret: encodeScalar(S), ...refill };
}

/** A blob of layout 1, once its words were right, sealed anew so that it no longer needs R beside it. */
export function resealRecall(
  octets: Uint8Array,
  own: { readonly recallSecret: Uint8Array; readonly secret: Uint8Array; readonly recordKey: Uint8Array },
): Uint8Array {
  const S = decodeScalar(own.recallSecret, 'recall secret');
  const old = decodeBlob(octets);
  if (!equalBytes(refillPair(S).refillKey, old.refillKey)) throw new ProofFailed();
  return sealUnder(S, { ...old, layout: LAYOUT }, own);
}

function sealUnder(
  S: Scalar,
  head: BlobHead,
  { secret, recordKey }: { readonly secret: Uint8Array; readonly recordKey: Uint8Array },
): Uint8Array {
  decodeScalar(secret, 'secret');
  decodeG1(recordKey, 'record key');
  const octets = encodeHead(head);
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = chacha20poly1305(dataKey(S, head), nonce, octets).encrypt(concat(secret, recordKey));
  return concat(octets, nonce, sealed);
}

/** s, and R where it is sealed beside it. Throws ProofFailed. */
function openUnder(S: Scalar, blob: Blob): { secret: Uint8Array; recordKey?: Uint8Array } {
  let opened: Uint8Array;
  try {
    opened = chacha20poly1305(dataKey(S, blob), blob.nonce, encodeHead(blob)).decrypt(blob.ciphertext);
  } catch {
    throw new ProofFailed();
  }
  const [secret, recordKey] = [opened.slice(0, SECRET_BYTES), opened.slice(SECRET_BYTES)];
  return blob.layout === LAYOUT ? { secret, recordKey } : { secret };
}

export type Recalled =
  | {
      readonly ok: true;
      /** s, 32 octets; still to be checked against R. */
      readonly secret: Uint8Array;
      /** R, 48 octets; absent in a blob of layout 1. */
      readonly recordKey?: Uint8Array;
      readonly recallSecret: Uint8Array;
      readonly refillSecretKey: Uint8Array;
      /** Keepers who are not in the blob, or whose answer does not hold under the key pinned in it. */
      readonly bad: readonly number[];
    }
  | { readonly ok: false; readonly bad: readonly number[]; readonly missing: number };

/** Opens a blob with at least t good answers. Throws ProofFailed for wrong words, Malformed for what is no blob. */
export function openRecall(
  octets: Uint8Array,
  threshold: number,
  answers: readonly KeeperAnswer[],
): Recalled {
  const blob = decodeBlob(octets);
  if (blob.threshold !== threshold) throw new Malformed('recall blob', "the policy's threshold");
  const shares = new Map<number, Scalar>();
  const bad = new Set<number>();
  for (const answer of answers) {
    const slot = blob.slots[answer.index - 1];
    try {
      if (!slot) throw new ProofFailed();
      const share = subScalar(decodeScalarOrZero(slot.pad, 'recall blob'), padOf(answer, slot.publicKey));
      shares.set(answer.index, share);
    } catch (error) {
      if (!(error instanceof ProofFailed)) throw error;
      bad.add(answer.index);
    }
  }
  const named = [...bad].sort((a, b) => a - b);
  if (shares.size < threshold) return { ok: false, bad: named, missing: threshold - shares.size };
  const indices = [...shares.keys()].slice(0, threshold);
  const weights = lagrange(indices);
  const S = indices.reduce((sum, i, at) => addScalar(sum, mulScalar(weights[at]!, shares.get(i)!)), ZERO);
  const refill = refillPair(S);
  if (!equalBytes(refill.refillKey, blob.refillKey)) throw new ProofFailed();
  return {
    ok: true,
    ...openUnder(S, blob),
    recallSecret: encodeScalar(S),
    refillSecretKey: refill.refillSecretKey,
    bad: named,
  };
}

/** H2S(VOPRF_i(words)), once the keeper's proof holds under `publicKey`. Throws ProofFailed. */
function padOf({ index, state, evaluated, proof }: KeeperAnswer, publicKey: Uint8Array): Scalar {
  if (evaluated.length !== ELEMENT_BYTES || proof.length !== RECALL_PROOF_BYTES) throw new ProofFailed();
  let output: Uint8Array;
  try {
    output = ristretto255_oprf.voprf.finalize(
      state.input,
      state.blind,
      evaluated,
      state.blinded,
      publicKey,
      proof,
    );
  } catch {
    throw new ProofFailed();
  }
  return hashToScalar(frame(i2osp(index, 1), output), label('recallPad'));
}

function dataKey(S: Scalar, { recallId, version }: BlobHead): Uint8Array {
  return hkdf(encodeScalar(S), label('kdfRecall'), frame(...nameOf(recallId, version)), KEY_BYTES);
}

/** The key from S that signs to keepers: 32 octets each. Throws Malformed. */
export const refillKeyOf = (
  recallSecret: Uint8Array,
): { refillSecretKey: Uint8Array; refillKey: Uint8Array } =>
  refillPair(decodeScalar(recallSecret, 'recall secret'));

/** The same for every version of the words: S does not change with them. */
function refillPair(S: Scalar): { refillSecretKey: Uint8Array; refillKey: Uint8Array } {
  const refillSecretKey = hkdf(encodeScalar(S), label('kdfRefill'), new Uint8Array(0), KEY_BYTES);
  return { refillSecretKey, refillKey: ed25519.getPublicKey(refillSecretKey) };
}

function valueAt(coefficients: readonly Scalar[], index: number): Scalar {
  const at = scalarFromBigint(BigInt(index));
  return coefficients.reduceRight((sum, a) => addScalar(mulScalar(sum, at), a), ZERO);
}
