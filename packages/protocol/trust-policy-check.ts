/**
 * Whether a trust policy's shared keys are keys (PROTOCOL §2): what all signatures together do not show, since
 * nobody signs for what the others state. Pure curve arithmetic, a few milliseconds: once per policy, by whoever
 * first takes it, before its signatures are worth anything.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { checkKeySet, type Role } from '@answerable/core/ceremony/key';
import { Malformed } from '@answerable/core/errors';
import { Refusal } from './refusal.ts';
import type { TrustPolicy } from './trust-policy.ts';

/** One shared key as a policy states it. */
interface Stated {
  threshold: number;
  publicKey: string;
  parties: readonly { index: number; verificationKey: string }[];
}

/**
 * Refuses `policy_mismatch` unless the indexes of guardians, and of keepers, are 1 to n, each key lies on one
 * polynomial of degree t − 1 with the verification keys, nothing is shared between the two keys, no two
 * parties have one name, and issuer keys follow each other, none twice.
 */
export function checkTrustPolicy(policy: TrustPolicy): void {
  const { opening, tags, registrar, gateways, authorities, releases } = policy;
  checkShared('opening', { ...opening, parties: opening.guardians });
  checkShared('tag', { ...tags, parties: tags.keepers });
  mustDiffer([
    opening.publicKey,
    tags.publicKey,
    ...[...opening.guardians, ...tags.keepers].map(({ verificationKey }) => verificationKey),
  ]);
  const parties = [registrar, ...opening.guardians, ...tags.keepers, ...gateways, ...authorities];
  mustDiffer([...parties.map(({ name }) => name), releases.publisher]);
  const later = registrar.nextIssuerKeys ?? [];
  mustDiffer([registrar.issuerKey, ...later.map(({ issuerKey }) => issuerKey)]);
  if (later.some(({ fromEpoch }, i) => i > 0 && fromEpoch <= later[i - 1]!.fromEpoch))
    throw new Refusal('policy_mismatch');
}

function checkShared(role: Role, { threshold, publicKey, parties }: Stated): void {
  const inOrder = parties.toSorted((a, b) => a.index - b.index);
  if (!inOrder.every(({ index }, i) => index === i + 1)) throw new Refusal('policy_mismatch');
  const verificationKeys = inOrder.map(({ verificationKey }) => fromBase64url(verificationKey));
  try {
    checkKeySet({ role, threshold, publicKey: fromBase64url(publicKey), verificationKeys });
  } catch (error) {
    if (error instanceof Malformed) throw new Refusal('policy_mismatch');
    throw error;
  }
}

function mustDiffer(stated: readonly string[]): void {
  if (new Set(stated).size !== stated.length) throw new Refusal('policy_mismatch');
}
