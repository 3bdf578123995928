/** Record, then act: neighbours that are away, answers that are lost, a desk that ends in between. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from './testing/desk-world.ts';
import { conductFinding, subOf } from './testing/example-case.ts';
import { connectorToken } from './testing/fake-neighbours.ts';

let world: DeskWorld;
let a: Moderator;

beforeAll(async () => {
  world = await deskWorld('desk-outbox');
  a = await world.signIn('Moderator A');
});
afterAll(() => world.close());

async function suspend(locator: string, sub: string): Promise<string> {
  await world.report([snapshot(locator, sub)], {}, connectorToken);
  const { caseId } = await world.caseOf(a, locator);
  await a.post(`/cases/${caseId}/claim`);
  const sanction = { kind: 'sanction', sub, holds: 'person', step: 'suspend', until: '2027-01-31' };
  const measures = [{ kind: 'hide-item', target: locator }, sanction];
  const decided = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision: { path: 'conduct', measures, reasons: reasonsOf() },
  });
  expect(decided.status).toBe(200);
  return caseId;
}

const pending = () =>
  withConnection(world.databaseUrl, (run) =>
    run("select id from outbox where state = 'pending' and case_id <> 'heads'"),
  );
const actsOn = (target: string) => world.neighbours.acts.filter((act) => act.target === target);

describe('a desk that ends between decision and effect', () => {
  it('finishes at its next start what was decided, once', async () => {
    world.neighbours.mood.platform = 'off';
    world.neighbours.mood.gateway = 'off';
    const caseId = await suspend('post/k1', subOf('k'));
    expect((await a.get(`/cases/${caseId}`)).body.phase).toBe('closed');
    expect(actsOn('post/k1')).toEqual([]);
    expect((await pending()).length).toBeGreaterThan(2);
    world.neighbours.mood.platform = 'well';
    world.neighbours.mood.gateway = 'well';
    await world.restart();
    await expect.poll(pending).toEqual([]);
    expect(actsOn('post/k1').map((act) => act.kind)).toEqual(['hide-item']);
    expect(actsOn(`account/${subOf('k')}`).map((act) => act.kind)).toEqual(['suspend-account']);
    expect([...world.neighbours.sanctions.values()].map((one) => one.sub)).toEqual([subOf('k')]);
    a = await world.signIn('Moderator A');
  });
});

describe('answers that are lost', () => {
  it('are asked for again, and nothing is done twice', async () => {
    world.neighbours.mood.platform = 'loses-answers';
    world.neighbours.mood.gateway = 'loses-answers';
    await suspend('post/l1', subOf('l'));
    world.clock.advance({ seconds: 2 });
    await world.desk.tick();
    world.clock.advance({ seconds: 5 });
    await world.desk.tick();
    world.neighbours.mood.platform = 'well';
    world.neighbours.mood.gateway = 'well';
    world.clock.advance({ minutes: 5 });
    await expect.poll(pending).toEqual([]);
    expect(actsOn('post/l1')).toHaveLength(1);
    expect(world.neighbours.asked()).toBeGreaterThan(world.neighbours.acts.length);
    expect([...world.neighbours.sanctions.values()].filter((one) => one.sub === subOf('l'))).toHaveLength(1);
    const letters = [...world.neighbours.inbox.values()].filter((one) => one.sub === subOf('l'));
    expect(letters).toHaveLength(1);
  });
});

describe('a suspension', () => {
  it('ends on its day, here and on the platform', async () => {
    const caseId = await suspend('post/e1', subOf('e'));
    world.clock.advance({ days: 80 });
    await world.desk.tick();
    await expect
      .poll(() => actsOn(`account/${subOf('e')}`).map((act) => act.kind))
      .toEqual(['suspend-account', 'restore-account']);
    a = await world.signIn('Moderator A');
    const { body } = await a.get(`/cases/${caseId}`);
    expect(body.measures.map((one: { inForce: boolean }) => one.inForce)).toEqual([true, false]);
  });

  it('does not open an account that another sanction still shuts', async () => {
    const sub = subOf('t');
    await world.report([snapshot('post/t1', sub)], {}, connectorToken);
    const { caseId: one } = await world.caseOf(a, 'post/t1');
    const decide = async (caseId: string, locator: string, until: string) => {
      await a.post(`/cases/${caseId}/claim`);
      const measures = [{ kind: 'sanction', sub, holds: 'person', step: 'suspend', until }];
      const decision = { path: 'conduct', measures, reasons: reasonsOf() };
      await a.post(`/cases/${caseId}/decision`, { assessment: conductFinding([locator]), decision });
    };
    await decide(one, 'post/t1', '2027-03-01');
    await world.report([snapshot('post/t2', sub)], {}, connectorToken);
    const { caseId: two } = await world.caseOf(a, 'post/t2');
    await decide(two, 'post/t2', '2027-12-01');
    world.clock.advance({ days: 60 });
    await world.desk.tick();
    a = await world.signIn('Moderator A');
    await expect.poll(async () => (await a.get(`/cases/${one}`)).body.measures[0].endedBy).toBe('expiry');
    await expect.poll(pending).toEqual([]);
    expect(actsOn(`account/${sub}`).map((act) => act.kind)).not.toContain('restore-account');
  });
});

it('works alone, without a gateway: accounts only', async () => {
  const alone = await deskWorld('desk-alone', { gateway: null, barNeedsSecond: false });
  try {
    const m = await alone.signIn('Only Me');
    const sub = subOf('s');
    await alone.report([snapshot('post/s1', sub)], {}, connectorToken);
    const { caseId, headcount } = await alone.caseOf(m, 'post/s1');
    expect(headcount).toEqual({ messages: 1, accounts: 1, persons: null });
    await m.post(`/cases/${caseId}/claim`);
    const decision = (holds: string) => ({
      assessment: conductFinding(['post/s1']),
      decision: {
        path: 'conduct',
        measures: [{ kind: 'sanction', sub, holds, step: 'bar', until: '2027-05-23' }],
        reasons: reasonsOf(),
      },
    });
    expect((await m.post(`/cases/${caseId}/decision`, decision('person'))).body.code).toBe(
      'move_not_allowed',
    );
    const { body } = await m.post(`/cases/${caseId}/decision`, decision('account'));
    expect(body.phase).toBe('closed');
    expect(alone.neighbours.acts.map((act) => act.kind)).toEqual(['suspend-account', 'tell-account']);
    expect(alone.neighbours.inbox.size).toBe(0);
    expect((await alone.holder('appeals', {})).status).toBe(404);
  } finally {
    await alone.close();
  }
});

describe('a restriction', () => {
  const restrictedBy = async (
    desk: DeskWorld,
    who: Moderator,
    at: string,
    sub: string,
    step = 'restrict',
    until = '2026-12-01',
  ) => {
    await desk.report([snapshot(at, sub)], {}, connectorToken);
    const { caseId } = await desk.caseOf(who, at);
    await who.post(`/cases/${caseId}/claim`);
    const sanction = { kind: 'sanction', sub, holds: 'account', step, until };
    const decided = await who.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding([at]),
      decision: { path: 'conduct', measures: [sanction], reasons: reasonsOf() },
    });
    expect(decided.body.phase).toBe('closed');
    return caseId;
  };
  const kindsOn = (desk: DeskWorld, sub: string) =>
    desk.neighbours.acts.flatMap(({ target, kind }) =>
      target === `account/${sub}` && kind !== 'tell-account' ? [kind] : [],
    );

  it.each<[string, object]>([
    ['without a gateway', { gateway: null }],
    ['whose gateway has no connector', {}],
  ])('acts on the platform of a desk %s, and ends there; what else holds stays', async (_how, more) => {
    const desk = await deskWorld('desk-restricts', { barNeedsSecond: false, ...more });
    try {
      const who = await desk.signIn('Only Me');
      const sub = subOf('r');
      await restrictedBy(desk, who, 'post/r1', sub);
      await expect.poll(() => kindsOn(desk, sub)).toEqual(['restrict-account']);
      // A suspension beside it; the restriction ends first and must not open the account.
      await restrictedBy(desk, who, 'post/r2', sub, 'bar');
      await expect.poll(() => kindsOn(desk, sub)).toEqual(['restrict-account', 'suspend-account']);
      desk.clock.advance({ days: 30 });
      await desk.desk.tick();
      await expect
        .poll(() => kindsOn(desk, sub), { timeout: 10_000 })
        .toEqual(['restrict-account', 'suspend-account', 'end-restriction']);
    } finally {
      await desk.close();
    }
  });

  it('that another case holds too stays until both are over', async () => {
    const desk = await deskWorld('desk-restricts-twice', { gateway: null });
    try {
      const who = await desk.signIn('Only Me');
      const sub = subOf('t');
      await restrictedBy(desk, who, 'post/t1', sub);
      await restrictedBy(desk, who, 'post/t2', sub, 'restrict', '2026-12-20');
      await expect.poll(() => kindsOn(desk, sub)).toHaveLength(2);
      const ended = () =>
        withConnection(desk.databaseUrl, (run) =>
          run(`select 1 from outbox where state <> 'pending' and effect::text like '%end-restriction%'`),
        );
      desk.clock.advance({ days: 14 });
      await desk.desk.tick();
      await expect.poll(async () => (await ended()).length, { timeout: 10_000 }).toBe(1);
      expect(kindsOn(desk, sub)).not.toContain('end-restriction');
      desk.clock.advance({ days: 20 });
      await desk.desk.tick();
      await expect.poll(() => kindsOn(desk, sub), { timeout: 10_000 }).toContain('end-restriction');
    } finally {
      await desk.close();
    }
  });
});
