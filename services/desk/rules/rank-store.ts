/**
 * Keeps the rules and what they say of each waiting case. Whoever can modify these tables can change the order in
 * which cases are looked at; and cannot decide any.
 */
import { after, type Clock, dayOf } from '@answerable/kit/clock';
import { type Kysely, sql } from 'kysely';
import { type CaseState, headcount } from '../casework/state.ts';
import { appendRecord, readRecords } from '../ledger.ts';
import type { DeskTables } from '../schema.ts';
import { evaluate, pulledHours } from './evaluate.ts';
import { readRules } from './read-rules.ts';
import type { Facts, Finding, RuleSet } from './rule.ts';

const chain = 'rules';
/** Cases looked at in one round: a flood is ranked over several. */
const roundMax = 200;
const textsMax = 50;

export type RankStore = ReturnType<typeof createRankStore>;

export function createRankStore(db: Kysely<DeskTables>, clock: Clock) {
  let kept: { seq: number; set: RuleSet } | undefined;
  const latest = async () => (await readRecords(db, chain, 1))[0];
  const textOf = (body: object): string => ('text' in body && typeof body.text === 'string' ? body.text : '');

  async function current(): Promise<RuleSet | undefined> {
    const record = await latest();
    if (!record) return undefined;
    if (kept?.seq !== record.seq) kept = { seq: record.seq, set: readRules(textOf(record.body)) };
    return kept.set;
  }

  return {
    current,

    async text(): Promise<string> {
      const record = await latest();
      return record ? textOf(record.body) : '';
    },

    history: () => readRecords(db, chain),

    /** A new version, already read. Every waiting case is looked at again. */
    write: (text: string, who: string): Promise<void> =>
      db.transaction().execute(async (trx) => {
        await appendRecord(trx, chain, { at: clock.now().toISOString(), who, body: { text } });
        await sql`update case_file set rank_seq = -1 where queue <> 'closed'`.execute(trx);
      }),

    /** Looks at waiting cases that changed since rules last looked at them. */
    async look(): Promise<void> {
      const set = await current();
      if (!set) return;
      const { rows } = await sql<{ case_id: string; seq: number; state: CaseState }>`
        select case_id, seq, state from case_file where queue <> 'closed' and rank_seq <> seq
        order by opened_at limit ${roundMax}`.execute(db);
      for (const row of rows) await rank(db, clock, set, row);
    },

    async findings(caseId: string): Promise<Finding[]> {
      const row = await db
        .selectFrom('case_rank')
        .select('findings')
        .where('case_id', '=', caseId)
        .executeTakeFirst();
      return row?.findings ?? [];
    },

    /** In how many waiting cases each rule holds. */
    async holding(): Promise<Map<string, number>> {
      const { rows } = await sql<{ rule: string; cases: number }>`
        select finding ->> 'rule' as rule, count(*)::int as cases
        from case_rank join case_file using (case_id), jsonb_array_elements(findings) as finding
        where queue <> 'closed' group by 1`.execute(db);
      return new Map(rows.map((row) => [row.rule, row.cases]));
    },
  };
}

async function rank(
  db: Kysely<DeskTables>,
  clock: Clock,
  set: RuleSet,
  { case_id, seq, state }: { case_id: string; seq: number; state: CaseState },
): Promise<void> {
  const findings = evaluate(set, await factsOf(db, state));
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    await sql`update case_file set rank_hours = ${pulledHours(findings)}, rank_seq = ${seq}
      where case_id = ${case_id}`.execute(trx);
    const row = { case_id, findings: JSON.stringify(findings) };
    await trx
      .insertInto('case_rank')
      .values(row)
      .onConflict((conflict) => conflict.column('case_id').doUpdateSet(row))
      .execute();
    await trx
      .deleteFrom('case_label')
      .where('case_id', '=', case_id)
      .where('until', '<', dayOf(now))
      .execute();
    for (const { label, mode } of findings) {
      if (!label || mode !== 'live') continue;
      const given = { case_id, label: label.name, until: dayOf(after(now, { days: label.days })) };
      await trx
        .insertInto('case_label')
        .values(given)
        .onConflict((conflict) => conflict.columns(['case_id', 'label']).doNothing())
        .execute();
    }
  });
}

async function factsOf(db: Kysely<DeskTables>, state: CaseState): Promise<Facts> {
  const hashes = state.items.slice(0, textsMax).map((item) => item.hash);
  const rows =
    hashes.length === 0
      ? []
      : await db.selectFrom('item').select('snapshot').where('hash', 'in', hashes).execute();
  const { messages, accounts, persons } = headcount(state);
  return {
    texts: rows.map((row) => row.snapshot.text),
    languages: [...new Set(rows.map((row) => row.snapshot.language.toLowerCase().slice(0, 2)))],
    reasons: state.reasons,
    characteristics: state.characteristics,
    kind: state.kind,
    counts: { reports: state.reports, accounts, persons, messages },
  };
}
