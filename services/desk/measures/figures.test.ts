/** The figures of a desk at work: live, by day, frozen, counted again, and never drifting from the cases. */
import { openDatabase, withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskTables, migrations } from '../schema.ts';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { createFigureStore, type FigureStore } from './figure-store.ts';
import { always } from './tally.ts';

const day = '2026-11-23';
let world: DeskWorld;
let [a, b]: Moderator[] = [];
let figures: FigureStore;
let close: () => Promise<void>;

beforeAll(async () => {
  world = await deskWorld('desk-figures');
  a = await world.signIn('Moderator A');
  b = await world.signIn('Moderator B');
  const opened = await openDatabase<DeskTables>({ url: world.databaseUrl, migrations, poolMax: 2 });
  figures = createFigureStore(opened.db, world.clock);
  ({ close } = opened);
});
afterAll(async () => {
  await close?.();
  await world?.close();
});

const run = (text: string) => withConnection(world.databaseUrl, (ask) => ask(text));
const truth = async () => {
  const rows = await run(
    `select queue, count(*)::int as n from case_file where queue <> 'closed' group by 1`,
  );
  return Object.fromEntries(rows.map(({ queue, n }) => [queue, n]));
};
const counted = async () => {
  const waiting = await figures.waiting();
  return Object.fromEntries(waiting.flatMap(({ queue, count }) => (count === 0 ? [] : [[queue, count]])));
};
/** What is kept of a day, folded or not. */
const kept = async () =>
  (
    await run(`select day, figure, part, value, sum(n)::int as n from
      (select day, figure, part, value, n from tally union all select day, figure, part, value, n from tally_change) t
      group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4`)
  ).map((row) => Object.values(row).join(' '));

/** Until everything is folded: the desk itself may be at it at this moment. */
const fold = () =>
  expect
    .poll(async () => {
      await figures.look();
      return run('select id from tally_change');
    })
    .toEqual([]);

async function decide(locator: string, sub: string, who: Moderator): Promise<string> {
  const { caseId } = await world.caseOf(who, locator);
  await who.post(`/cases/${caseId}/claim`);
  const sanction = { kind: 'sanction', sub, holds: 'person', step: 'suspend', until: '2027-01-31' };
  const { status } = await who.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision: { path: 'conduct', measures: [sanction], reasons: reasonsOf() },
  });
  expect(status).toBe(200);
  return caseId;
}

describe('the figures', () => {
  it('say what happened today, as it happens', async () => {
    const report = (locator: string, sub: string, reasons: ['hate' | 'abuse' | 'worried-about-them']) =>
      world.report([snapshot(locator, subOf(sub))], { reasons }, connectorToken);
    await report('post/f1', 'f', ['hate']);
    await report('post/f1', 'f', ['abuse']);
    await report('post/f2', 'g', ['abuse']);
    await report('post/f3', 'h', ['worried-about-them']);
    const caseId = await decide('post/f1', subOf('f'), a!);
    const appeal = { caseId, sub: subOf('f'), track: 'normal', grounds: 'It was not me.' };
    expect((await world.holder('appeals', appeal)).status).toBe(200);
    await b!.post(`/cases/${caseId}/claim`);
    await b!.post(`/cases/${caseId}/hearing`, { outcome: 'overturned', reply: 'You are right.' });
    expect(await figures.between(day, day)).toMatchObject({
      reports: { total: 4, byReason: { hate: 1, abuse: 2, 'worried-about-them': 1 } },
      cases: { opened: 3, byKind: { content: 2, care: 1 } },
      acted: { count: 1, median: 1, byKind: { content: { count: 1 } } },
      decided: {
        count: 1,
        inTimeShare: 1,
        byGround: { terms: 1 },
        measures: { suspend: 1 },
        ended: { appeal: 1 },
      },
      appeals: { made: { normal: 1 }, heard: 1, byOutcome: { overturned: 1 }, reversalShare: 1 },
      care: { opened: 1, decided: 0 },
      queues: { content: { entered: 2, left: 1 }, appeals: { entered: 1, left: 1 } },
    });
  });

  it('are the same before and after they are folded, and when counted again from the events', async () => {
    const before = await kept();
    await fold();
    expect(await kept()).toEqual(before);
    await figures.recount();
    expect(await kept()).toEqual(before);
  });

  it('that somebody changed are mended by counting again', async () => {
    await fold();
    const before = await kept();
    await run(`update tally set n = n + 7 where figure in ('reports', 'waiting')`);
    await run(`delete from tally where figure = 'decided'`);
    expect(await kept()).not.toEqual(before);
    await figures.recount();
    await fold();
    expect(await kept()).toEqual(before);
  });

  it('count what waits exactly, while many report, decide, fold and count again at once', async () => {
    const work: Promise<unknown>[] = [];
    for (let n = 0; n < 40; n += 1) {
      work.push(world.report([snapshot(`post/c${n % 25}`, subOf('k'))], {}, connectorToken));
      if (n % 8 === 0) work.push(figures.look());
      if (n % 16 === 0) work.push(figures.recount());
    }
    await Promise.all(work);
    const rows = await run(`select case_id from case_file where queue = 'content' limit 20`);
    await Promise.all(
      rows.flatMap(({ case_id }, n) => [
        (async () => {
          const who = n % 2 === 0 ? a! : b!;
          await who.post(`/cases/${case_id}/claim`);
          if (n % 4 === 0) await who.post(`/cases/${case_id}/escalation`, { why: 'Look.' });
          else await who.post(`/cases/${case_id}/decision`, { decision: { path: 'none' } });
        })(),
        ...(n % 5 === 0 ? [figures.look(), figures.recount()] : []),
      ]),
    );
    expect(await counted()).toEqual(await truth());
    expect((await truth()).second).toBe(5);
    await fold();
    expect(await counted()).toEqual(await truth());
  });

  it('of a day that is over stay as they are, with their hash in the ledger', async () => {
    const before = await figures.between(day, day);
    world.clock.advance({ days: 1, hours: 2 });
    await fold();
    await expect.poll(async () => (await run('select day from tally_closed')).length).toBe(1);
    const closed = await run('select day, hash from tally_closed order by day');
    expect(closed.map((row) => row.day)).toEqual([day]);
    const ledger = await run(`select body from ledger where chain = 'figures'`);
    expect(ledger).toEqual([{ body: closed[0] }]);
    // Somebody's clock was wrong: what comes for that day counts for the first that is open.
    await run(
      `insert into tally_change (day, figure, part, value, n) values ('${day}', 'reports', 'to look into', 0, 1)`,
    );
    await fold();
    expect(await figures.between(day, day)).toEqual(before);
    expect((await figures.between('2026-11-24', '2026-11-24')).reports.total).toBe(1);
    const again = (await figures.countAgain(day))!;
    expect(again.every((one) => one.day === day && (one.day as string) !== always)).toBe(true);
    const reports = again.filter((one) => one.figure === 'reports').reduce((sum, { n }) => sum + n, 0);
    expect(reports).toBe(before.reports.total);
  });

  it('of a day whose events were erased are not counted again', async () => {
    await run(`update event set body = null where seq = 2 and case_id = (select min(case_id) from event)`);
    expect(await figures.countAgain(day)).toBeUndefined();
  });
});
