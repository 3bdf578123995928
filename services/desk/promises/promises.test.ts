/** A desk that is held to a policy: which steps it takes and offers, by when it decides, and what it cannot hold. */

import type { StepHere } from '@answerable/protocol/platform/steps';
import { Refusal } from '@answerable/protocol/refusal';
import { promisedSubsMax } from '@answerable/protocol/report/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskClocks } from '../casework/clocks.ts';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { cannotHold } from './cannot-hold.ts';
import { offeredSteps, offeredTerms } from './offered-steps.ts';
import { createPromises } from './promises.ts';
import { stricterClocks } from './stricter-clocks.ts';

const warn: StepHere = { step: 'warn', daysMax: null };
const ladder: StepHere[] = [warn, { step: 'suspend', daysMax: 7 }, { step: 'bar', daysMax: 90 }];
const clocks = { decideHours: 12, intimateImageHours: 6, appealDays: 400, appealAnswerDays: 2 };
const [author, newcomer] = [subOf('s'), subOf('n')];
let world: DeskWorld;
let [a, b]: Moderator[] = [];
beforeAll(async () => {
  world = await deskWorld('desk-promises');
  Object.assign(world.neighbours.promised, { steps: ladder, clocks });
  world.neighbours.promised.against.set(newcomer, [warn]);
  await world.restart();
  a = await world.signIn('Moderator A');
  b = await world.signIn('Moderator B');
});
afterAll(() => world.close());

async function taken(locator: string, sub = author, reasons = ['abuse']): Promise<string> {
  await world.report([snapshot(locator, sub)], { reasons } as never, connectorToken);
  const { caseId } = await world.caseOf(a!, locator);
  await a!.post(`/cases/${caseId}/claim`);
  return caseId;
}
const sanction = (step: string, until: string | null, sub = author) => ({
  ...{ kind: 'sanction', sub, holds: 'account', step, until },
});
const decide = async (caseId: string, locator: string, measure: object) =>
  (
    await a!.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding([locator]),
      decision: { path: 'conduct', measures: [measure], reasons: reasonsOf() },
    })
  ).body;
const hours = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000);
const eventsOf = async (caseId: string) =>
  (await a!.get(`/cases/${caseId}`)).body.history.map(({ seq }: { seq: number }) => seq).length;

describe('a decision', () => {
  let caseId = '';
  beforeAll(async () => {
    caseId = await taken('post/s1');
  });
  it.each<[string, object]>([
    ['a step that the policy has not', sanction('restrict', '2026-11-25')],
    ['a suspension of a day too many', sanction('suspend', '2026-12-01')],
    ['a bar that is looked at again too late', sanction('bar', '2027-02-22')],
  ])('is refused %s, and the case is as it was', async (_sin, measure) => {
    const before = await eventsOf(caseId);
    expect((await decide(caseId, 'post/s1', measure)).code).toBe('step_not_taken');
    expect(await eventsOf(caseId)).toBe(before);
  });
  it('is refused a step that this holder has not agreed to', async () => {
    const other = await taken('post/n1', newcomer);
    expect((await decide(other, 'post/n1', sanction('suspend', '2026-11-25', newcomer))).code).toBe(
      'step_not_taken',
    );
  });
  it('by a form is refused before it is looked at, with what was written kept', async () => {
    const form = {
      ...{ about: 'conduct', items: 'post/s1', limb: 'terms', severity: '2', confidence: '2' },
      ...{ alternatives: 'A warning was not heeded.', step: 'suspend', sub: author, term: '30' },
      ...reasonsOf({ facts: 'Thirty days, they think.' }),
    };
    const answer = await a!.form(`/cases/${caseId}/decision`, form);
    const page = await answer.text();
    expect(answer.status).toBe(409);
    expect(page).toContain('no such step for this account');
    expect(page).toContain('Thirty days, they think.');
  });
  it('is refused to hold a person where the policy has sanctions hold an account only', async () => {
    world.neighbours.promised.against.set(author, [{ step: 'suspend', daysMax: 7, accountOnly: true }]);
    const before = await eventsOf(caseId);
    const person = { ...sanction('suspend', '2026-11-25'), holds: 'person' };
    expect((await decide(caseId, 'post/s1', person)).code).toBe('person_not_held');
    expect(await eventsOf(caseId)).toBe(before);
    const headers = { cookie: a!.cookie, accept: 'text/html' };
    const page = () => fetch(`${world.origin}/cases/${caseId}`, { headers }).then((answer) => answer.text());
    expect(await page()).not.toContain('the person, with all accounts here');
    world.neighbours.promised.against.delete(author);
    expect(await page()).toContain('the person, with all accounts here');
  });
  it('of a step that is there is taken; what takes its place on appeal is bound too', async () => {
    expect((await decide(caseId, 'post/s1', sanction('suspend', '2026-11-30'))).phase).toBe('closed');
    const appeal = { caseId, sub: author, track: 'normal', grounds: 'It was a joke.' };
    expect((await world.holder('appeals', appeal)).status).toBe(200);
    await b!.post(`/cases/${caseId}/claim`);
    const hear = async (measure: object) =>
      (
        await b!.post(`/cases/${caseId}/hearing`, {
          ...{ outcome: 'varied', reply: 'A little less.' },
          instead: { path: 'conduct', measures: [measure], reasons: reasonsOf() },
        })
      ).body;
    expect((await hear(sanction('restrict', '2026-11-25'))).code).toBe('step_not_taken');
    expect((await hear(sanction('warn', null))).phase).toBe('closed');
  });
  it('that waits for a second person is refused then, where the policy has changed', async () => {
    const other = await taken('post/s2');
    expect((await decide(other, 'post/s2', sanction('bar', '2027-02-20'))).phase).toBe('escalated');
    world.neighbours.promised.against.set(author, [warn]);
    expect((await b!.post(`/cases/${other}/confirmation`)).body.code).toBe('step_not_taken');
    world.neighbours.promised.against.delete(author);
    expect((await b!.post(`/cases/${other}/confirmation`)).body.phase).toBe('closed');
  });
  it('of several cases leaves out those whose author cannot be warned', async () => {
    world.neighbours.promised.against.set(newcomer, [{ step: 'bar', daysMax: 5 }]);
    const cases = [await taken('post/s3'), await taken('post/n2', newcomer)];
    const { clause, ground, explanation, facts } = reasonsOf();
    const words = { clause, ground, explanation, facts };
    const { body } = await a!.post('/bulk', { cases, about: 'conduct', measure: 'hide-and-warn', ...words });
    expect(body.decided).toEqual([cases[0]]);
    expect(body.leftOut).toMatchObject([{ caseId: cases[1] }]);
    world.neighbours.promised.against.set(newcomer, [warn]);
  });
});

describe('a moderator', () => {
  it('is offered what will be taken, and no more', async () => {
    const caseId = await taken('post/s4');
    const headers = { cookie: a!.cookie, accept: 'text/html' };
    const page = await (await fetch(`${world.origin}/cases/${caseId}`, { headers })).text();
    const offered = [...page.matchAll(/id="step-(\w+)"/g)].map(([, step]) => step);
    expect(offered).toEqual(['none', 'warn', 'suspend', 'bar']);
    expect(page).toContain('Here for at most 7 days.');
    expect(page).not.toContain('6 months');
  });
  it.each<[string, (StepHere[] | null)[], string[]]>([
    ['everything where nobody has said', [null], ['none', 'warn', 'restrict', 'suspend', 'bar']],
    ['nothing where there is no step', [[]], ['none']],
    ['what one of two accounts has', [[warn], [{ step: 'bar', daysMax: 5 }]], ['none', 'warn', 'bar']],
  ])('%s', (_, steps, values) => {
    const accounts = steps.map((one, n) => ({ label: `account ${n + 1}`, steps: one }));
    expect(offeredSteps(accounts, true).map(({ value }) => value)).toEqual(values);
  });
  it('reads whom a step is not for, and sees no term that is too long', () => {
    const accounts = [
      { label: 'account 1', steps: [warn] },
      { label: 'account 2', steps: [{ step: 'bar', daysMax: 5 } as const] },
    ];
    expect(offeredSteps(accounts, true).at(-1)?.hint).toContain('at most 5 days. Not for account 1.');
    expect(offeredTerms(accounts).map(([days]) => days)).toEqual([1, 3]);
  });
});

describe('the clocks', () => {
  it('of a case are those of the policy where they are better for people', async () => {
    const caseId = await taken('post/s5');
    const { body } = await a!.get(`/cases/${caseId}`);
    expect([hours(body.opened, body.due), body.dueUnder]).toEqual([12, 'the policy of this place']);
    const decided = await decide(caseId, 'post/s5', sanction('warn', null));
    expect(decided.decided.appealUntil).toBe('2027-12-28');
    await world.holder('appeals', { caseId, sub: author, track: 'normal', grounds: 'It was a joke.' });
    expect(hours(body.opened, (await a!.get(`/cases/${caseId}`)).body.due)).toBe(48);
  });
  it('of an intimate image', async () => {
    const caseId = await taken('post/s6', author, ['intimate-image']);
    const { body } = await a!.get(`/cases/${caseId}`);
    expect(hours(body.opened, body.due)).toBe(6);
  });
  it('stay the desk’s own where the policy gives people less', () => {
    const loose = { decideHours: 720, intimateImageHours: 48, appealDays: 14, appealAnswerDays: 90 };
    const { decide: own, appeal, named } = stricterClocks({ ...deskClocks, appealDays: 183 }, loose);
    expect([own, appeal, named]).toEqual([deskClocks.decide, deskClocks.appeal, {}]);
    expect(stricterClocks(deskClocks, null)).toBe(deskClocks);
  });
});

describe('a gateway that is away', () => {
  it('stops no decision: what was heard last holds, also after a start', async () => {
    const caseId = await taken('post/s7');
    world.neighbours.mood.gateway = 'off';
    await world.restart();
    [a, b] = [await world.signIn('Moderator A'), await world.signIn('Moderator B')];
    expect((await decide(caseId, 'post/s7', sanction('restrict', '2026-11-25'))).code).toBe('step_not_taken');
    expect((await decide(caseId, 'post/s7', sanction('suspend', '2026-11-30'))).phase).toBe('closed');
    const next = await taken('post/s8');
    const { body } = await a!.get(`/cases/${next}`);
    expect(hours(body.opened, body.due)).toBe(12);
    world.neighbours.mood.gateway = 'well';
  });
});

describe('what cannot be held', () => {
  const desk = { oneModerator: true, forums: 0 };
  const fast = { ...clocks, decideHours: 4 };
  it.each<[string, StepHere[], typeof clocks | null, Parameters<typeof cannotHold>[1], string[]]>([
    ['by one who is alone', ladder, clocks, desk, ['ladder', 'clocks.appealAnswerDays']],
    ['by one who is alone and promises nothing', [warn], null, desk, []],
    ['by one whom another forum helps', ladder, clocks, { ...desk, forums: 1 }, ['clocks.decideHours']],
    ['where one person bars', ladder, fast, { ...desk, forums: 1, barNeedsSecond: false }, []],
    ['by several', ladder, fast, { oneModerator: false, forums: 0 }, []],
  ])('%s', (_, steps, times, as, what) => {
    expect(cannotHold({ steps, clocks: times }, as).map((one) => one.what)).toEqual(what);
  });
  it('stands on the page of settings', async () => {
    const admin = await world.signIn('Admin', ['admin']);
    const headers = { cookie: admin.cookie, accept: 'text/html' };
    const settings = async () => (await fetch(`${world.origin}/settings`, { headers })).text();
    expect(await settings()).not.toContain('cannot hold');
    world.config.oneModerator = true;
    await world.restart();
    const again = await world.signIn('Admin', ['admin']);
    headers.cookie = again.cookie;
    expect(await settings()).toContain('cannot hold');
  });
});

it('asks about more accounts than one question takes, and knows of each', async () => {
  const subs = Array.from({ length: 2 * promisedSubsMax + 1 }, (_, n) => `account-${n}`);
  const asked: number[] = [];
  const gateway = {
    promises: async (_platform: string, some: readonly string[]) => {
      if (some.length > promisedSubsMax) throw new Refusal('malformed', 'subs');
      asked.push(some.length);
      return { policy: '', steps: [], clocks: null, accounts: some.map((sub) => ({ sub, steps: [warn] })) };
    },
  };
  const parts = () => ({ config: { platform: { name: 'forum' } }, gateway }) as never;
  const steps = await createPromises(undefined as never, parts).stepsFor(subs);
  expect([steps.size, asked]).toEqual([subs.length, [promisedSubsMax, promisedSubsMax, 1]]);
  expect(steps.get(subs.at(-1)!)).toEqual([warn]);
});
