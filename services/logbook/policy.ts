/** Who may put what into the log. Pure. Unknown parties and other parties' words are refused. */
import { policyEntryKey } from '@answerable/kit/submit-policy';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { earliestDay, successionSecondsOf } from '@answerable/protocol/trust-succession';
import { releaseKeyOf } from '@answerable/protocol/wallet-release';

export type Role = 'registrar' | 'guardian' | 'keeper' | 'gateway' | 'authority' | 'publisher' | 'submitter';

export interface KnownParty {
  name: string;
  role: Role;
  /** ed25519, base64url */
  signingKey: string;
}

/** Every party that the trust policy lists, with what it is. */
export function partiesOf(policy: TrustPolicy): KnownParty[] {
  const as =
    (role: Role) =>
    ({ name, signingKey }: { name: string; signingKey: string }): KnownParty => ({ name, role, signingKey });
  return [
    as('registrar')(policy.registrar),
    ...policy.opening.guardians.map(as('guardian')),
    ...policy.tags.keepers.map(as('keeper')),
    ...policy.gateways.map(as('gateway')),
    ...policy.authorities.map(as('authority')),
    as('publisher')({ name: policy.releases.publisher, signingKey: policy.releases.signingKey }),
  ];
}

const rolesOf: Record<LogEntry['kind'], readonly Role[]> = {
  commitment: ['registrar', 'guardian', 'keeper', 'gateway', 'authority', 'submitter'],
  'record-root': ['registrar'],
  census: ['registrar', 'keeper', 'gateway', 'guardian'],
  'trust-policy': ['registrar', 'guardian', 'submitter'],
  // By its own signatures, from whoever brings it: take-successor.ts.
  'trust-policy-successor': [],
  'disclosure-notice': ['guardian'],
  'wallet-release': ['publisher'],
  'platform-policy': ['gateway'],
};

/** Refuses `forbidden` for an entry that is not this party's to write. Successors come by /trust-policies. */
export function requireMayLog(party: KnownParty, entry: LogEntry): void {
  if (entry.kind === 'trust-policy' && entry.serial > 1) throw new Refusal('forbidden');
  const speaker = speakerOf(entry);
  if (!rolesOf[entry.kind].includes(party.role) || (speaker !== undefined && speaker !== party.name))
    throw new Refusal('forbidden');
}

/**
 * Whether `key` is the one key that everybody looks for this entry under. Such keys can be computed by who has only
 * heard of the entry: a party that a new policy leaves out, or that wants no new wallet, would else be there first.
 */
export function isOwnKey(key: string, entry: LogEntry): boolean {
  if (entry.kind === 'trust-policy' || entry.kind === 'trust-policy-successor')
    return key === policyEntryKey(entry);
  return entry.kind === 'wallet-release' && key === releaseKeyOf(entry);
}

/** Until the last witness has looked. */
const slackSecondsMax = 3_600;

/**
 * Whether a successor comes early enough to be logged: witnesses must still see it in time, and cosign nothing after
 * one that they saw too late. Whoever brings one in the last second of a day would else silence them for good.
 */
export function comesInTime(before: TrustPolicy, next: Pick<TrustPolicy, 'effective'>, now: number): boolean {
  const slack = Math.min(slackSecondsMax, successionSecondsOf(before));
  return earliestDay(before, now + slack) <= next.effective;
}

/** The party that an entry speaks as; nobody else may say it. */
function speakerOf(entry: LogEntry): string | undefined {
  if (entry.kind === 'census') return entry.party;
  if (entry.kind === 'platform-policy') return entry.gateway;
  if (entry.kind === 'disclosure-notice') return entry.guardian;
  return undefined;
}
