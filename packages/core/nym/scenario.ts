// One issuer, two people and one shown proof: what the tests of this folder begin with.

import { generateKeyPair } from '../bbs/key.ts';
import { concat, utf8 } from '../bytes.ts';
import { encodeG1, G1_BASE, mulG1, randomScalar, type Scalar } from '../curve.ts';
import { commitWithNym, finalizeWithNym, type NymShape, verifyAndBlindSignWithNym } from './issue.ts';
import { decodeNymProof, type NymStatement, proveWithNym, verifyWithNym } from './proof.ts';

export const key = generateKeyPair();
export const header = utf8('schema 1, epoch 7');
export const ph = utf8('request hash and more');
export const forum = utf8('forum.example');
export const elsewhere = utf8('elsewhere.example');
export const messages = ['lineage', 'yes', 'yes', 'yes', 'GB', 'high', 'no', ''].map((text) => utf8(text));
export const shape: NymShape = { signerMessages: 8, committedMessages: 0, nyms: 1 };

export function enrol(s: Scalar, issuer = key, entropy = randomScalar()) {
  const { commitmentWithProof, proverBlind } = commitWithNym([], [s]);
  const signature = verifyAndBlindSignWithNym(issuer, commitmentWithProof, shape, entropy, header, messages);
  const parts = { signature, messages, committedMessages: [], proverBlind, proverNyms: [s] };
  return {
    commitmentWithProof,
    entropy,
    parts,
    credential: finalizeWithNym(issuer.publicKey, header, parts, entropy),
  };
}

export const s = randomScalar();
export const alice = enrol(s);
export const bob = enrol(randomScalar());
export const disclose = { signer: [1, 4], committed: [] };
export const disclosed = {
  signer: [
    [1, messages[1]!],
    [4, messages[4]!],
  ] as const,
  committed: [],
};
export const shown = proveWithNym(key.publicKey, header, ph, alice.credential, forum, disclose);
export const statement: NymStatement = {
  publicKey: key.publicKey,
  header,
  presentationHeader: ph,
  contextId: forum,
  pseudonym: shown.pseudonym,
  shape,
  disclosed,
};
export const check = (over: Partial<NymStatement> = {}, octets = shown.proof, as = shape, count = 2) =>
  verifyWithNym(decodeNymProof(octets, as, count), { ...statement, ...over });
export const plusOne = (octets: Uint8Array, at: number) =>
  octets.map((octet, i) => (i === at + 31 ? octet ^ 1 : octet));
export const replaced = (octets: Uint8Array, at: number, part: Uint8Array) =>
  concat(octets.subarray(0, at), part, octets.subarray(at + part.length));
export const another = encodeG1(mulG1(G1_BASE, randomScalar()));
