/**
 * A report that a platform sent, on the record as any other: once for each name that the platform gives it, and
 * with nothing about who reported. What the platform itself showed counts as seen; about what a stranger's server
 * names, the platform is asked.
 */
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import type { ItemSnapshot, Report } from '@answerable/protocol/report/report';
import { recordReport } from '../intake/record-report.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';

const statementCharsMax = 4_000;
const itemsMax = 100;

export interface ForeignReport {
  /** what the platform calls this report; the same name again is the same report */
  id: string;
  /** whether the platform itself shows the items, signed */
  seen: boolean;
  items: readonly ItemSnapshot[];
  reasons: Report['reasons'];
  statement: string;
}

/** The receipt of the report; the same one when it came before. */
export async function recordForeign(parts: DeskParts, given: ForeignReport): Promise<string> {
  const { config, events, outbox } = parts;
  const platform = config.platform.name;
  const report: Report = storable({
    capacity: 'user',
    reasons: given.reasons,
    characteristics: [],
    items: given.items.slice(0, itemsMax),
    statement: given.statement.slice(0, statementCharsMax),
    goodFaith: true,
    // Whoever reported has no address here: the platform tells them.
    wishesToBeTold: false,
  });
  const formKey = hashOf(messageLabels.foreignReport, { platform, id: given.id });
  const { receipt, fresh } = await recordReport(parts, report, { platform: given.seen, formKey });
  // From here on the report is on the record; what it sets off stands in the outbox.
  if (fresh) events.reported(report);
  outbox.kick();
  return receipt;
}

/** Something that the platform has not shown yet: the connector will fetch it. */
export const unseen = (platform: string, locator: string, at: string): ItemSnapshot => ({
  platform,
  kind: locator.startsWith('account/') ? 'account' : locator.startsWith('page/') ? 'page' : 'post',
  locator,
  author: null,
  text: '',
  language: 'und',
  posted: at,
});
