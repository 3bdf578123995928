// One person once (spec/tag.md): an identifier becomes a tag, k·H1(identifier), under a key k that the keepers
// share. Whoever has all tags and not t keepers cannot search them for names. 2HashDH in G1, each evaluation with
// a proof under the keeper's share.
//
// A request names no key: a keeper evaluates under its one tag share. Under an opening share the same product
// would open accounts, so a share of another role is refused, and opening proofs carry another label.

import { i2osp, utf8 } from '../bytes.ts';
import { type Combination, type Contribution, combine, evaluate } from '../ceremony/evaluation.ts';
import type { KeyShare, PublicKeySet } from '../ceremony/key.ts';
import {
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  type G1,
  hashToG1,
  invScalar,
  isIdentityG1,
  mulG1,
  randomScalar,
} from '../curve.ts';
import { assert, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { sha256 } from '../hash.ts';
import { label } from '../label.ts';

const bound = (binding: Uint8Array) => ({ name: 'proofTagEvaluation', bytes: binding }) as const;

/** An identifier as it is hashed: what it is, and its parts, already normalised. */
export function encodeIdentifier(kind: string, ...parts: readonly string[]): Uint8Array {
  return frame(utf8(kind, 'identifier kind'), ...parts.map((part) => utf8(part, 'identifier')));
}

/** Registrar, step 1: the point to send to every keeper (48 octets), and the blind to keep (32). */
export function blindIdentifier(identifier: Uint8Array): { blinded: Uint8Array; blind: Uint8Array } {
  const b = randomScalar();
  return { blinded: encodeG1(mulG1(hashToG1(identifier, label('hashTag')), b)), blind: encodeScalar(b) };
}

/** Keeper, step 2: index ‖ k_i·B ‖ proof, 113 octets. `binding` names the enrolment session. Throws Malformed. */
export function evaluateTag(share: KeyShare, blinded: Uint8Array, binding: Uint8Array): Uint8Array {
  assert(share.role === 'tag', 'only a share of the tag key evaluates tags');
  return evaluate(share, decodeG1(blinded, 'blinded identifier'), bound(binding));
}

export type TagResult =
  | { readonly ok: true; readonly element: Uint8Array; readonly bad: readonly number[] }
  | { readonly ok: false; readonly bad: readonly number[]; readonly missing: number };

/** Registrar, step 3: the tag k·H1(identifier), 48 octets, from t good evaluations; bad keepers are named. */
export function combineTag(
  keys: PublicKeySet,
  asked: { readonly blinded: Uint8Array; readonly blind: Uint8Array },
  binding: Uint8Array,
  evaluations: readonly Contribution[],
): TagResult {
  assert(keys.role === 'tag', 'a tag is made under the tag key');
  const B = decodeG1(asked.blinded, 'blinded identifier');
  const combined: Combination = combine(keys, B, bound(binding), evaluations);
  if (!combined.ok) return combined;
  const tag: G1 = mulG1(combined.point, invScalar(decodeScalar(asked.blind, 'blind')));
  if (isIdentityG1(tag)) throw new ProofFailed();
  return { ok: true, element: encodeG1(tag), bad: combined.bad };
}

/** What a leaf commits to: the tag with the version of its key. 32 octets. */
export function tagCommitment(element: Uint8Array, keyVersion: number): Uint8Array {
  return sha256(frame(label('hashTagVersion'), element, i2osp(keyVersion, 4)));
}
