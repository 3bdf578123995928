/** Sanctions by hand at the console, over HTTP: who may, what is shown first, what is recorded, and in which order. */
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { type ConsoleVisit, consoleVisit, firstAdmin } from '@answerable/practice-people/console-visit';
import { dayPlus } from '@answerable/protocol/platform/succession';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, startScene } from '../testing/scene.ts';
import { toldInWords } from './sanction-words.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
const reason = 'You wrote to somebody again who had asked you not to.';
const caseId = 'B'.repeat(22);
let scene: Scene;
let clock: PracticeClock;
let admin: ConsoleVisit;
let sub = '';
let today = '';

beforeAll(async () => {
  clock = practiceClock();
  today = clock.now().toISOString().slice(0, 10);
  scene = await startScene({
    adminToken,
    clock,
    policy: {
      ladder: [
        { step: 'warn', daysMax: null },
        { step: 'suspend', daysMax: 30 },
      ],
    },
    platform: { connector: { kind: 'by-hand', name: 'forum', origin: 'http://localhost:9' } },
  });
  admin = await firstAdmin(scene.config.origin, adminToken);
  expect((await scene.admit(wren(), { handle: 'wren' })).status).toBe(200);
  sub = String((await rows('select sub from account'))[0]?.sub);
});
afterAll(() => scene?.close());

let credential: ReturnType<Scene['network']['enrol']> | undefined;
const wren = () => (credential ??= scene.network.enrol());
const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const at = '/platforms/forum/sanction';
const wish = () => ({
  ...{ handle: 'wren', caseId, holds: 'person', step: 'suspend', from: '', until: dayPlus(today, 9), reason },
});
const look = (change: object = {}) => admin.send(at, { ...wish(), ...change, act: 'look' });
const numberIn = (text: string) => /name="sanction" value="([\w-]+)"/.exec(text)?.[1] ?? '';
async function impose(change: object = {}): Promise<string> {
  const sanction = numberIn((await look(change)).text);
  expect((await admin.send(at, { ...wish(), ...change, sanction, act: 'do' })).status).toBe(303);
  return sanction;
}
const recorded = (kind: string) => rows(`select who, body from ledger where body ->> 'kind' = '${kind}'`);

describe('a sanction by hand', () => {
  it.each<[string, object]>([
    ['of nobody', { handle: 'nobody' }],
    ['without a case', { caseId: 'a case' }],
    ['without a reason', { reason: 'He lied' }],
    ['of a step that the policy does not have', { step: 'bar' }],
    ['for longer than the policy has it', { until: '2099-01-01' }],
    ['that is over already', { until: '2020-01-01' }],
    ['that begins after its end', { from: '2098-01-01' }],
    ['that suspends for ever', { until: '' }],
    ['that warns until a day', { step: 'warn' }],
    ['that holds neither person nor account', { holds: '' }],
    ['done without having been looked at', { act: 'do' }],
  ])('%s is told in words, keeps what was typed, and leaves nothing', async (_sin, change) => {
    const { status, text } = await admin.send(at, { ...wish(), act: 'look', ...change });
    expect(status).toBe(400);
    expect(text).toContain('Nothing was done yet');
    if (!('reason' in change)) expect(text).toContain(reason);
    expect(await rows('select 1 from sanction')).toEqual([]);
    expect(await recorded('sanction-by-hand')).toEqual([]);
  });

  it('offers the steps of the policy and no others', async () => {
    const { text } = await admin.page(at);
    for (const [step, offered] of Object.entries({ warn: true, restrict: false, suspend: true, bar: false }))
      expect([step, text.includes(`id="step-${step}"`)]).toEqual([step, offered]);
    expect(text).toContain('for 30 days at most');
  });

  it('is looked at first, which does and records nothing', async () => {
    const { status, text } = await look();
    expect([status, text.includes('This will happen')]).toEqual([200, true]);
    expect(text).toContain(`They can sign in again on ${dayPlus(today, 9)}.`);
    expect(await rows('select 1 from sanction')).toEqual([]);
    expect(await recorded('sanction-by-hand')).toEqual([]);
  });

  it('cannot be put by a form without its token, by a viewer, or by nobody', async () => {
    const { text } = await admin.send('/people', { name: 'Vi', role: 'operator' });
    const operator = consoleVisit(scene.config.origin);
    await operator.comeIn(/\/join\?token=[\w-]+/.exec(text)?.[0] ?? '/join');
    for (const path of ['/sanctions', at]) expect((await operator.page(path)).status).toBe(403);
    const sanction = numberIn((await look()).text);
    const done = { ...wish(), sanction, act: 'do' };
    expect((await operator.send(at, done)).status).toBe(403);
    expect((await admin.send(at, { ...done, csrf: 'x' })).status).toBe(403);
    expect((await consoleVisit(scene.config.origin).send(at, done)).status).toBe(401);
    expect(await rows('select 1 from sanction')).toEqual([]);
  });

  it('holds at once, with who and why on the record and the account nowhere', async () => {
    const sanction = await impose();
    expect((await scene.signIn(wren())).body.code).toBe('suspended');
    const [line] = await recorded('sanction-by-hand');
    expect(line).toMatchObject({ who: 'Robin', body: { sanction, caseId, step: 'suspend', reason } });
    const shown = await admin.page(`/sanctions/${sanction}`);
    const found = await admin.page(`/sanctions?number=${caseId}`);
    expect(found.text).toContain(sanction);
    expect(shown.text).toContain('left to a person');
    for (const text of [JSON.stringify(line), shown.text, found.text, (await admin.page('/record')).text])
      for (const word of ['wren', sub]) expect(text).not.toContain(word);
  });

  it('pressed twice is one', async () => {
    const { text } = await look({ step: 'warn', until: '' });
    const twice = { ...wish(), step: 'warn', until: '', sanction: numberIn(text), act: 'do' };
    for (const _ of [1, 2]) expect((await admin.send(at, twice)).status).toBe(303);
    expect(await rows(`select 1 from sanction where id = '${numberIn(text)}'`)).toHaveLength(1);
  });

  it('is not done where it cannot be recorded', async () => {
    const { text } = await look({ step: 'warn', until: '' });
    await rows('alter table ledger rename to ledger_away');
    const unrecorded = { ...wish(), step: 'warn', until: '', sanction: numberIn(text), act: 'do' };
    expect((await admin.send(at, unrecorded)).status).toBe(500);
    await rows('alter table ledger_away rename to ledger');
    expect(await rows(`select 1 from sanction where id = '${numberIn(text)}'`)).toEqual([]);
  });
});

it('what the platform was told does not say of how many accounts', () => {
  const telling = (state: 'done' | 'by-hand', words: string) =>
    ({ sub: 'a'.repeat(52), platform: 'forum', what: 'suspend-account', state, words }) as const;
  const [done, left] = [telling('done', ''), telling('by-hand', 'Suspend this account.')];
  expect(toldInWords([done, left, done])).toEqual(toldInWords([left]));
  expect(toldInWords([left])).toEqual(['to shut the account there: left to a person. Suspend this account.']);
});

describe('the end by hand', () => {
  it('is looked at first, takes a reason, and lets them in', async () => {
    const [row] = await rows("select id from sanction where step = 'suspend'");
    const end = `/sanctions/${row?.id}/end`;
    expect((await admin.send(end, { reason: 'no', act: 'do' })).status).toBe(400);
    const words = { reason: 'It was a mistake of ours.' };
    expect((await admin.send(end, { ...words, act: 'look' })).text).toContain('They can sign in again');
    expect((await scene.signIn(wren())).body.code).toBe('suspended');
    expect((await admin.send(end, { ...words, act: 'do' })).status).toBe(303);
    expect((await scene.signIn(wren())).status).toBe(200);
    expect(await recorded('sanction-lifted')).toMatchObject([{ who: 'Robin', body: words }]);
    // Somebody else presses it again: it is over, and nothing more is recorded.
    expect((await admin.send(end, { ...words, act: 'do' })).status).toBe(303);
    expect(await recorded('sanction-lifted')).toHaveLength(1);
    expect((await admin.send(`/sanctions/${'Z'.repeat(22)}/end`, { ...words, act: 'do' })).status).toBe(404);
    const told = JSON.stringify(await rows('select item from inbox'));
    expect(told).toContain(words.reason);
  });

  it('one that has not begun is listed by its day, holds nobody before, and can be called off', async () => {
    const from = dayPlus(today, 3);
    const sanction = await impose({ from });
    expect((await admin.page('/sanctions')).text).toContain(sanction);
    expect((await scene.signIn(wren())).status).toBe(200);
    expect((await admin.page(`/sanctions/${sanction}`)).text).toContain('it has not begun');
    await admin.send(`/sanctions/${sanction}/end`, { reason: 'It was a mistake of ours.', act: 'do' });
    expect((await admin.page('/sanctions')).text).not.toContain(sanction);
    clock.advance({ days: 4 });
    expect((await scene.signIn(wren())).body.code).not.toBe('suspended');
  });
});
