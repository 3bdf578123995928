/** Whether a trust policy says of a party what the party says of itself. Pure. */
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

/** Whether every fact that `policy` states about the party `self` is as the party itself states it. */
export function says(policy: TrustPolicy, self: PartyIdentity): boolean {
  const { opening, tags } = policy;
  const holds = [
    ...[policy.registrar]
      .filter(named(self))
      .map((p) => p.issuerKey === self.issuerKey && sameLater(p, self)),
    ...opening.guardians
      .filter(named(self))
      .map(
        (p) => p.sealingKey === self.sealingKey && hasShare('opening', opening, opening.guardians, p, self),
      ),
    ...tags.keepers.filter(named(self)).map((p) => hasShare('tag', tags, tags.keepers, p, self)),
    ...policy.gateways
      .filter(named(self))
      .map((p) => p.platforms.every((platform) => self.platforms?.includes(platform))),
    ...policy.authorities.filter(named(self)).map((p) => p.sealingKey === self.sealingKey),
  ];
  const parties = [
    policy.registrar,
    ...opening.guardians,
    ...tags.keepers,
    ...policy.gateways,
    ...policy.authorities,
  ];
  const own = parties.filter(named(self));
  const sameParty = own.every(
    (p) => p.origin === self.origin && p.title === self.title && p.signingKey === self.signingKey,
  );
  const witness = policy.witnesses.list.filter(named(self));
  const sameWitness = witness.every((w) => w.verifierKey === self.witnessKey && w.origin === self.origin);
  const { releases = policy.releases } = self;
  const sameReleases =
    releases.publisher === policy.releases.publisher && releases.signingKey === policy.releases.signingKey;
  const sameLog = policy.log.name !== self.name || policy.log.verifierKey === self.logKey;
  return own.length === 1 && holds.every(Boolean) && sameParty && sameWitness && sameLog && sameReleases;
}

const named =
  (self: PartyIdentity) =>
  (party: { name: string }): boolean =>
    party.name === self.name;

// Every key that was drawn, in its order, and no other: one that is left out would never sign.
function sameLater({ nextIssuerKeys = [] }: TrustPolicy['registrar'], self: PartyIdentity): boolean {
  const own = self.nextIssuerKeys ?? [];
  return own.length === nextIssuerKeys.length && nextIssuerKeys.every((key, i) => key.issuerKey === own[i]);
}

function hasShare(
  role: 'opening' | 'tag',
  key: { threshold: number; publicKey: string; transcript: string },
  parties: readonly { index: number; verificationKey: string }[],
  party: { index: number },
  { share }: PartyIdentity,
): boolean {
  return (
    share !== undefined &&
    share.role === role &&
    share.index === party.index &&
    share.threshold === key.threshold &&
    share.publicKey === key.publicKey &&
    share.transcript === key.transcript &&
    share.verificationKeys.length === parties.length &&
    parties.every((p) => p.verificationKey === share.verificationKeys[p.index - 1])
  );
}
