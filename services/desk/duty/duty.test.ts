import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { citesClause, type DutyBody, dutyBody, recordOf, whyNot } from './record.ts';
import { csvOf } from './transparency.ts';

let world: DeskWorld;
let admin: Moderator;
let ada: Moderator;
const [adminName, moderatorName] = ['Rosalind', 'Ada'];

beforeAll(async () => {
  world = await deskWorld('desk-duty', { countries: ['GB', 'IE'] });
  admin = await world.signIn(adminName, ['admin']);
  ada = await world.signIn(moderatorName);
});
afterAll(() => world.close());

const risk = {
  kind: 'risk',
  harm: 'hate',
  likelihood: 'medium',
  impact: 'high',
  evidence: 'Four reports in a month.',
  measures: 'Two moderators in the evening.',
  nextReview: '2027-05-01',
};
const alternative = {
  kind: 'measure',
  measure: 'icu-d7',
  use: 'alternative',
  since: '2026-11-01',
  words: 'We have no targets.',
  instead: 'Every report is looked at on the day it comes in.',
  rights: 'Nothing is taken down unseen.',
};
const clause = {
  kind: 'clause',
  clause: '3.1',
  title: 'Do not hound people',
  words: 'Stop when somebody asks you to.',
  from: '2026-01-01',
};

async function hideOne(locator: string, reasons: object = {}) {
  const post = snapshot(locator, subOf('z'), 'Nobody wants you here.');
  world.neighbours.items.set(locator, post);
  await world.report([post], { reasons: ['intimate-image'] }, connectorToken);
  const { caseId } = await world.caseOf(ada, locator);
  await ada.post(`/cases/${caseId}/claim`);
  return ada.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision: {
      path: 'conduct',
      measures: [{ kind: 'hide-item', target: locator }],
      reasons: reasonsOf(reasons),
    },
  });
}

describe('a case is opened under the law of its day', () => {
  it('and its clock says which section sets it', async () => {
    const post = snapshot('post/i0', subOf('i'), 'Look at her.');
    await world.report([post], { reasons: ['intimate-image'] }, connectorToken);
    const view = await world.caseOf(ada, 'post/i0');
    expect(view.dueUnder).toBe('Online Safety Act s.10(3A), s.20A');
    expect(view.rules.packs).toEqual(['eu-dsa 2026-11-27', 'uk-osa 2026-11-27']);
    expect(view.offences.map(({ id }) => id)).toContain('intimate-image');
  });
});

describe('the duty record', () => {
  it('is kept by an admin and read by everybody who works here', async () => {
    for (const [path, body] of [
      ['risks', risk],
      ['measures', alternative],
    ] as const) {
      expect((await ada.post(`/duties/${path}`, body)).status).toBe(403);
      expect((await admin.post(`/duties/${path}`, body)).status).toBe(201);
    }
    const { status, body } = await ada.get('/duties');
    expect(status).toBe(200);
    expect(body.harms.find((one: { id: string }) => one.id === 'hate').risk.likelihood).toBe('medium');
    expect(body.duties.find((one: { id: string }) => one.id === 'icu-d7').use).toBe('alternative');
  });
  it.each<[string, string, object]>([
    ['a risk without a reason', 'risks', { ...risk, evidence: ' ' }],
    ['a risk that nobody looks at again', 'risks', { ...risk, nextReview: '2026-11-23' }],
    ['a likelihood in percent', 'risks', { ...risk, likelihood: '12 %' }],
    ['something else, and not what', 'measures', { ...alternative, instead: '' }],
    ['a measure that no law asks for', 'measures', { ...alternative, measure: 'be-nice' }],
    ['a measure in use since tomorrow', 'measures', { ...alternative, since: '2026-11-24' }],
    ['a clause by name', 'clauses', { ...clause, clause: 'three' }],
    ['a clause without words', 'clauses', { ...clause, words: '' }],
    ['an end of what never began', 'clauses/end', { kind: 'clause-ended', clause: '9', on: '2026-12-01' }],
    ['one kind of record at the address of another', 'risks', clause],
  ])('refuses %s', async (_sin, path, body) => {
    const before = (await admin.get('/duties')).body.chain.records;
    expect((await admin.post(`/duties/${path}`, body)).status).toBeGreaterThanOrEqual(400);
    expect((await admin.get('/duties')).body.chain.records).toBe(before);
  });
  it('refuses an export to those who only work here', async () => {
    for (const path of ['record.json', 'record.html', 'figures.csv', 'statements/1', 'export'])
      expect((await ada.get(`/duties/${path}`)).status).toBe(403);
  });
});

describe('the terms', () => {
  it('let a decision cite any clause as long as none is kept here', async () => {
    expect((await hideOne('post/i1', { clause: 'our rules' })).status).toBe(200);
  });
  it('and then only one that stands, by its number', async () => {
    expect((await admin.post('/duties/clauses', clause)).status).toBe(201);
    const refused = await hideOne('post/i2', { clause: 'our rules' });
    expect(refused.body).toMatchObject({ code: 'reasons_missing' });
    expect((await hideOne('post/i3', { clause: '3.1 Do not hound people' })).status).toBe(200);
    const terms = await fetch(`${world.origin}/terms`, { headers: { accept: 'application/json' } });
    expect(((await terms.json()) as { clauses: object[] }).clauses).toHaveLength(1);
  });
  it('do not let the past be written anew', async () => {
    const again = { ...clause, words: 'Other words.', from: '2026-06-01' };
    expect((await admin.post('/duties/clauses', again)).status).toBe(409);
    expect((await admin.post('/duties/clauses', { ...again, from: '2026-12-01' })).status).toBe(201);
    const { clauses } = (await admin.get('/duties')).body;
    expect(clauses.map((one: { until: string | null }) => one.until)).toEqual(['2026-12-01', null]);
  });
});

describe('an export', () => {
  it('shows what the desk counted, in sentences for each duty', async () => {
    const { body } = await admin.get('/duties/record.json');
    const words = (id: string) => body.duties.find((one: { id: string }) => one.id === id).evidence.join(' ');
    expect(words('intimate-images-48-hours')).toMatch(
      /4 report cases.*2 decided.*0 after more than 48 hours/,
    );
    expect(words('statement-of-reasons')).toMatch(/^2 statements of reasons/);
    expect(words('illegal-content-risk-assessment')).toMatch(/^1 of 19 kinds of harm assessed/);
    expect(words('written-records')).toMatch(/1 with something else in their place|1 with/);
  });
  it('names nobody: no member of staff, no account, no word of a post', async () => {
    const day = { headers: { cookie: admin.cookie } };
    for (const path of ['record.json', 'record.html', 'figures.csv', 'statements/1', 'export']) {
      const text = await (await fetch(`${world.origin}/duties/${path}`, day)).text();
      for (const secret of [moderatorName, subOf('z'), subOf('i'), 'Nobody wants you', 'post/i'])
        expect(text, path).not.toContain(secret);
      // The page says who is signed in to them alone; what is taken away does not.
      if (path !== 'export') expect(text, path).not.toContain(adminName);
    }
  });
  it('hands in statements as the EU database takes them', async () => {
    const { body } = await admin.get('/duties/statements/1');
    expect(body.statements).toHaveLength(2);
    for (const one of body.statements) {
      expect(one.territorial_scope).toEqual(['IE']);
      expect(one).not.toHaveProperty('right_to_claim');
    }
    expect((await admin.get('/duties/statements/2')).body.statements).toEqual([]);
  });
  it('refuses days that are none', async () => {
    for (const query of ['from=2026-02-30', 'from=2026-11-23&to=2026-11-22', 'to=x'])
      expect((await admin.get(`/duties/record.json?${query}`)).status).toBe(400);
    for (const n of ['0', '-1', 'x', '1e9'])
      expect((await admin.get(`/duties/statements/${n}`)).status).toBe(400);
  });
  it('says what it could not count', async () => {
    const text = await (
      await fetch(`${world.origin}/duties/figures.csv`, { headers: { cookie: admin.cookie } })
    ).text();
    expect(text).toContain('Disputes before bodies out of court,,not counted,number');
    expect(text.split('\r\n')[0]).toBe('from,to,asked by,what,part,value,unit');
  });
});

describe('hostile words', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '\u202Eevitator\u202C\u200B',
    '\u0000half a pair \uD800',
    "'; drop table ledger; --",
    'x'.repeat(1_000_000),
    { $ne: null },
    ['a'],
    -1,
    null,
  ];
  it('in any field are kept as words or refused, and never break anything', async () => {
    for (const [path, body] of [
      ['risks', risk],
      ['measures', alternative],
      ['clauses', clause],
      ['clauses/end', { kind: 'clause-ended', clause: '3.1', on: '2027-05-01' }],
    ] as const)
      for (const field of Object.keys(body))
        for (const value of hostile) {
          const { status } = await admin.post(`/duties/${path}`, { ...body, [field]: value });
          expect([201, 400, 409, 413], `${path} ${field}`).toContain(status);
        }
    const words = hostile.slice(0, 3).join(' ');
    await admin.post('/duties/risks', { ...risk, evidence: words, measures: words });
    await admin.post('/duties/measures', { ...alternative, words, instead: words, rights: words });
    const spoilt = { ...clause, clause: '9', title: words, words };
    expect((await admin.post('/duties/clauses', spoilt)).status).toBe(201);
    for (const path of ['/duties', '/duties/risks', '/duties/terms', '/duties/record.html', '/terms']) {
      const text = await (
        await fetch(world.origin + path, { headers: { cookie: admin.cookie, accept: 'text/html' } })
      ).text();
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('\u202E');
    }
  });
});

describe('the record by itself', () => {
  const kept = (body: object, seq: number) => ({
    seq,
    at: '2026-11-23T08:00:00.000Z',
    who: 'Ada',
    body: dutyBody.parse(body),
  });
  const next = { ...clause, words: 'New words.', from: '2027-01-01' };
  const record = recordOf([kept(clause, 1), kept(next, 2)]);
  it.each([
    ['3.1', '2026-11-23', true],
    ['§ 3.1: hounding', '2026-11-23', true],
    ['3.1 Do not hound people', '2027-02-01', true],
    ['3', '2026-11-23', false],
    ['3.10', '2026-11-23', false],
    ['Do not hound people (3.1)', '2026-11-23', false],
    ['3.1', '2025-12-31', true],
  ])('%s on %s: %s', (text, day, cited) => expect(citesClause(record, text, day)).toBe(cited));
  it('takes no version from before the last one', () => {
    const late: DutyBody = dutyBody.parse({ ...next, from: '2026-12-01' });
    expect(whyNot(record, late, '2026-11-23')).toBe('from');
  });
  it('writes no formula into a spreadsheet', () => {
    const row = { at: '=1+1', what: 'a,"b"', part: '', value: 1, counted: true, unit: 'number' as const };
    expect(csvOf([row], '2026-01-01', '2026-02-01')).toContain(`'=1+1,"a,""b""",,1,number`);
  });
});

it('the word that promises too much stands nowhere', () => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const folders = ['.', '../law'].map((one) => join(here, one));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const promise = new RegExp(['compl', 'iant'].join(''), 'i');
  for (const file of files.filter((one) => !one.endsWith('.test.ts')))
    expect(readFileSync(file, 'utf8'), file).not.toMatch(promise);
});
