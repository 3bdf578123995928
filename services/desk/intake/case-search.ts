/** Which case a report belongs to, asked inside its transaction and under the lock on its items. */
import type { Report } from '@answerable/protocol/report/report';
import { sql } from 'kysely';
import type { ItemReference } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import type { Trx } from '../store.ts';

/** Where somebody may be in danger a person looks again, also at what is hidden already. */
const neverAgain: readonly Report['reasons'][number][] = [
  'worried-about-them',
  'promotes-suicide',
  'threat',
  'intimate-image',
];

/** The oldest case about one of these that is still to be decided. Complaints are cases of their own. */
export async function openCaseWith(trx: Trx, locators: readonly string[]): Promise<string | undefined> {
  const row = await trx
    .selectFrom('case_item')
    .innerJoin('case_file', 'case_file.case_id', 'case_item.case_id')
    .select('case_file.case_id')
    .where('locator', 'in', [...locators])
    .where('queue', 'not in', ['closed', 'appeals'])
    .where('kind', '<>', 'complaint')
    // What was decided and came back, to look in on somebody or under an alarm, takes no reports.
    .where(sql`state -> 'decided'`, '=', sql`'null'::jsonb`)
    .orderBy('opened_at')
    .forUpdate('case_file')
    .limit(1)
    .executeTakeFirst();
  return row?.case_id;
}

/**
 * The case by whose decision all of these are hidden, be it that the platform has not been told yet: a report
 * that comes between decision and effect asks for what was decided.
 */
export async function decidedCaseOf(
  trx: Trx,
  locators: readonly string[],
  reasons: Report['reasons'],
): Promise<string | undefined> {
  if (reasons.some((reason) => neverAgain.includes(reason))) return undefined;
  const rows = await trx
    .selectFrom('case_file')
    .select(['case_id', 'state'])
    .where('case_id', 'in', (from) =>
      from
        .selectFrom('standing_act')
        .select('case_id')
        .where('target', 'in', [...locators]),
    )
    .orderBy('opened_at', 'desc')
    .execute();
  return rows.find(({ state }) => hidesAll(state, locators))?.case_id;
}

function hidesAll({ decided, measures }: CaseState, locators: readonly string[]): boolean {
  const hidden = measures.flatMap(({ measure, inForce }) =>
    inForce && (measure.kind === 'hide-item' || measure.kind === 'shut-page') ? [measure.target] : [],
  );
  return decided !== null && locators.every((locator) => hidden.includes(locator));
}

export async function withDistress(trx: Trx, items: ItemReference[]): Promise<ItemReference[]> {
  if (items.length === 0) return items;
  const rows = await trx
    .selectFrom('distress_item')
    .select('locator')
    .where(
      'locator',
      'in',
      items.map((item) => item.locator),
    )
    .execute();
  const marked = new Set(rows.map((row) => row.locator));
  return items.map((item) => ({ ...item, distress: marked.has(item.locator) }));
}
