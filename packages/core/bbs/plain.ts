// The BBS interface: sign, verify, prove, verify a proof; messages are octet strings.
// Source: draft-irtf-cfrg-bbs-signatures section 3.5. Nothing here discloses who asked or why it failed.

import { randomBytes } from '../rng.ts';
import { BBS_API, messagesToScalars } from './ciphersuite.ts';
import { generatorsFor } from './generators.ts';
import { coreProofGenWith } from './internal.ts';
import type { KeyPair, PublicKey } from './key.ts';
import { checkIndexes, coreProofVerify, type Disclosed } from './proof.ts';
import { coreSign, coreVerify, type Terms } from './signature.ts';

/** Sign (section 3.5.1): 80 octets. Deterministic. */
export function sign(key: KeyPair, header: Uint8Array, messages: readonly Uint8Array[]): Uint8Array {
  return coreSign(
    key.secretKey,
    plainTerms(key.publicKey, header, messages.length),
    messagesToScalars(BBS_API, messages),
  );
}

/** Verify (section 3.5.2). Throws ProofFailed, or Malformed if the signature cannot be read. */
export function verify(
  publicKey: PublicKey,
  signature: Uint8Array,
  header: Uint8Array,
  messages: readonly Uint8Array[],
): void {
  coreVerify(plainTerms(publicKey, header, messages.length), signature, messagesToScalars(BBS_API, messages));
}

/** ProofGen (section 3.5.3). Throws Malformed on bad indexes or an unreadable signature. */
export function prove(
  publicKey: PublicKey,
  signature: Uint8Array,
  header: Uint8Array,
  presentationHeader: Uint8Array,
  messages: readonly Uint8Array[],
  disclosedIndexes: readonly number[],
): Uint8Array {
  const terms = plainTerms(publicKey, header, messages.length);
  const scalars = messagesToScalars(BBS_API, messages);
  return coreProofGenWith(randomBytes, terms, signature, presentationHeader, scalars, disclosedIndexes);
}

/** ProofVerify (section 3.5.4) for a credential of `messages` messages. Throws Malformed or ProofFailed. */
export function verifyProof(
  publicKey: PublicKey,
  octets: Uint8Array,
  header: Uint8Array,
  presentationHeader: Uint8Array,
  messages: number,
  disclosed: Disclosed<Uint8Array>,
): void {
  checkIndexes(
    disclosed.map(([index]) => index),
    messages,
    'disclosed indexes',
  );
  const terms = plainTerms(publicKey, header, messages);
  const scalars = disclosed.map(([i, message]) => [i, messagesToScalars(BBS_API, [message])[0]!] as const);
  coreProofVerify(terms, octets, presentationHeader, scalars);
}

function plainTerms(publicKey: PublicKey, header: Uint8Array, messages: number): Terms {
  return { api: BBS_API, publicKey, header, generators: generatorsFor(BBS_API, messages) };
}
