/** What a guardian's software decides by rule; pure. Its people decide the rest. */
import type { Filing } from '@answerable/protocol/disclosure/filing';
import { Refusal } from '@answerable/protocol/refusal';
import type {
  AuthorityParty,
  GatewayParty,
  GuardianParty,
  TrustPolicy,
} from '@answerable/protocol/trust-policy';

const msPerSecond = 1000;

export interface Timing {
  filing: Filing;
  /** when this guardian first saw the case, by its own clock */
  received: Date;
}

/**
 * When the holder has been heard: as filed, and never less than the policy's time after we saw the case, so
 * that no filing can shorten it.
 */
export function heardUntil({ filing, received }: Timing, policy: TrustPolicy): Date {
  const own = received.getTime() + policy.limits.hearingSeconds * msPerSecond;
  return new Date(Math.max(own, Date.parse(filing.heardUntil)));
}

/** When the notice is due: as filed, and never later than the policy's time after we saw the case. */
export function noticeDue({ filing, received }: Timing, policy: TrustPolicy): Date {
  const latest = received.getTime() + policy.limits.noticeSeconds * msPerSecond;
  return new Date(Math.min(latest, Date.parse(filing.noticeDay)));
}

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

/** The ground as the trust policy words it, if it allows this authority to ask. Refuses `ground_not_in_force`. */
export function groundOf(policy: TrustPolicy, { ground, authority }: Pick<Filing, 'ground' | 'authority'>) {
  const found = policy.grounds.find(
    ({ id, authorities }) => id === ground && authorities.includes(authority),
  );
  if (!found) throw new Refusal('ground_not_in_force');
  return found;
}
