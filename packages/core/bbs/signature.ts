// The core of signing and verifying, on scalars. Interfaces (plain.ts, blind.ts, ../nym) bring the generators.
// Source: draft-irtf-cfrg-bbs-signatures sections 3.6.1, 3.6.2, 4.2.3, 4.2.4.

import { concat, i2osp, toHex } from '../bytes.ts';
import {
  addG1,
  addScalar,
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  type G1,
  G1_BYTES,
  G2_BASE,
  invScalar,
  isIdentityG1,
  isZeroScalar,
  msmG1,
  mulG1,
  mulScalar,
  negG1,
  ONE,
  pairingProductIsOne,
  randomScalar,
  SCALAR_BYTES,
  type Scalar,
} from '../curve.ts';
import { assert, ProofFailed } from '../errors.ts';
import { reader } from '../frame.ts';
import { type Api, hashToScalarIn, P1 } from './ciphersuite.ts';
import type { Generators } from './generators.ts';
import type { PublicKey, SecretKey } from './key.ts';

/** Octets of an encoded signature: A and e. */
export const SIGNATURE_BYTES = 80;
/** Sums P1 + Q_1·domain kept; one per issuer key, schema and epoch. */
const BASES_KEPT_MAX = 64;

/** What a signature is about, but for the messages. */
export type Terms = {
  readonly api: Api;
  readonly publicKey: PublicKey;
  readonly generators: Generators;
  readonly header: Uint8Array;
};

export type Signature = { readonly A: G1; readonly e: Scalar };

const basesKept = new Map<string, G1>();

/** calculate_domain (section 4.2.3). */
export function calculateDomain({ api, publicKey, generators, header }: Terms): Scalar {
  return hashToScalarIn(
    api,
    concat(
      publicKey.octets,
      i2osp(generators.h.length, 8),
      generators.octets,
      api.octets,
      i2osp(header.length, 8),
      header,
    ),
  );
}

/** P1 + Q_1·domain, the part of B that every credential of these terms shares. */
export function sharedBase(terms: Terms, domain: Scalar): G1 {
  const name = `${terms.api.id} ${toHex(encodeScalar(domain))}`;
  const known = basesKept.get(name);
  if (known) return known;
  const base = addG1(P1, mulG1(terms.generators.q1, domain));
  if (basesKept.size >= BASES_KEPT_MAX) basesKept.clear();
  basesKept.set(name, base);
  return base;
}

/** B = P1 + Q_1·domain + Σ H_i·msg_i. */
export function calculateB(terms: Terms, domain: Scalar, messages: readonly Scalar[]): G1 {
  assert(messages.length === terms.generators.h.length, 'one generator per message');
  return msmG1([sharedBase(terms, domain), ...terms.generators.h], [ONE, ...messages]);
}

/** A = B·1/(SK + e). The inverse is taken of a blinded value, because inversion is not constant-time. */
export function finishSignature(secretKey: SecretKey, B: G1, e: Scalar): Uint8Array {
  assert(!isIdentityG1(B), 'B is not the identity');
  const exponent = addScalar(secretKey, e);
  assert(!isZeroScalar(exponent), 'SK + e is not zero');
  const blind = randomScalar();
  const A = mulG1(mulG1(B, blind), invScalar(mulScalar(exponent, blind)));
  return concat(encodeG1(A), encodeScalar(e));
}

/** CoreSign (section 3.6.1). Deterministic. */
export function coreSign(secretKey: SecretKey, terms: Terms, messages: readonly Scalar[]): Uint8Array {
  const domain = calculateDomain(terms);
  const e = hashToScalarIn(terms.api, concat(...[secretKey, ...messages, domain].map(encodeScalar)));
  return finishSignature(secretKey, calculateB(terms, domain, messages), e);
}

/** CoreVerify (section 3.6.2). Throws ProofFailed, or Malformed if the signature cannot be read. */
export function coreVerify(terms: Terms, signature: Uint8Array, messages: readonly Scalar[]): void {
  const { A, e } = decodeSignature(signature);
  const B = calculateB(terms, calculateDomain(terms), messages);
  const valid = pairingProductIsOne([
    [A, terms.publicKey.lines],
    [addG1(mulG1(A, e), negG1(B)), G2_BASE],
  ]);
  if (!valid) throw new ProofFailed();
}

/** octets_to_signature (section 4.2.4.3). Throws Malformed. */
export function decodeSignature(octets: Uint8Array): Signature {
  const { take, end } = reader(octets, 'signature', `${SIGNATURE_BYTES} octets`);
  const A = decodeG1(take(G1_BYTES), 'signature A');
  const e = decodeScalar(take(SCALAR_BYTES), 'signature e');
  end();
  return { A, e };
}
