// Pseudonyms: P = Σ nym_i·z^i · OP, with OP and z hashed from the context. With one nym secret x, P = x·OP.
// Source: draft-irtf-cfrg-bbs-per-verifier-linkability-02 sections 4 and 7. DIVERGENCES D10, as the vectors have
// it: the secrets are numbered from 0, OP is hashed under the api_id itself, z under api_id ‖ "VECT_NYM_SECRETS".

import { NYM_API } from '../bbs/ciphersuite.ts';
import { toHex, utf8 } from '../bytes.ts';
import { addScalar, type G1, hashToG1, isIdentityG1, mulG1, mulScalar, type Scalar, ZERO } from '../curve.ts';
import { assert, Malformed } from '../errors.ts';
import { hashToScalar } from '../hash.ts';

/** Longest context identifier, in octets. */
const CONTEXT_BYTES_MAX = 1024;
/** Origin points kept, one per context: hashing to the curve costs 0.3 ms. */
const ORIGINS_KEPT_MAX = 1024;

const VECTOR_DST = utf8(`${NYM_API.id}VECT_NYM_SECRETS`);
const kept = new Map<string, G1>();

/** OP, the context's own generator: hash_to_curve(context_id, api_id). Throws Malformed on an oversize context. */
export function originPoint(contextId: Uint8Array): G1 {
  checkContext(contextId);
  const name = toHex(contextId);
  const known = kept.get(name);
  if (known) return known;
  const origin = hashToG1(contextId, NYM_API.octets);
  if (kept.size >= ORIGINS_KEPT_MAX) kept.clear();
  kept.set(name, origin);
  return origin;
}

/** CalculatePseudonym. Never the identity: secrets that would make it so are refused as a bug. */
export function calculatePseudonym(contextId: Uint8Array, nymSecrets: readonly Scalar[]): G1 {
  const pseudonym = mulG1(originPoint(contextId), evaluateAt(contextId, nymSecrets));
  assert(!isIdentityG1(pseudonym), 'a pseudonym is not the identity');
  return pseudonym;
}

/** Σ values_i·z^i with the context's z; for one value, that value. */
export function evaluateAt(contextId: Uint8Array, values: readonly Scalar[]): Scalar {
  assert(values.length > 0, 'at least one nym secret');
  if (values.length === 1) return values[0]!;
  const z = hashToScalar(contextId, VECTOR_DST);
  return values.reduceRight((sum, value) => addScalar(mulScalar(sum, z), value), ZERO);
}

function checkContext(contextId: Uint8Array): void {
  if (contextId.length > CONTEXT_BYTES_MAX)
    throw new Malformed('context id', `at most ${CONTEXT_BYTES_MAX} octets`);
}
