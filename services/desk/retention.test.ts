/** Holds that cannot be strung together case by case; and what is erased when its time is over, with the chain whole. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ErasedEvent, firstBreak } from './casework/event.ts';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from './testing/desk-world.ts';
import { subOf } from './testing/example-case.ts';
import { connectorToken } from './testing/fake-neighbours.ts';

let world: DeskWorld;
let a: Moderator;
let b: Moderator;

const signIn = async () => {
  a = await world.signIn('Moderator A');
  b = await world.signIn('Moderator B');
};
beforeAll(async () => {
  world = await deskWorld('desk-retention', { gateway: null, retentionDays: 30 });
  await signIn();
});
afterAll(() => world.close());

async function reported(locator: string, text?: string, sub = subOf('r')): Promise<string> {
  await world.report([snapshot(locator, sub, text)], { statement: 'Look at this.' }, connectorToken);
  return (await world.caseOf(a, locator)).caseId;
}
async function close(caseId: string): Promise<void> {
  await a.post(`/cases/${caseId}/claim`);
  const { body } = await a.post(`/cases/${caseId}/decision`, { decision: { path: 'none', note: 'Fine.' } });
  expect(body.phase).toBe('closed');
}

describe('a hold', () => {
  it('is not begun anew by a new case about the same words, until it has rested', async () => {
    const first = await reported('post/h1');
    expect((await a.post(`/cases/${first}/holds`, { target: 'post/h1' })).status).toBe(200);
    world.clock.advance({ hours: 11 });
    await close(first);
    const second = await reported('post/h1');
    expect(second).not.toBe(first);
    for (const who of [a, b])
      expect((await who.post(`/cases/${second}/holds`, { target: 'post/h1' })).body.code).toBe('hold_over');
    world.clock.advance({ days: 8 });
    await signIn();
    expect((await b.post(`/cases/${second}/holds`, { target: 'post/h1' })).status).toBe(200);
    await close(second);
  });

  it('can be placed at once on other words at the same place', async () => {
    const first = await reported('post/h2', 'One thing');
    await a.post(`/cases/${first}/holds`, { target: 'post/h2' });
    await close(first);
    const second = await reported('post/h2', 'Quite another');
    expect((await a.post(`/cases/${second}/holds`, { target: 'post/h2' })).status).toBe(200);
    await close(second);
  });
});

describe('a closed case', () => {
  const rowsOf = (caseId: string) =>
    withConnection(world.databaseUrl, (run) =>
      run('select *, body_hash as "bodyHash" from event where case_id = $1 order by seq', [caseId]),
    );

  it('keeps its words while it can be appealed, then loses them, and its chain still holds', async () => {
    const caseId = await reported('post/e1', 'Words about somebody', subOf('e'));
    await close(caseId);
    world.clock.advance({ days: 40 });
    await world.desk.tick();
    expect((await rowsOf(caseId)).every((row) => row.body !== null)).toBe(true);
    world.clock.advance({ days: 150 });
    await world.desk.tick();
    await expect.poll(async () => (await rowsOf(caseId)).at(-1)?.body).toEqual({ kind: 'erased' });
    const rows = await rowsOf(caseId);
    expect(rows.slice(0, -1).every((row) => row.body === null && row.bodyHash !== null)).toBe(true);
    const events = rows as never as ErasedEvent[];
    expect(firstBreak(events)).toBeUndefined();
    expect(firstBreak(events.map((one, n) => (n === 1 ? { ...one, bodyHash: 'x' } : one)))).toBe(2);
    expect(firstBreak(events.filter((_one, n) => n !== 2))).toBe(3);
    await withConnection(world.databaseUrl, async (run) => {
      const dump = JSON.stringify([
        await run('select state from case_file where case_id = $1', [caseId]),
        await run('select statement from report where case_id = $1', [caseId]),
        await run('select * from case_item where case_id = $1', [caseId]),
        await run('select * from outbox where case_id = $1', [caseId]),
        await run('select * from item'),
      ]);
      expect(dump).not.toMatch(/Words about somebody|Look at this|post\/e1|eeee/);
    });
    await signIn();
    expect((await a.get(`/cases/${caseId}`)).body.history[0].words).toBe('Erased after its time.');
    expect((await a.post(`/cases/${caseId}/notes`, { note: 'x' })).body.code).toBe('move_not_allowed');
  });
});
