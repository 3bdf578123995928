/**
 * Whom and what the trust policy names, looked up: one party, one ground, the key of the guardians or keepers.
 * Each look-up refuses what is not there, so that nobody goes on with a party that nobody named.
 */
import { fromBase64url } from '@answerable/core/bytes';
import type { PublicKeySet } from '@answerable/core/ceremony/key';
import type { AuthorityAsk } from './disclosure/filing.ts';
import { messageLabels } from './labels.ts';
import { Refusal } from './refusal.ts';
import { openSigned, type Signed } from './signed.ts';
import type { AuthorityParty, GatewayParty, GuardianParty, TrustPolicy } from './trust-policy.ts';

/** Refuses `authority_unknown`. */
export function authorityOf(policy: TrustPolicy, name: string): AuthorityParty {
  const authority = policy.authorities.find((party) => party.name === name);
  if (!authority) throw new Refusal('authority_unknown');
  return authority;
}

/** Refuses `party_unknown`: not a gateway of the policy, or not of this platform. */
export function gatewayOf(policy: TrustPolicy, name: string, platform: string): GatewayParty {
  const gateway = policy.gateways.find((party) => party.name === name && party.platforms.includes(platform));
  if (!gateway) throw new Refusal('party_unknown');
  return gateway;
}

/** Refuses `party_unknown`. */
export function guardianOf(policy: TrustPolicy, name: string): GuardianParty {
  const guardian = policy.opening.guardians.find((party) => party.name === name);
  if (!guardian) throw new Refusal('party_unknown');
  return guardian;
}

/** The ground as the policy words it, if it allows this authority to ask. Refuses `ground_not_in_force`. */
export function groundOf(
  policy: TrustPolicy,
  { ground, authority }: Pick<AuthorityAsk, 'ground' | 'authority'>,
): TrustPolicy['grounds'][number] {
  const found = policy.grounds.find(
    ({ id, authorities }) => id === ground && authorities.includes(authority),
  );
  if (!found) throw new Refusal('ground_not_in_force');
  return found;
}

/**
 * What an authority asks, if it is listed, signed it, and may ask on this ground. Refuses `authority_unknown`,
 * `signature_refused`, `ground_not_in_force`.
 */
export function openAsk(policy: TrustPolicy, signed: Signed<AuthorityAsk>): AuthorityAsk {
  const { signingKey } = authorityOf(policy, signed.message.authority);
  const ask = openSigned(signingKey, messageLabels.authorityAsk, signed);
  groundOf(policy, ask);
  return ask;
}

/** The guardians' key: what identities and admissions are sealed under. */
export const openingKeysOf = ({ opening }: TrustPolicy): PublicKeySet =>
  keySet('opening', opening, opening.guardians);

/** The keepers' key: what identifiers become tags under. */
export const tagKeysOf = ({ tags }: TrustPolicy): PublicKeySet => keySet('tag', tags, tags.keepers);

function keySet(
  role: PublicKeySet['role'],
  { threshold, publicKey }: { threshold: number; publicKey: string },
  holders: readonly { index: number; verificationKey: string }[],
): PublicKeySet {
  const inOrder = holders.toSorted((a, b) => a.index - b.index);
  return {
    role,
    threshold,
    publicKey: fromBase64url(publicKey, 'publicKey'),
    verificationKeys: inOrder.map(({ verificationKey }) => fromBase64url(verificationKey, 'verificationKey')),
  };
}
