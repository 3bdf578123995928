/**
 * Many cases at once, made in the database from two that the desk itself made: one that waits and one that is
 * decided. For measuring only: their numbers begin with `bench`, and their chains are copies, which do not hold.
 */
import { withConnection } from '@answerable/kit/database';

const chunk = 50_000;
/** Every how manieth is still waiting. */
const waitingEvery = 2;
const authors = 20_000;

/** `waiting` and `decided` are cases to copy; `adminUrl` is the desk's database, as its administrator. */
export async function makeCases(
  adminUrl: string,
  count: number,
  { waiting, decided }: { waiting: string; decided: string },
): Promise<void> {
  await withConnection(adminUrl, async (run) => {
    await run('set synchronous_commit = off');
    // What is copied refers to what is there; each row need not be looked up for it.
    await run('set session_replication_role = replica');
    for (let from = 1; from <= count; from += chunk) {
      const to = Math.min(count, from + chunk - 1);
      await run('drop table if exists copying');
      await run(`create temporary table copying as ${numbered}`, [from, to, waiting, decided]);
      for (const statement of copies) await run(statement);
    }
    await run('drop table copying');
    await run('set session_replication_role = origin');
    await run(`insert into tally (day, figure, part, value, n)
      select 'always', 'waiting', queue, 0, count(*) from case_file
      where queue <> 'closed' and case_id like 'bench%' group by queue
      on conflict (day, figure, part, value) do update set n = tally.n + excluded.n`);
    await run('vacuum analyze');
    await run('checkpoint');
  });
}

const numbered = `
  select n, model.case_id as model, 'bench' || lpad(n::text, 16, '0') || 'A' as case_id,
    'post/bench' || n as locator, rpad('b' || (n % ${authors})::text, 52, 'a') as author,
    to_char(timestamp '2025-11-27' + n * interval '31 seconds', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
    'bench-' || lpad(n::text, 9, '0') as hash
  from generate_series($1::int, $2::int) as n
  join case_file model on model.case_id = case when n % ${waitingEvery} = 0 then $3 else $4 end`;

const copies = [
  `insert into case_file
    select c.case_id, f.kind, f.phase, f.queue, c.at,
      to_char(c.at::timestamp + (f.due_at::timestamp - f.opened_at::timestamp), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), null, f.assigned_to, f.reports, f.seq, c.hash,
      replace(replace(f.state::text, f.case_id, c.case_id), i.locator, c.locator)::jsonb
    from copying c join case_file f on f.case_id = c.model join case_item i on i.case_id = c.model`,
  `insert into case_item select case_id, locator, author from copying`,
  `insert into item select c.hash, i.snapshot from copying c
    join case_file f on f.case_id = c.model join item i on i.hash = f.state->'items'->0->>'hash'`,
  `insert into event
    select c.case_id, e.seq, null, c.hash || '-' || e.seq, c.at, e.actor, e.tool, e.body
    from copying c join event e on e.case_id = c.model`,
  `insert into report select 'bench-' || c.n, c.case_id, r.day, r.capacity, r.statement, r.wishes, null
    from copying c join report r on r.case_id = c.model`,
  `insert into outbox (effect_id, case_id, lane, effect, state, next_at, result)
    select c.hash || '-' || o.id, c.case_id, o.lane, o.effect, 'done', o.next_at, o.result
    from copying c join outbox o on o.case_id = c.model`,
];
