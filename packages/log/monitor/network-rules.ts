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

export interface NetworkRules {
  /** Approvals that an opening needs: the threshold of the opening key. */
  readonly threshold: number;
  /** As the logbook is configured; without it growth is not looked at. */
  readonly entriesPerBatch?: number;
  /** What guardians say of their refusals; without it that is not looked at. */
  readonly refusals?: CountSeries;
  /** Whose daily totals must agree; without them they are not compared. */
  readonly census?: CensusParties;
}

/**
 * One policy per serial; one census per party and day, those of registrar and keepers agreeing; a release of the wallet once; counts of refusals without
 * a gap; platforms' policies chained and announced; a notice after its filing and t approvals.
 */
export function networkRules({ threshold, entriesPerBatch, refusals, census }: NetworkRules): Rule[] {
  const growth = entriesPerBatch === undefined ? [] : [growsByBatches(entriesPerBatch)];
  return [
    ...growth,
    onlyOnce('trust-policy', ['network', 'serial']),
    onlyOnce('census', ['party', 'day']),
    onlyOnce('wallet-release', ['release']),
    onlyOnce('platform-policy', ['gateway', 'platform', 'serial']),
    platformPoliciesFollow,
    ...(census === undefined ? [] : [censusesAgree(census)]),
    ...(refusals === undefined ? [] : [countsWithoutGap('census', refusals)]),
    pointsBack('disclosure-notice', ['filing', 'approvals'], { target: 'commitment', atLeast: threshold }),
  ];
}
