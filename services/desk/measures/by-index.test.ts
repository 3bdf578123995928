/**
 * A desk with many cases reads few of them: PostgreSQL itself says how many rows were read by going through a whole
 * table. Twenty cases, thousands or a million, a question touches as many as it shows.
 */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { makeCases } from '../testing/many-cases.ts';

const many = 6_000;
/** Of the tables that grow with the cases. */
const growing = ['case_file', 'case_item', 'event', 'item', 'report', 'outbox'];
/** Rows of one table that were read without an index, in all questions below together. */
const readMax = 200;

let world: DeskWorld;
let a: Moderator;
const run = (text: string) => withConnection(world.databaseUrl, (ask) => ask(text));

beforeAll(async () => {
  world = await deskWorld('desk-by-index');
  a = await world.signIn('Moderator A');
  for (const locator of ['post/m1', 'post/m2'])
    await world.report([snapshot(locator, subOf('m'))], {}, connectorToken);
  const [waiting, decided] = [(await world.caseOf(a, 'post/m1')).caseId, await decide('post/m2')];
  await world.desk.close();
  await makeCases(world.databaseUrl, many, { waiting, decided });
});
afterAll(async () => {
  await world?.close();
});

async function decide(locator: string): Promise<string> {
  const [row] = await run(`select case_id from case_item where locator = '${locator}'`);
  const caseId = String(row!.case_id);
  await a.post(`/cases/${caseId}/claim`);
  const { status } = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision: { path: 'conduct', measures: [{ kind: 'hide-item', target: locator }], reasons: reasonsOf() },
  });
  expect(status).toBe(200);
  return caseId;
}

it('every question of a working day is answered by index', async () => {
  await run('select pg_stat_reset()');
  await world.restart();
  a = await world.signIn('Moderator A');
  const lists = [
    '/',
    '/?queue=content',
    '/?queue=appeals',
    '/?with=me',
    '/?reason=threat',
    '/?late=yes',
    '/next',
  ];
  const others = [
    '/shift',
    '/figures',
    '/figures?span=1y',
    '/figures/reports.csv',
    '/outside',
    '/requests',
    '/todo',
  ];
  for (const path of [...lists, ...others])
    expect([path, (await a.get(path)).status < 400]).toEqual([path, true]);
  const counts = (await a.get('/')).body.counts as { queue: string; count: number }[];
  expect(counts.find(({ queue }) => queue === 'content')?.count).toBe(many / 2 + 1);
  const { receipt } = (await world.report([snapshot('post/n1', subOf('n'))], {}, connectorToken)).body;
  await world.report([snapshot('post/n1', subOf('n'))]);
  const caseId = await decide('post/n1');
  expect((await fetch(`${world.origin}/receipts/${receipt}`)).status).toBe(200);
  const [copied] = await run(
    `select case_id from case_file where case_id like 'bench%' and queue = 'content' limit 1`,
  );
  expect((await a.get(`/cases/${copied!.case_id}`)).body.items).toHaveLength(1);
  await world.holder('appeals', { caseId, sub: subOf('n'), track: 'normal', grounds: 'It was not me.' });
  await world.desk.tick();
  // Only when its connections end has PostgreSQL counted everything.
  await world.desk.close();
  const read = await run(`select relname, seq_tup_read::int as rows from pg_stat_user_tables
    where relname in (${growing.map((one) => `'${one}'`).join(', ')}) and seq_tup_read > ${readMax}`);
  expect(read).toEqual([]);
});
