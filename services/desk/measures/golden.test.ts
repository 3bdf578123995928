/** Practice cases: the set that comes with the desk, answering, agreement, keeping; and who is told what. */
import { openDatabase, withConnection } from '@answerable/kit/database';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskTables, migrations } from '../schema.ts';
import { type DeskWorld, deskWorld, type Moderator } from '../testing/desk-world.ts';
import { agrees, type GoldenAnswer, goldenCase, goldenClasses, shipped } from './golden-cases.ts';
import { recountOpenDays } from './recount.ts';

let world: DeskWorld;
let browser: Browser;
let [a, b, admin]: Moderator[] = [];

beforeAll(async () => {
  world = await deskWorld('desk-golden');
  browser = await openBrowser();
  a = await world.signIn('Moderator A');
  b = await world.signIn('Moderator B');
  admin = await world.signIn('Admin', ['admin']);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const run = (text: string) => withConnection(world.databaseUrl, (ask) => ask(text));
const conduct: GoldenAnswer = { path: 'conduct', limb: 'illegal', offence: 'threat', measure: 'suspend' };
const agreement = async () => (await admin!.get('/figures')).body.whole.golden;

describe('the set that comes with the desk', () => {
  it('has every kind of case, each whole and under a name of its own', () => {
    for (const { golden: _golden, ...one } of shipped) goldenCase.parse(one);
    expect(new Set(shipped.map((one) => one.class))).toEqual(new Set(goldenClasses));
    expect(new Set(shipped.map((one) => one.golden)).size).toBe(shipped.length);
  });
  it('never has a measure for distress, recovery, mourning or support', () => {
    const kinds = ['own-distress', 'recovery', 'memorial', 'support', 'counter-speech', 'quotation'];
    for (const one of shipped.filter((each) => kinds.includes(each.class)))
      expect(one.answer.path).not.toBe('conduct');
  });
});

describe('agreement', () => {
  it.each<[string, GoldenAnswer]>([
    ['another path', { path: 'care' }],
    ['another ground', { ...conduct, limb: 'terms' }],
    ['another offence', { ...conduct, offence: 'harassment' }],
    ['a heavier measure', { ...conduct, measure: 'bar' }],
  ])('is not %s', (_sin, given) => expect(agrees(given, conduct)).toBe(false));
  it('is the same answer, and where no offence was agreed any', () => {
    expect(agrees(conduct, conduct)).toBe(true);
    expect(agrees({ ...conduct, limb: 'terms' }, { ...conduct, limb: 'terms', offence: null })).toBe(true);
  });
});

describe('somebody who practises', () => {
  it('does not see what was agreed before answering, and then does', async () => {
    const { body } = await a!.get('/practice');
    expect(Object.keys(body.case).toSorted()).toEqual(['background', 'golden', 'text']);
    expect((await a!.get('/practice/ours-13')).body.code).toBe('not_found');
    const fields = { path: 'conduct', limb: 'illegal', offence: 'threat', measure: 'suspend' };
    const answered = await a!.form('/practice/ours-13', fields);
    expect([answered.status, answered.headers.get('location')]).toEqual([303, '/practice/ours-13']);
    expect((await a!.get('/practice/ours-13')).body).toMatchObject({ agreed: true, given: conduct });
    expect((await b!.get('/practice/ours-13')).body.code).toBe('not_found');
  });

  it('answers once: the first answer counts, however often it is sent', async () => {
    expect((await a!.form('/practice/ours-13', { path: 'none' })).status).toBe(409);
    const sent = await Promise.all(
      Array.from({ length: 8 }, () => b!.form('/practice/ours-13', { path: 'none', limb: 'terms' })),
    );
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(await agreement()).toEqual({ threat: { asked: 2, agreed: 1, share: 0.5 } });
  });

  it.each([
    ['no answer', {}],
    ['a path there is not', { path: 'shrug' }],
    ['conduct without a measure', { path: 'conduct', limb: 'terms' }],
    ['a measure there is not', { path: 'conduct', limb: 'terms', measure: 'exile' }],
  ])('is refused %s', async (_sin, fields) => {
    expect((await a!.form('/practice/ours-01', fields as Record<string, string>)).status).toBe(400);
  });

  it('is counted again from the answers', async () => {
    const before = await agreement();
    await run(`delete from tally where figure like 'golden%'`);
    await run(`delete from tally_change where figure like 'golden%'`);
    expect(await agreement()).toEqual({});
    const { db, close } = await openDatabase<DeskTables>({ url: world.databaseUrl, migrations });
    await recountOpenDays(db);
    await close();
    expect(await agreement()).toEqual(before);
  });
});

describe('an admin', () => {
  const fields = { class: 'negation', text: 'I do not wish anybody harm.', path: 'none', why: 'It says so.' };
  it('adds a case and retires one, and a moderator does neither', async () => {
    expect((await a!.form('/practice/cases', fields)).status).toBe(403);
    expect((await a!.form('/practice/cases/ours-01/retirement', {})).status).toBe(403);
    expect((await admin!.form('/practice/cases', fields)).status).toBe(303);
    expect((await admin!.form('/practice/cases/ours-01/retirement', {})).status).toBe(303);
    expect((await a!.form('/practice/ours-01', { path: 'none' })).status).toBe(404);
    const page = await fetch(`${world.origin}/practice`, { headers: { cookie: admin!.cookie } });
    expect(await page.text()).toContain('I do not wish anybody harm.');
  });
  it.each([
    ['no words', { ...fields, text: ' ' }],
    ['no reason', { ...fields, why: '' }],
    ['a kind there is not', { ...fields, class: 'jokes' }],
  ])('is refused a case with %s', async (_sin, given) => {
    expect((await admin!.form('/practice/cases', given)).status).toBe(400);
  });
  it('has practice come as often as they set it', async () => {
    const next = async () =>
      (
        await fetch(`${world.origin}/next`, { headers: { cookie: b!.cookie }, redirect: 'manual' })
      ).headers.get('location');
    expect(await next()).toBe('/');
    await admin!.form('/figures/settings', { public: 'no', least: '10', practiceEvery: '1' });
    expect(await next()).toBe('/practice');
    await admin!.form('/figures/settings', { public: 'no', least: '10', practiceEvery: '0' });
  });
});

it.each([
  ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['phone', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
] as const)('practice can be read and answered on a %s', async (name, options) => {
  const { page, complaints, leave } = await newVisitor(browser, options);
  await page.goto(world.desk.staffLink({ name: `Somebody on a ${name}`, roles: ['admin'] }));
  await page.goto(`${world.origin}/practice`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `practice-${name}`);
  await page.getByLabel('Nothing against the rules').first().check();
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByText('Another one').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, `practised-${name}`);
  expect(complaints).toEqual([]);
  await leave();
});
