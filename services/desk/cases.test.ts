/** The desk over HTTP with a real database: abuse, a page, distress, an appeal; and what is refused. */
import { request } from 'node:http';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChainedEvent, firstBreak } from './casework/event.ts';
import { fold } from './casework/transition.ts';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from './testing/desk-world.ts';
import { conductFinding, subOf } from './testing/example-case.ts';
import { connectorToken, signInToken } from './testing/fake-neighbours.ts';

let world: DeskWorld;
let [a, b, c]: Moderator[] = [];
const subs = ['a', 'b', 'c'].map(subOf);
const [first = ''] = subs;

beforeAll(async () => {
  world = await deskWorld('desk-cases');
  a = await world.signIn('Moderator A');
  b = await world.signIn('Moderator B');
  c = await world.signIn('Appeals C', ['appeals']);
});
afterAll(() => world.close());

const bar = (sub: string) => ({
  path: 'conduct',
  measures: [{ kind: 'sanction', sub, holds: 'person', step: 'bar', until: '2027-05-23' }],
  reasons: reasonsOf(),
});

describe('forty messages from three accounts', () => {
  const items = Array.from({ length: 40 }, (_, n) => snapshot(`post/h${n}`, subs[n % 3] ?? null));
  let caseId = '';
  let receipt = '';

  it('are one case and one person', async () => {
    for (const sub of subs) world.neighbours.persons.set(sub, 'hound');
    const reported = await world.report(items, { reasons: ['pile-on'], capacity: 'subject' }, connectorToken);
    expect(reported.status).toBe(201);
    ({ receipt } = reported.body);
    const view = await world.caseOf(a!, 'post/h7');
    ({ caseId } = view);
    expect(view).toMatchObject({
      kind: 'pile-on',
      queue: 'pile-ons',
      headcount: { messages: 40, accounts: 3, persons: 1 },
    });
    await world.report([items[3]!], {}, connectorToken);
    expect((await world.caseOf(a!, 'post/h3')).caseId).toBe(caseId);
  });

  it('are taken by one moderator, barred by two', async () => {
    const claims = await Promise.all([a!, b!].map((who) => who.post(`/cases/${caseId}/claim`)));
    expect(claims.map((one) => one.status).sort()).toEqual([200, 409]);
    const [one, two] = claims[0]?.status === 200 ? [a!, b!] : [b!, a!];
    const locators = items.map((item) => item.locator);
    const proposed = await one.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding(locators),
      decision: bar(first),
    });
    expect(proposed.body).toMatchObject({ phase: 'escalated', queue: 'second', measures: [] });
    expect(world.neighbours.sanctions.size).toBe(0);
    expect((await one.post(`/cases/${caseId}/confirmation`)).body.code).toBe('same_decider');
    const { body } = await two.post(`/cases/${caseId}/confirmation`);
    expect(body).toMatchObject({ phase: 'closed', measures: [{ inForce: true }] });
  });

  it('reach the person through the gateway, the accounts through the connector, the holder and the reporter', async () => {
    const [sanction] = [...world.neighbours.sanctions.values()];
    expect(sanction).toMatchObject({ caseId, sub: first, holds: 'person', step: 'bar', lifted: false });
    const suspended = world.neighbours.acts.filter((act) => act.kind === 'suspend-account');
    expect(suspended.map((act) => act.target).sort()).toEqual(subs.map((sub) => `account/${sub}`));
    const [letter] = [...world.neighbours.inbox.values()];
    expect(letter).toMatchObject({ holds: 'person', item: { kind: 'statement', caseId } });
    expect(letter?.item.body).toContain('You are barred');
    const told = await (await fetch(`${world.origin}/receipts/${receipt}`)).json();
    expect(told).toMatchObject({ state: 'decided', outcome: expect.stringContaining('acted on it') });
  });

  it('can be appealed from another account of theirs, heard by somebody else, and undone', async () => {
    const appeal = { caseId, sub: subs[2], track: 'normal', grounds: 'It was not me alone.' };
    expect((await world.holder('appeals', appeal)).status).toBe(200);
    expect((await world.holder('appeals', appeal)).status).toBe(200);
    for (const who of [a!, b!])
      expect((await who.post(`/cases/${caseId}/claim`)).body.code).toBe('own_decision');
    await c!.post(`/cases/${caseId}/claim`);
    const hearing = { outcome: 'overturned', reply: 'The facts do not carry a bar.' };
    const { body } = await c!.post(`/cases/${caseId}/hearing`, hearing);
    expect(body).toMatchObject({ phase: 'closed', measures: [{ inForce: false, endedBy: 'appeal' }] });
    expect([...world.neighbours.sanctions.values()][0]?.lifted).toBe(true);
    const restored = world.neighbours.acts.filter((act) => act.kind === 'restore-account');
    expect(restored).toHaveLength(3);
    const letters = [...world.neighbours.inbox.values()].map((one) => one.item.kind);
    expect(letters).toContain('appeal-outcome');
  });
});

describe('a page that promotes suicide', () => {
  const page = snapshot('page/p1', subOf('p'), 'Come and do it.');
  let caseId = '';

  it('is held by one, and shown again by itself', async () => {
    world.neighbours.items.set('page/p1', page);
    await world.report([page], { reasons: ['promotes-suicide'] }, connectorToken);
    ({ caseId } = await world.caseOf(a!, 'page/p1'));
    const held = await a!.post(`/cases/${caseId}/holds`, { target: 'page/p1' });
    expect(held.body.holds).toMatchObject([{ inForce: true, by: 'Moderator A', confirmedBy: null }]);
    expect(held.body.pageRecords[0].record.warnings).toHaveLength(1);
    expect(kindsAt('page/p1')).toEqual(['hold-page']);
    expect((await a!.post(`/cases/${caseId}/holds/${held.body.holds[0].hold}/confirmation`)).body.code).toBe(
      'same_decider',
    );
    world.clock.advance({ hours: 13 });
    await world.desk.tick();
    await expect.poll(() => kindsAt('page/p1')).toEqual(['hold-page', 'restore-page']);
    // A night has passed: everybody signs in anew.
    [a, b] = [await world.signIn('Moderator A'), await world.signIn('Moderator B')];
    c = await world.signIn('Appeals C', ['appeals']);
    expect((await a.get(`/cases/${caseId}`)).body.holds).toMatchObject([{ state: 'lapsed' }]);
  });

  it('is shut by two and can be opened again', async () => {
    await a!.post(`/cases/${caseId}/claim`);
    const { body: proposed } = await a!.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding(['page/p1']),
      decision: {
        path: 'conduct',
        measures: [{ kind: 'shut-page', target: 'page/p1' }],
        reasons: reasonsOf(),
      },
    });
    expect(proposed.phase).toBe('escalated');
    await b!.post(`/cases/${caseId}/confirmation`);
    expect(kindsAt('page/p1').at(-1)).toBe('shut-page');
    await world.holder('appeals', { caseId, sub: subOf('p'), track: 'normal', grounds: 'It is a memorial.' });
    await c!.post(`/cases/${caseId}/claim`);
    await c!.post(`/cases/${caseId}/hearing`, { outcome: 'overturned', reply: 'It is a memorial.' });
    expect(kindsAt('page/p1').at(-1)).toBe('restore-page');
  });
});

const kindsAt = (target: string) =>
  world.neighbours.acts.filter((act) => act.target === target).map((act) => act.kind);

describe('somebody in distress', () => {
  const post = snapshot('post/d1', subOf('d'), 'I cannot go on.');
  const sanction = { path: 'conduct', measures: [{ ...bar(subOf('d')).measures[0] }], reasons: reasonsOf() };

  it('gets help, and by no request a sanction', async () => {
    const abuse = await world.report([post], { reasons: ['abuse'] }, connectorToken);
    expect(abuse.status).toBe(201);
    const { caseId } = await world.caseOf(a!, 'post/d1');
    await a!.post(`/cases/${caseId}/claim`);
    const distress = { about: 'first-person-distress', items: ['post/d1'], note: '' };
    await a!.post(`/cases/${caseId}/assessment`, { assessment: distress });
    const attempts = [
      ['decision', { decision: sanction }],
      ['decision', { assessment: conductFinding(['post/d1']), decision: sanction }],
      ['assessment', { assessment: conductFinding(['post/d1']) }],
      ['kind', { to: 'content', why: 'x' }],
      ['holds', { target: 'post/d1' }],
    ] as const;
    for (const [path, body] of attempts)
      expect((await a!.post(`/cases/${caseId}/${path}`, body)).body.code, path).toBe('distress_no_sanction');
    const { body } = await a!.post(`/cases/${caseId}/decision`, { decision: { path: 'care' } });
    expect(body.phase).toBe('closed');
    expect(kindsAt('post/d1')).toEqual(['show-help']);
    expect(world.neighbours.acts.find((act) => act.target === 'post/d1')?.notice).toContain('116 123');
    const letters = [...world.neighbours.inbox.values()].filter((one) => one.sub === subOf('d'));
    expect(letters.map((one) => one.item.kind)).toEqual(['help']);
  });

  it('is known in the next case too, and in one that was decided before', async () => {
    const shared = snapshot('post/d2', subOf('e'), 'It hurts.');
    const [x, y] = [snapshot('post/x', subOf('f')), snapshot('post/y', subOf('g'))];
    await world.report([shared, x], {}, connectorToken);
    const { caseId: early } = await world.caseOf(a!, 'post/d2');
    await a!.post(`/cases/${early}/claim`);
    const measures = [
      { kind: 'sanction', sub: subOf('e'), holds: 'person', step: 'suspend', until: '2026-12-24' },
    ];
    await a!.post(`/cases/${early}/decision`, {
      assessment: conductFinding(['post/d2']),
      decision: { path: 'conduct', measures, reasons: reasonsOf() },
    });
    await world.report([shared, y], {}, connectorToken);
    const { caseId: late } = await world.caseOf(a!, 'post/y');
    expect(late).not.toBe(early);
    await a!.post(`/cases/${late}/claim`);
    const distress = { about: 'first-person-distress', items: ['post/d2'], note: '' };
    await a!.post(`/cases/${late}/assessment`, { assessment: distress });
    await expect
      .poll(async () => (await a!.get(`/cases/${early}`)).body.measures)
      .toMatchObject([{ inForce: false, endedBy: 'distress' }]);
    await world.report([shared], {}, connectorToken);
    const again = (await a!.get('/?queue=care')).body.cases;
    expect(again.length + (await a!.get(`/cases/${late}`)).body.reportCount).toBeGreaterThanOrEqual(2);
  });

  it('opens the care path when a friend worries, with nothing to sanction by', async () => {
    await world.report([snapshot('post/w', subOf('w'))], { reasons: ['worried-about-them'] }, connectorToken);
    const { caseId, kind } = await world.caseOf(a!, 'post/w');
    expect(kind).toBe('care');
    await a!.post(`/cases/${caseId}/claim`);
    const headers = { cookie: a!.cookie, accept: 'text/html' };
    const html = await (await fetch(`${world.origin}/cases/${caseId}`, { headers })).text();
    expect(html).toContain('There is no sanction for distress');
    expect(html).toContain('first-person-distress');
    expect(html).not.toMatch(/value="(bar|suspend|conduct|warn)"|name="(step|hideAll|shut)"/);
    const form = { about: 'conduct', items: 'post/w', step: 'bar', sub: subOf('w'), limb: 'terms' };
    expect((await a!.form(`/cases/${caseId}/decision`, form)).status).toBeGreaterThanOrEqual(400);
  });
});

/** On a connection of its own: whoever sends too much is cut off. Returns the status. */
function sendAlone(url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(url, { method: 'POST', agent: false, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a report by anybody', () => {
  it('names nobody: the platform says what it is and whose', async () => {
    world.neighbours.items.set('post/r1', snapshot('post/r1', subOf('r'), 'What I really wrote'));
    const forged = snapshot('post/r1', subOf('z'), 'Something vile');
    expect((await world.report([forged])).status).toBe(201);
    const view = await world.caseOf(a!, 'post/r1');
    expect(view.items).toMatchObject([{ author: subOf('r'), seen: 'platform', text: 'What I really wrote' }]);
  });
  it('stays without an author when the platform does not know the item', async () => {
    await world.report([snapshot('post/ghost', subOf('z'))]);
    const view = await world.caseOf(a!, 'post/ghost');
    expect(view.items).toMatchObject([{ author: null, seen: 'reporter' }]);
  });
  it('is refused when it is not one', async () => {
    const item = snapshot('post/q', null);
    expect((await world.report([item], {}, 'x'.repeat(40))).status).toBe(401);
    expect((await world.report([{ ...item, platform: 'lantern' }])).body.code).toBe('malformed');
    expect((await world.report([{ ...item, locator: '../x' }])).body.code).toBe('malformed');
    expect((await world.report([])).body.code).toBe('malformed');
    const big = Array.from({ length: 150 }, (_, n) => ({ ...item, locator: `post/b${n}` }));
    expect((await world.report(big)).body.code).toBe('malformed');
    expect(await sendAlone(`${world.origin}/reports`, 'x'.repeat(2_000_000))).toBe(413);
    const unknown = await fetch(`${world.origin}/receipts/AAAAAAAAAAAAAAAAAAAAAA`);
    expect(unknown.status).toBe(404);
  });
  it('keeps hostile text as text', async () => {
    const text = '<script>alert(1)</script> \u202Eevil\u0000 \uD800 z\u0301\u0301\u0301\u0301\u0301\u0301';
    const hostile = snapshot('post/evil', null, text);
    expect((await world.report([hostile], { statement: text }, connectorToken)).status).toBe(201);
    const { caseId } = await world.caseOf(a!, 'post/evil');
    const html = await (
      await fetch(`${world.origin}/cases/${caseId}`, { headers: { cookie: a!.cookie } })
    ).text();
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('\u202E');
  });
  it('becomes one case, however many come at once', async () => {
    const item = snapshot('post/many', subOf('m'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.report([item], {}, connectorToken)),
    );
    expect(answers.map((one) => one.status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map((one) => one.body.receipt)).size).toBe(20);
    const { body } = await a!.get('/');
    const views = await Promise.all(
      body.cases.map((one: { caseId: string }) => a!.get(`/cases/${one.caseId}`)),
    );
    const about = views.filter((view) =>
      view.body.items.some((one: { locator: string }) => one.locator === 'post/many'),
    );
    expect(about.map((view) => view.body.reportCount)).toEqual([20]);
  });
});

describe('the door', () => {
  it('is closed to strangers, to forms of elsewhere and to wrong roles', async () => {
    const { caseId } = await world.caseOf(a!, 'post/many');
    const json = { accept: 'application/json' };
    expect((await fetch(`${world.origin}/cases/${caseId}`, { headers: json })).status).toBe(401);
    const page = await fetch(`${world.origin}/`, { headers: { accept: 'text/html' } });
    const words = await page.text();
    expect([page.status, words.includes('Please sign in first')]).toEqual([401, true]);
    // Who does not work here finds the way to report.
    expect(words).toContain('href="/report"');
    expect((await a!.form(`/cases/${caseId}/claim`, { csrf: 'no' })).status).toBe(403);
    expect((await c!.post(`/cases/${caseId}/holds`, { target: 'post/many' })).body.code).toBe('forbidden');
    const triage = await world.signIn('Triage T', ['triage']);
    await triage.post(`/cases/${caseId}/claim`);
    const none = { decision: { path: 'none' } };
    expect((await triage.post(`/cases/${caseId}/decision`, none)).body.code).toBe('forbidden');
    await triage.post(`/cases/${caseId}/release`);
    const appeal = { caseId, sub: first, track: 'normal', grounds: 'x' };
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${signInToken}` };
    const stolen = await fetch(`${world.origin}/holder/appeals`, {
      method: 'POST',
      headers,
      body: JSON.stringify(appeal),
    });
    expect(stolen.status).toBe(401);
  });
});

it('keeps a chain that holds and that leads to the state it shows', async () => {
  const { body } = await a!.get('/');
  expect(body.cases.length).toBeGreaterThan(3);
  await withConnection(world.databaseUrl, async (run) => {
    const cases = await run('select case_id, state, head from case_file');
    for (const one of cases) {
      const rows = await run('select * from event where case_id = $1 order by seq', [one.case_id]);
      const events = rows as never as Parameters<typeof firstBreak>[0];
      expect(firstBreak(events)).toBeUndefined();
      expect(events.at(-1)?.hash).toBe(one.head);
      expect(fold(events as ChainedEvent[])).toEqual(one.state);
    }
  });
});
