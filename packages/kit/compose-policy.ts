/**
 * The first trust policy of a network, composed from what was agreed and from what each party says of itself
 * (PROTOCOL §2, §10). Pure: whoever asks the same parties composes the same policy, to the byte, so nobody
 * needs to believe the one that somebody else composed.
 */
import type { CeremonyOutcome, PartyIdentity } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { type TrustPolicy, trustPolicy } from '@answerable/protocol/trust-policy';

const issuerKeyEpochsDefault = 12;

/** What was agreed beforehand. */
export interface PolicyPlan
  extends Pick<
    TrustPolicy,
    | 'network'
    | 'effective'
    | 'epochSeconds'
    | 'graceSeconds'
    | 'evidence'
    | 'referees'
    | 'wallets'
    | 'releases'
    | 'grounds'
    | 'limits'
  > {
  /** how many of guardians and keepers must have seen a checkpoint */
  witnessQuorum: number;
  /** for how many epochs each of the registrar's issuer keys signs; default 12 */
  issuerKeyEpochs?: number;
  /** the epoch of the first issuer key */
  issuerKeysFrom: number;
}

/** What each party said, in the order in which the policy lists them. */
export interface PartyIdentities {
  registrar: PartyIdentity;
  logbook: PartyIdentity;
  keepers: readonly PartyIdentity[];
  guardians: readonly PartyIdentity[];
  gateways: readonly PartyIdentity[];
  authorities: readonly PartyIdentity[];
}

/** Refuses `not_ready` while guardians or keepers have no share. */
export function composePolicy(plan: PolicyPlan, parties: PartyIdentities): TrustPolicy {
  const { registrar, logbook, keepers, guardians, gateways, authorities } = parties;
  return trustPolicy.parse({
    v: 1,
    network: plan.network,
    serial: 1,
    previous: null,
    effective: plan.effective,
    schema: 'answerable-person-1',
    epochSeconds: plan.epochSeconds,
    graceSeconds: plan.graceSeconds,
    registrar: { ...factsOf(registrar), ...issuersOf(registrar, plan) },
    evidence: plan.evidence,
    referees: plan.referees,
    opening: {
      ...keyOf(guardians),
      guardians: guardians.map((guardian) => ({ ...shareOf(guardian), sealingKey: guardian.sealingKey })),
    },
    tags: { ...keyOf(keepers), keepers: keepers.map(shareOf) },
    log: { name: logbook.name, origin: logbook.origin, verifierKey: logbook.logKey },
    witnesses: { quorum: plan.witnessQuorum, list: witnessesAmong([...guardians, ...keepers]) },
    gateways: gateways.map((gateway) => ({ ...factsOf(gateway), platforms: gateway.platforms })),
    wallets: plan.wallets,
    releases: plan.releases,
    authorities: authorities.map((authority) => ({
      ...factsOf(authority),
      sealingKey: authority.sealingKey,
    })),
    grounds: plan.grounds,
    limits: plan.limits,
  });
}

const factsOf = ({ name, title, origin, signingKey }: PartyIdentity) => ({ name, title, origin, signingKey });

/** The first key signs from the start; each other one follows after `issuerKeyEpochs`. */
function issuersOf({ issuerKey, nextIssuerKeys }: PartyIdentity, plan: PolicyPlan) {
  if (!nextIssuerKeys) return { issuerKey };
  const each = plan.issuerKeyEpochs ?? issuerKeyEpochsDefault;
  const later = nextIssuerKeys.map((key, i) => ({
    fromEpoch: plan.issuerKeysFrom + (i + 1) * each,
    issuerKey: key,
  }));
  return { issuerKey, nextIssuerKeys: later };
}

function keyOf(parties: readonly PartyIdentity[]) {
  const { threshold, publicKey, transcript } = ceremonyOf(parties[0]);
  return { threshold, publicKey, transcript };
}

function shareOf(party: PartyIdentity) {
  const { index, verificationKeys } = ceremonyOf(party);
  return { ...factsOf(party), index, verificationKey: verificationKeys[index - 1] };
}

function ceremonyOf(party: PartyIdentity | undefined): CeremonyOutcome {
  if (!party?.share) throw new Refusal('not_ready');
  return party.share;
}

function witnessesAmong(parties: readonly PartyIdentity[]) {
  return parties
    .filter(({ witnessKey }) => witnessKey !== undefined)
    .map(({ name, origin, witnessKey }) => ({ name, origin, verifierKey: witnessKey }));
}
