// The rules for a log of this network: the kinds are those of packages/protocol/log/entries.ts, named here as
// text because this package knows no messages.
import { type CensusParties, censusesAgree } from './census-rule.ts';
import { platformPoliciesFollow } from './platform-policy-rule.ts';
import {
  type CountSeries,
  countsWithoutGap,
  growsByBatches,
  onlyOnce,
  pointsBack,
  type Rule,
} from './rules.ts';
import { trustPoliciesFollow } from './trust-policy-rule.ts';

export interface NetworkRules {
  /** Approvals that an opening needs: the threshold of the opening key. */
  readonly threshold: number;
  /** How long a successor of the trust policy stands here before it binds; without it, that is not looked at. */
  readonly successionSeconds?: number;
  /** As the logbook is configured; without it growth is not looked at. */
  readonly entriesPerBatch?: number;
  /** What guardians say of their refusals; without it that is not looked at. */
  readonly refusals?: CountSeries;
  /** Whose daily totals must agree; without them they are not compared. */
  readonly census?: CensusParties;
}

/**
 * One trust policy per serial, chained and announced; one census per party and day, those of registrar and keepers agreeing; a release of the wallet once; counts of refusals without
 * a gap; platforms' policies chained and announced; a notice after its filing and t approvals.
 */
export function networkRules({
  threshold,
  successionSeconds = 0,
  entriesPerBatch,
  refusals,
  census,
}: NetworkRules): Rule[] {
  const growth = entriesPerBatch === undefined ? [] : [growsByBatches(entriesPerBatch)];
  return [
    ...growth,
    onlyOnce('trust-policy', ['network', 'serial']),
    onlyOnce('trust-policy-successor', ['network', 'serial']),
    trustPoliciesFollow(successionSeconds),
    onlyOnce('census', ['party', 'day']),
    onlyOnce('wallet-release', ['release']),
    onlyOnce('platform-policy', ['gateway', 'platform', 'serial']),
    platformPoliciesFollow,
    ...(census === undefined ? [] : [censusesAgree(census)]),
    ...(refusals === undefined ? [] : [countsWithoutGap('census', refusals)]),
    pointsBack('disclosure-notice', ['filing', 'approvals'], { target: 'commitment', atLeast: threshold }),
  ];
}
