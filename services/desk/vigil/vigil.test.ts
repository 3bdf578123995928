/** After a death: an event for a set time, a memorial, preservation, and the page for those who are left. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstLedgerBreak, type LedgerRecord } from '../ledger.ts';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

let world: DeskWorld;
let a: Moderator;
let b: Moderator;
let admin: Moderator;
let chief: Moderator;
const dead = subOf('q');
const hostile = '<script>alert(1)</script>\u202E\u0000 \uD800 z\u0301\u0301\u0301\u0301\u0301\u0301';

beforeAll(async () => {
  world = await deskWorld('desk-vigil');
  await signInAll();
});
afterAll(() => world.close());

async function signInAll() {
  [a, b, admin, chief] = await Promise.all([
    world.signIn('Moderator A'),
    world.signIn('Moderator B'),
    world.signIn('Admin', ['admin']),
    world.signIn('Chief', ['admin']),
  ]);
}
const kindsAt = (target: string) =>
  world.neighbours.acts.filter((act) => act.target === target).map((act) => act.kind);
const event = (more: object = {}) => ({
  kind: 'event',
  threads: ['post/t1', 'post/t2'],
  shielded: ['Marta Bereaved', hostile],
  slow: true,
  help: true,
  days: 3,
  ...more,
});
const openVigils = async () =>
  (await a.get('/vigils')).body.vigils.filter((one: { state: string }) => one.state !== 'over');

describe('an event for a set time', () => {
  it('is asked for by one moderator and begun by another', async () => {
    const asked = await a.post('/vigils', event());
    expect(asked.body).toMatchObject({ state: 'asked', asked_by: 'Moderator A' });
    expect(kindsAt('post/t1')).toEqual([]);
    expect((await a.post(`/vigils/${asked.body.vigil}/agree`)).body.code).toBe('same_decider');
    const begun = await b.post(`/vigils/${asked.body.vigil}/agree`);
    expect(begun.body).toMatchObject({ state: 'running', agreed_by: 'Moderator B' });
    expect((await b.post(`/vigils/${asked.body.vigil}/agree`)).body.code).toBe('already_decided');
    await expect.poll(() => kindsAt('post/t1')).toEqual(['slow-replies', 'show-help']);
    expect(world.neighbours.acts.find((act) => act.kind === 'show-help')?.notice).toContain('116 123');
  });

  it('puts talk of what is on the list first, and decides nothing', async () => {
    await a.post('/vigils/terms', { words: 'zebra crossing' });
    await world.report(
      [snapshot('post/o1', subOf('o'), 'nothing at all')],
      { reasons: ['threat'] },
      connectorToken,
    );
    await world.report(
      [snapshot('post/z1', subOf('o'), 'the z.3.b.r.4 cr0ssing')],
      { reasons: ['other'] },
      connectorToken,
    );
    await world.desk.tick();
    await expect
      .poll(async () =>
        (await a.get('/?queue=content')).body.cases.map((one: { reasons: string[] }) => one.reasons[0]),
      )
      .toEqual(['other', 'threat']);
    const view = await world.caseOf(a, 'post/z1');
    expect(view).toMatchObject({ measures: [], holds: [], assessment: null, phase: 'queued' });
  });

  it('files what names the bereaved as a pile-on, and help for somebody as help', async () => {
    await world.report(
      [snapshot('post/p1', subOf('p'), 'Ask m4rta bereaved what she knew')],
      {},
      connectorToken,
    );
    expect((await world.caseOf(a, 'post/p1')).kind).toBe('pile-on');
    const worried = { reasons: ['worried-about-them' as const] };
    await world.report(
      [snapshot('post/p2', subOf('p'), 'Marta Bereaved, I cannot go on')],
      worried,
      connectorToken,
    );
    expect((await world.caseOf(a, 'post/p2')).kind).toBe('care');
    await world.report([snapshot('post/p3', subOf('p'), 'Marta')], {}, connectorToken);
    expect((await world.caseOf(a, 'post/p3')).kind).toBe('content');
  });

  it('ends by itself, also after a restart, and what it did is undone; help stays', async () => {
    await world.desk.close();
    world.clock.advance({ days: 4 });
    await world.restart();
    await signInAll();
    await expect.poll(openVigils).toEqual([]);
    await expect.poll(() => kindsAt('post/t1')).toEqual(['slow-replies', 'show-help', 'restore-replies']);
    const view = await world.caseOf(a, 'post/z1');
    // The same look of the clock that ends it puts the queue back, a moment later.
    await expect
      .poll(async () => (await a.get('/?queue=content')).body.cases[0].caseId)
      .not.toBe(view.caseId);
    await world.report([snapshot('post/p4', subOf('p'), 'Marta Bereaved again')], {}, connectorToken);
    expect((await world.caseOf(a, 'post/p4')).kind).toBe('content');
  });

  it('is one when two admins begin it at once, and a thread of two stays slow until both are over', async () => {
    const threads = ['post/s1'];
    const both = await Promise.all([admin, chief].map((who) => who.post('/vigils', event({ threads }))));
    expect(new Set(both.map((one) => one.body.vigil)).size).toBe(1);
    expect(both.map((one) => one.status)).toEqual([200, 200]);
    await expect.poll(() => kindsAt('post/s1')).toEqual(['slow-replies', 'show-help']);
    await a.post(`/vigils/${both[0]?.body.vigil}/end`);
    await a.post(`/vigils/${both[0]?.body.vigil}/end`);
    await expect.poll(() => kindsAt('post/s1').at(-1)).toBe('restore-replies');
    expect(kindsAt('post/s1')).toHaveLength(3);
  });

  it('begins while the platform is away, and is done when it is back', async () => {
    world.neighbours.mood.platform = 'off';
    const { body } = await admin.post('/vigils', event({ threads: ['post/away'], help: false }));
    expect(body.state).toBe('running');
    expect(kindsAt('post/away')).toEqual([]);
    await admin.post(`/vigils/${body.vigil}/end`);
    world.neighbours.mood.platform = 'well';
    world.clock.advance({ minutes: 10 });
    await world.desk.tick();
    await expect.poll(() => kindsAt('post/away')).toEqual(['slow-replies', 'restore-replies']);
  });
});

describe('a memorial', () => {
  it('is kept by two, never by an admin alone, on the account that wrote something, and can be undone', async () => {
    world.neighbours.items.set('post/last', snapshot('post/last', dead, 'Good night.'));
    const kept = await admin.post('/vigils', { kind: 'memorial', account: 'post/last' });
    expect(kept.body.state).toBe('asked');
    expect((await admin.post(`/vigils/${kept.body.vigil}/agree`)).body.code).toBe('same_decider');
    expect(kindsAt(`account/${dead}`)).toEqual([]);
    const agreed = await a.post(`/vigils/${kept.body.vigil}/agree`);
    expect(agreed.body).toMatchObject({ state: 'running', until: null, about: { account: dead } });
    await expect.poll(() => kindsAt(`account/${dead}`)).toEqual(['keep-as-memorial']);
    expect(world.neighbours.sanctions.size).toBe(0);
    await a.post(`/vigils/${kept.body.vigil}/end`);
    await expect.poll(() => kindsAt(`account/${dead}`)).toEqual(['keep-as-memorial', 'end-memorial']);
  });

  it('is not made of nobody', async () => {
    const nobody = await admin.post('/vigils', { kind: 'memorial', account: 'post/unheard' });
    expect(nobody.body.code).toBe('not_found');
    expect((await admin.post('/vigils', { kind: 'memorial' })).body.code).toBe('reasons_missing');
    world.neighbours.items.set('post/ghost', snapshot('post/ghost', null));
    expect((await admin.post('/vigils', { kind: 'memorial', account: 'post/ghost' })).body.code).toBe(
      'account_unknown',
    );
  });
});

describe('what is kept from erasure', () => {
  const preserved = (locator: string) =>
    withConnection(world.databaseUrl, async (run) => {
      const rows = await run(
        'select preserved from case_file join case_item using (case_id) where locator = $1',
        [locator],
      );
      return rows.map((row) => row.preserved);
    });

  it('is every case about the account, also a later one, until an admin ends it', async () => {
    await world.report([snapshot('post/k1', dead)], {}, connectorToken);
    const { body } = await admin.post('/vigils', { kind: 'preservation', account: `account/${dead}` });
    await expect.poll(() => preserved('post/k1')).toEqual([true]);
    await world.report([snapshot('post/k2', dead)], {}, connectorToken);
    await expect.poll(() => preserved('post/k2')).toEqual([true]);
    expect(await preserved('post/z1')).toEqual([false]);
    expect((await a.post(`/vigils/${body.vigil}/end`)).body.code).toBe('forbidden');
    await admin.post(`/vigils/${body.vigil}/end`);
    await expect.poll(() => preserved('post/k1')).toEqual([false]);
  });
});

describe('those who are left', () => {
  const ask = {
    by: 'family',
    asks: ['memorial', 'preserve'],
    account: 'Robin',
    name: hostile,
    contact: 'me@example.org',
    words: hostile,
  };
  const send = (body: object, accept = 'application/json') =>
    fetch(`${world.origin}/after-a-death`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(body),
    });

  it('read plain words that say the law right', async () => {
    const page = await (
      await fetch(`${world.origin}/after-a-death`, { headers: { accept: 'text/html' } })
    ).text();
    expect(page).toMatch(/section 101[\s\S]*That notice comes from Ofcom, not from the\s+coroner/);
    expect(page).toMatch(/cannot open it[\s\S]*Guardians decide/);
    expect(page).toContain('Call 999.');
  });

  it('ask, and it is a case of its own in which nothing happens by itself', async () => {
    const before = world.neighbours.acts.length;
    const { reference } = (await (await send(ask)).json()) as { reference: string };
    const view = (await a.get(`/cases/${reference}`)).body;
    expect(view).toMatchObject({ kind: 'care', queue: 'care', afterDeath: { by: 'family' }, items: [] });
    expect(view.request.contact).toBe('me@example.org');
    const answer = await fetch(`${world.origin}/cases/${reference}`, {
      headers: { cookie: a.cookie, accept: 'text/html' },
    });
    const page = await answer.text();
    expect(page).toContain('Nobody has checked who this is');
    expect(page).not.toMatch(/<script>alert|\u202E/);
    expect(world.neighbours.acts).toHaveLength(before);
    await a.post(`/cases/${reference}/claim`);
    const decided = await a.post(`/cases/${reference}/decision`, {
      decision: { path: 'none', note: 'Spoke.' },
    });
    expect(decided.body.phase).toBe('closed');
  });

  it('are refused what is no request, and never drown', async () => {
    const wrong = [
      { by: 'nobody' },
      { asks: [] },
      { asks: ['bar'] },
      { name: ' ' },
      { contact: '' },
      { account: '' },
      { sub: dead },
    ];
    for (const more of wrong) expect((await send({ ...ask, ...more })).status).toBe(400);
    expect((await send({ ...ask, words: 'x'.repeat(4_001) })).status).toBe(400);
    const codes = [];
    for (let n = 0; n < 42; n++) codes.push((await send(ask)).status);
    expect(codes.at(0)).toBe(201);
    expect(codes.at(-1)).toBe(429);
  });
});

describe('the door', () => {
  it('is closed to strangers, to wrong roles and to what is no beginning', async () => {
    const triage = await world.signIn('Triage T', ['triage']);
    const observer = await world.signIn('Observer', ['observer']);
    for (const who of [triage, observer]) {
      expect((await who.post('/vigils', event())).body.code).toBe('forbidden');
      expect((await who.post('/vigils/terms', { words: 'zebra' })).body.code).toBe('forbidden');
    }
    const json = { accept: 'application/json' };
    expect((await fetch(`${world.origin}/vigils`, { headers: json })).status).toBe(401);
    const wrong = [
      { kind: 'war' },
      event({ days: 0 }),
      event({ days: 4_000 }),
      event({ threads: Array(21).fill('post/x') }),
      event({ sanction: 'bar' }),
      event({ threads: ['page/p'] }),
      event({ threads: ['../etc'] }),
    ];
    for (const body of wrong) expect((await admin.post('/vigils', body)).body.code).toBe('malformed');
    expect((await admin.post('/vigils', { kind: 'event', threads: [] })).body.code).toBe('reasons_missing');
    expect((await admin.post('/vigils/terms', { words: 'a' })).body.code).toBe('malformed');
    expect((await admin.post('/vigils/AAAAAAAAAAAAAAAAAAAAAA/end')).body.code).toBe('not_found');
  });

  it('shows hostile names as names', async () => {
    await admin.post('/vigils', event({ threads: ['post/h'] }));
    const page = await fetch(`${world.origin}/vigils`, {
      headers: { cookie: a.cookie, accept: 'text/html' },
    });
    const text = await page.text();
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toMatch(/<script>alert|\u202E/);
  });
});

it('no event mode makes a sanction on distress possible', async () => {
  const sub = subOf('d');
  const post = snapshot('post/d1', sub, 'I cannot go on. Marta Bereaved');
  await world.report([post], { reasons: ['worried-about-them'] }, connectorToken);
  const { caseId } = await world.caseOf(a, 'post/d1');
  await a.post(`/cases/${caseId}/claim`);
  const measures = [{ kind: 'sanction', sub, holds: 'person', step: 'bar', until: '2027-05-23' }];
  const decision = { path: 'conduct', measures, reasons: reasonsOf() };
  const decided = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding(['post/d1']),
    decision,
  });
  expect(decided.body.code).toBe('distress_no_sanction');
  expect(world.neighbours.sanctions.size).toBe(0);
});

it('leaves a record of every beginning and end that holds', async () => {
  const rows = await withConnection(world.databaseUrl, (run) =>
    run("select seq, previous, hash, at, who, body from ledger where chain = 'vigils' order by seq"),
  );
  const records = rows as unknown as LedgerRecord[];
  expect(firstLedgerBreak('vigils', records)).toBeUndefined();
  expect(records.length).toBeGreaterThan(8);
  expect(JSON.stringify(records)).not.toContain(dead);
  expect(records.filter((one) => one.who === 'desk')).toHaveLength(1);
});
