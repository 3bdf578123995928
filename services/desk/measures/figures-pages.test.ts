/** The pages of figures in a real browser, their CSV, and what everybody may see. */
import { withConnection } from '@answerable/kit/database';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { type DeskWorld, deskWorld, type Moderator } from '../testing/desk-world.ts';
import { few, showCount, showParts, showShare, showSpread } from './disclosure-control.ts';
import { periodsBetween, wholeMonth } from './periods.ts';
import { csvOf, minutesWords } from './plots.ts';

let world: DeskWorld;
let browser: Browser;
let [admin, moderator]: Moderator[] = [];

beforeAll(async () => {
  world = await deskWorld('desk-figures-pages');
  browser = await openBrowser();
  admin = await world.signIn('Admin', ['moderator', 'admin']);
  moderator = await world.signIn('Moderator A');
  await withConnection(world.databaseUrl, (run) => run(season));
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** Seventy days of a forum, made up. */
const season = `
  insert into tally (day, figure, part, value, n)
  select to_char(date '2026-09-15' + d, 'YYYY-MM-DD'), f.figure, f.part,
    case when f.value = 0 then 0 else f.value + (d * 7) % 45 end, 1 + (d * f.n + d * d) % f.n
  from generate_series(0, 69) d cross join (values
    ('reports', 'to look into', 0, 19), ('report-reason', 'hate', 0, 7), ('report-reason', 'abuse', 0, 13), ('report-reason', 'threat', 0, 2),
    ('opened', 'content', 0, 11), ('entered', 'content', 0, 11), ('left', 'content', 0, 10),
    ('acted-minutes', 'content', 12, 5), ('acted-minutes', 'page', 55, 2),
    ('decided', 'conduct', 0, 9), ('decided', 'none', 0, 5), ('decided-minutes', 'content', 30, 13), ('decided-in-time', 'content', 0, 13), ('decided-minutes', 'page', 200, 4),
    ('measure', 'hide-item', 0, 7), ('measure', 'suspend', 0, 3), ('measure', 'bar', 0, 1),
    ('heard', 'upheld', 0, 5), ('heard', 'varied', 0, 2), ('heard', 'overturned', 0, 3), ('heard-in-time', 'normal', 0, 4),
    ('pile-on-accounts', 'all', 3, 2), ('pile-on-persons', 'all', 1, 2),
    ('care', 'opened', 0, 3), ('care', 'helped', 0, 3), ('distress', 'found', 0, 4)
  ) f (figure, part, value, n)
  where (d * 3 + f.n) % 4 <> 0`;

const publish = (yes: boolean, more: object = {}) =>
  admin!.form('/figures/settings', { public: yes ? 'yes' : 'no', least: '10', practiceEvery: '0', ...more });

describe('the page of figures', () => {
  it.each([
    ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['phone', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
  ] as const)('can be read on a %s', async (name, options) => {
    const { page, complaints, leave } = await newVisitor(browser, options);
    await page.goto(world.desk.staffLink({ name: 'Admin', roles: ['admin'] }));
    await page.goto(`${world.origin}/figures`);
    await page.getByRole('heading', { name: 'From aware to acted' }).waitFor();
    await page.getByText('The same as a table: Reports').first().click();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `figures-${name}`);
    await page.goto(`${world.origin}/figures?span=1y`);
    await page.getByRole('heading', { name: 'From aware to acted' }).waitFor();
    await picture(page, `figures-year-${name}`);
    expect(complaints).toEqual([]);
    await leave();
  });

  it('is not for strangers, and its settings not for moderators', async () => {
    const accept = { accept: 'application/json' };
    for (const path of ['/figures', '/figures/reports.csv'])
      expect((await fetch(world.origin + path, { headers: accept })).status).toBe(401);
    const fields = { public: 'yes', least: '10', practiceEvery: '0' };
    expect((await moderator!.form('/figures/settings', fields)).status).toBe(403);
  });

  it.each([
    ['a span there is not', '/figures?span=__proto__', 'malformed'],
    ['a plot there is not', '/figures/nothing.csv', 'not_found'],
  ])('refuses %s', async (_sin, path, code) => {
    expect((await moderator!.get(path)).body.code).toBe(code);
  });

  it.each([['4'], ['101'], ['many'], ['']])('refuses %s as the least number', async (least) => {
    expect((await publish(true, { least })).status).toBe(400);
  });

  it('is to be had as CSV, a line a day', async () => {
    const { body } = await moderator!.get('/figures/appeals.csv');
    const lines = String(body).trim().split('\r\n');
    expect(lines[0]).toBe('"day","Upheld","Varied","Overturned"');
    expect(lines).toHaveLength(29);
    expect(lines.at(-1)).toMatch(/^"2026-11-23",/);
  });
});

describe('the public page', () => {
  it('is not there unless an admin has said so', async () => {
    await publish(false);
    expect((await fetch(`${world.origin}/public/figures`)).status).toBe(404);
    expect((await fetch(`${world.origin}/public/figures.csv`)).status).toBe(404);
  });

  it('shows months that are over, and nothing small', async () => {
    expect((await publish(true)).status).toBe(303);
    await expect
      .poll(async () => {
        await world.desk.tick();
        return (await (await asked('/public/figures')).json()).months;
      })
      .toEqual(['2026-10', '2026-09']);
    const { figures, least } = await (await asked('/public/figures?month=2026-10')).json();
    expect(least).toBe(10);
    expect(figures).toMatchObject({ from: '2026-10-01', to: '2026-10-31' });
    const numbers =
      JSON.stringify([figures.reportsByReason, figures.measures, figures.byDay]).match(/(?<=:)\d+/g) ?? [];
    expect(numbers.map(Number).filter((n) => n > 0 && n < 10)).toEqual([]);
    expect(JSON.stringify(figures)).toContain('few');
    const csv = await (await asked('/public/figures.csv')).text();
    expect(csv.split('\r\n').length).toBeGreaterThan(60);
  });

  it.each([
    ['a month that is not over', '2026-11', 404],
    ['a month long before', '1999-01', 404],
    ['no month', '2026-13', 400],
  ])('refuses %s', async (_sin, month, status) => {
    expect((await asked(`/public/figures?month=${month}`)).status).toBe(status);
  });

  it.each([
    ['desktop', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
    ['phone', { viewport: { width: 320, height: 700 }, colorScheme: 'light' }],
  ] as const)('can be read on a %s', async (name, options) => {
    const { page, complaints, leave } = await newVisitor(browser, { ...options, javaScriptEnabled: false });
    await page.goto(`${world.origin}/public/figures`);
    await page.getByRole('heading', { name: 'October 2026' }).waitFor();
    await expectNoSidewaysScroll(page);
    await picture(page, `public-figures-${name}`);
    expect(complaints).toEqual([]);
    await leave();
  });
});

const asked = (path: string) => fetch(world.origin + path, { headers: { accept: 'application/json' } });

describe('what is shown to everybody', () => {
  const parts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 40 }));
  it('never lets a hidden number be found from the others and the total', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 5, max: 20 }), (given, least) => {
        const shown = showParts(given, least);
        for (const [name, n] of Object.entries(given)) {
          if (n > 0 && n < least) expect(shown[name]).toBe(few);
          else expect([few, n]).toContain(shown[name]);
        }
        const hidden = Object.entries(given).filter(([name]) => shown[name] === few);
        const sum = hidden.reduce((total, [, n]) => total + n, 0);
        const all = Object.values(given).filter((n) => n > 0).length;
        // One alone can be worked out, and a small sum is a small number: unless nothing else is there to hide in.
        if (hidden.length > 0 && hidden.length < all)
          expect([hidden.length > 1, sum >= least]).toEqual([true, true]);
      }),
    );
  });
  it('has no share that says a small number, and no wait of one person', () => {
    expect(showShare(3, 40, 10)).toBe(few);
    expect(showShare(38, 40, 10)).toBe(few);
    expect(showShare(20, 40, 10)).toBe(0.5);
    expect(showShare(0, 40, 10)).toBe(0);
    expect(showShare(0, 0, 10)).toBeNull();
    expect(showSpread({ count: 9, median: 5, p95: 9, most: 9 }, 10)).toEqual({ median: few, p95: few });
    expect(showSpread({ count: 12, median: 5, p95: 9, most: 9 }, 10)).toEqual({ median: 5, p95: few });
    expect([showCount(0, 5), showCount(4, 5), showCount(5, 5)]).toEqual([0, few, 5]);
  });
});

describe('periods and their words', () => {
  it('follow one another without a gap', () => {
    expect(wholeMonth('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    const weeks = periodsBetween('2026-11-02', '2026-11-22', 'week');
    expect(weeks.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2026-11-02 2026-11-08',
      '2026-11-09 2026-11-15',
      '2026-11-16 2026-11-22',
    ]);
    expect(periodsBetween('2026-11-30', '2027-01-02', 'month').map(({ to }) => to)).toEqual([
      '2026-11-30',
      '2026-12-31',
      '2027-01-31',
    ]);
  });
  it('are plain, and a quote in a label does not end its cell', () => {
    expect([0, 119, 120, 150, 4320, 4321].map(minutesWords)).toEqual([
      '0 min',
      '119 min',
      '2 h',
      '2 h 30 min',
      '72 h',
      '3 days',
    ]);
    const plot = {
      name: 'x',
      title: '',
      about: '',
      unit: 'count',
      form: 'bars',
      series: [{ label: 'a"b', values: [null] }],
    } as const;
    expect(csvOf(['2026-11-01'], plot as never)).toBe('"day","a""b"\r\n"2026-11-01",""\r\n');
  });
});
