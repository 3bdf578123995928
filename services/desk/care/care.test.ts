/** Somebody may die, and somebody is looked in on again: the whole way, over HTTP; and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

let world: DeskWorld;
let a: Moderator;
let b: Moderator;
let triage: Moderator;
let admin: Moderator;
const hostile = '<script>alert(1)</script>\u202E\u0000 \uD800';

beforeAll(async () => {
  world = await deskWorld('desk-care');
  await signInAll();
});
afterAll(() => world.close());

async function signInAll() {
  [a, b, triage, admin] = await Promise.all([
    world.signIn('Moderator A'),
    world.signIn('Moderator B'),
    world.signIn('Triage T', ['triage'], ['content']),
    world.signIn('Admin', ['admin']),
  ]);
}

async function caseAbout(locator: string, sub: string, text: string): Promise<string> {
  world.neighbours.items.set(`account/${sub}`, {
    ...snapshot(`post/x`, sub, 'Robin\n\nI like trains.'),
    kind: 'account',
    locator: `account/${sub}`,
  });
  await world.report([snapshot(locator, sub, text)], { reasons: ['worried-about-them'] }, connectorToken);
  return (await world.caseOf(a, locator)).caseId;
}
const html = async (who: Moderator, path: string) => {
  const answer = await fetch(world.origin + path, { headers: { cookie: who.cookie, accept: 'text/html' } });
  return { status: answer.status, text: await answer.text() };
};

describe('somebody may die', () => {
  const sub = subOf('d');
  let caseId = '';

  it('gives the numbers before anything is asked', async () => {
    const { body } = await triage.get('/alarm');
    expect(body.numbers).toMatchObject({ country: 'GB', emergency: '999', policeNotUrgent: '101' });
    expect((await html(triage, '/alarm')).text).toMatch(/1\. Call for help now[\s\S]*999/);
  });

  it('is raised by whoever sees it, and is everybody’s', async () => {
    caseId = await caseAbout('post/d1', sub, `Goodbye ${hostile}`);
    const raised = await b.post(`/alarms/${caseId}/alarm`, {
      about: 'post/d1',
      risk: 'the-author',
      why: hostile,
    });
    expect(raised.body).toMatchObject({ open: true, alarm: { by: 'Moderator B', risk: 'the-author' } });
    expect(raised.body.known).toMatchObject({
      item: 'post/d1',
      account: 'Robin',
      lastSeen: '2026-11-23T07:00:00.000Z',
      reach: { inbox: true },
    });
    expect(raised.body.callText).toContain('The account is called: Robin.');
    expect(raised.body.callText).not.toContain('\u202E');
    const first = (await a.get('/')).body.cases[0];
    expect([first.caseId, first.dueSeconds <= 0]).toEqual([caseId, true]);
    for (const path of ['/', '/shift', '/on-call']) {
      const page = await html(triage, path);
      expect(page.text).toContain('Somebody may die.');
      expect(page.text).toContain(`/alarms/${caseId}`);
    }
  });

  it('is seen by who works in other queues, with hostile words as words', async () => {
    expect((await triage.get(`/cases/${caseId}`)).status).toBe(403);
    const page = await html(triage, `/alarms/${caseId}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.text).not.toMatch(/<script>alert|\u202E/);
  });

  it('is one alarm when two press at once', async () => {
    const answers = await Promise.all(
      [a, b, triage].map((who) => who.post(`/alarms/${caseId}/alarm`, { risk: 'not-clear' })),
    );
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((one) => one.body.alarm.alarm)).size).toBe(1);
  });

  it('lets nobody decide against the person meanwhile', async () => {
    const measures = [{ kind: 'sanction', sub, holds: 'person', step: 'suspend', until: '2026-12-24' }];
    await a.post(`/cases/${caseId}/claim`);
    await a.post(`/cases/${caseId}/kind`, { to: 'content', why: 'Abuse too.' });
    const decided = await a.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding(['post/d1']),
      decision: { path: 'conduct', measures, reasons: reasonsOf() },
    });
    expect(decided.body.code).toBe('distress_no_sanction');
    expect((await a.post(`/cases/${caseId}/holds`, { target: 'post/d1' })).body.code).toBe(
      'distress_no_sanction',
    );
    expect(world.neighbours.sanctions.size).toBe(0);
  });

  it('keeps each step, and ends with words; the banner goes', async () => {
    await triage.post(`/alarms/${caseId}/steps`, { step: 'called-emergency', note: 'Ref 77' });
    await a.form(`/alarms/${caseId}/steps`, { step: 'wrote-to-person', note: '' });
    expect((await triage.post(`/alarms/${caseId}/end`, { outcome: 'safe', note: 'x' })).body.code).toBe(
      'forbidden',
    );
    expect((await a.post(`/alarms/${caseId}/end`, { outcome: 'safe', note: ' ' })).body.code).toBe(
      'malformed',
    );
    const { body } = await a.post(`/alarms/${caseId}/end`, { outcome: 'safe', note: 'Found by a friend.' });
    expect(body.alarm.steps.map((one: { step: string }) => one.step)).toEqual([
      'called-emergency',
      'wrote-to-person',
    ]);
    expect(body.open).toBe(false);
    expect((await html(triage, '/')).text).not.toContain('class="alarm" role="alert"');
    expect((await a.get(`/cases/${caseId}`)).body.items[0].distress).toBe(true);
    await a.post(`/cases/${caseId}/release`);
  });

  it('is raised from the front page: by a case, an address nobody knew, or a worry alone', async () => {
    const byCase = await a.post('/alarm', { where: caseId, risk: 'not-clear', why: 'Again.' });
    expect(byCase.body.caseId).toBe(caseId);
    await a.post(`/alarms/${caseId}/end`, { outcome: 'mistaken', note: 'Old post.' });
    world.neighbours.items.set('post/new1', snapshot('post/new1', subOf('n'), 'I have had enough.'));
    const fresh = await a.post('/alarm', { where: 'post/new1', risk: 'the-author' });
    expect(fresh.body).toMatchObject({ kind: 'care', open: true, alarm: { about: 'post/new1' } });
    await expect
      .poll(async () => (await a.get(`/alarms/${fresh.body.caseId}`)).body.known.text)
      .toBe('I have had enough.');
    const alone = await a.form('/alarm', { risk: 'not-clear', where: '', why: 'Somebody rang us.' });
    expect(alone.status).toBe(303);
    const { body } = await a.get('/alarm');
    expect(body.alarms).toHaveLength(2);
    for (const one of body.alarms)
      await a.post(`/alarms/${one.caseId}/end`, { outcome: 'other', note: 'For the test.' });
  });

  it('refuses what is no alarm, and strangers', async () => {
    const wrong = [
      {},
      { risk: 'all' },
      { risk: 'not-clear', about: '../x' },
      { risk: 'not-clear', sanction: 'bar' },
    ];
    for (const body of wrong)
      expect((await a.post(`/alarms/${caseId}/alarm`, body)).body.code).toBe('malformed');
    expect((await a.post(`/alarms/AAAAAAAAAAAAAAAAAAAAAA/alarm`, { risk: 'not-clear' })).body.code).toBe(
      'case_unknown',
    );
    expect((await a.post(`/alarms/${caseId}/steps`, { step: 'other' })).body.code).toBe('not_found');
    const stranger = await fetch(`${world.origin}/alarm`, { headers: { accept: 'application/json' } });
    expect(stranger.status).toBe(401);
    const observer = await world.signIn('Observer', ['observer']);
    expect((await observer.post('/alarm', { risk: 'not-clear' })).body.code).toBe('forbidden');
    expect((await html(observer, `/alarms/${caseId}`)).text).not.toContain('Raise the alarm');
    expect((await a.form(`/alarms/${caseId}/alarm`, { csrf: 'no', risk: 'not-clear' })).status).toBe(403);
  });
});

describe('somebody who was helped', () => {
  const sub = subOf('h');
  let caseId = '';

  it('is looked in on again when the time has come, also after a restart', async () => {
    caseId = await caseAbout('post/h1', sub, 'I cannot go on.');
    await a.post(`/cases/${caseId}/claim`);
    const decision = { path: 'care', offerContact: true, welfareFlag: true, lookAgainHours: 4 };
    const { body } = await a.post(`/cases/${caseId}/decision`, { decision });
    expect(body).toMatchObject({
      phase: 'closed',
      queue: 'closed',
      welfare: { offered: true, waiting: false },
    });
    const letter = [...world.neighbours.inbox.values()].find((one) => one.sub === sub);
    expect(letter?.item.body).toMatch(/116 123[\s\S]*Lifeline[\s\S]*get in touch[\s\S]*left alone/);
    await world.restart();
    world.clock.advance({ hours: 5 });
    await world.desk.tick();
    await signInAll();
    await expect.poll(async () => (await a.get(`/cases/${caseId}`)).body.queue).toBe('care');
  });

  it('takes no report of others while they are, and loses none', async () => {
    const reported = await world.report([snapshot('post/h1', sub)], { reasons: ['abuse'] }, connectorToken);
    expect(reported.status).toBe(201);
    const other = await world.caseOf(a, 'post/h1');
    expect(other.kind).toBe('care');
  });

  it('asks to be written to, and is', async () => {
    expect((await world.holder('wishes', { caseId, sub, wish: 'get-in-touch' })).status).toBe(200);
    expect((await world.holder('wishes', { caseId, sub, wish: 'get-in-touch' })).status).toBe(200);
    const page = await html(a, `/cases/${caseId}`);
    expect(page.text).toContain('They asked us to get in touch.');
    const words = 'We saw what you wrote. How are you today?';
    const checked = await a.post(`/cases/${caseId}/welfare`, {
      seen: 'answered',
      note: 'Asked us.',
      words,
      nextHours: 24,
    });
    expect(checked.body).toMatchObject({ phase: 'closed', queue: 'closed' });
    const letters = [...world.neighbours.inbox.values()].filter((one) => one.sub === sub);
    expect(letters.at(-1)?.item).toMatchObject({ kind: 'help', body: words });
  });

  it('asks to be left alone, and is: the planned look, no words, no other', async () => {
    expect((await world.holder('wishes', { caseId, sub, wish: 'leave-alone' })).status).toBe(200);
    world.clock.advance({ hours: 25 });
    await world.desk.tick();
    await signInAll();
    await expect.poll(async () => (await a.get(`/cases/${caseId}`)).body.queue).toBe('care');
    const page = await html(a, `/cases/${caseId}`);
    expect(page.text).toContain('They asked to be left alone.');
    expect(page.text).not.toContain('name="words"');
    const wrote = { seen: 'still-here', note: 'x', words: 'Hello?', nextHours: null };
    expect((await b.post(`/cases/${caseId}/welfare`, wrote)).body.code).toBe('move_not_allowed');
    const again = { seen: 'still-here', note: 'x', words: null, nextHours: 24 };
    expect((await b.post(`/cases/${caseId}/welfare`, again)).body.code).toBe('move_not_allowed');
    const form = await b.form(`/cases/${caseId}/welfare`, { seen: 'still-here', note: hostile });
    expect(form.status).toBe(303);
    expect((await a.get(`/cases/${caseId}`)).body).toMatchObject({ queue: 'closed', welfare: { due: null } });
  });

  it('is heard only about themselves, through the gateway, in the words that there are', async () => {
    const other = { caseId, sub: subOf('z'), wish: 'get-in-touch' };
    expect((await world.holder('wishes', other)).body.code).toBe('case_unknown');
    expect((await world.holder('wishes', { ...other, sub, wish: 'sanction' })).body.code).toBe('malformed');
    const bare = await fetch(`${world.origin}/holder/wishes`, { method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
    expect((await triage.post(`/cases/${caseId}/welfare`, {})).status).toBe(403);
  });
});

describe('the lists that people rely on', () => {
  const guardian = { name: hostile, part: 'Guardian', phone: '+44 (0)20 1234', hours: 'day and night' };

  it('an admin says who is on call; everybody on duty sees it', async () => {
    expect((await a.post('/on-call', guardian)).body.code).toBe('forbidden');
    expect((await admin.post('/on-call', guardian)).status).toBe(200);
    const page = await html(a, '/alarm');
    expect(page.text).toContain('tel:+440201234');
    expect(page.text).not.toContain('<script>alert');
    for (const wrong of [{ phone: 'call me' }, { phone: 'javascript:1' }, { name: ' ' }, { hours: '' }])
      expect((await admin.post('/on-call', { ...guardian, ...wrong })).body.code).toBe('malformed');
    const [entry] = (await admin.get('/on-call')).body.onCall;
    expect((await a.post(`/on-call/${entry.id}/end`)).body.code).toBe('forbidden');
    expect((await admin.form(`/on-call/${entry.id}/end`, {})).status).toBe(303);
    expect((await admin.post(`/on-call/${entry.id}/end`)).body.code).toBe('not_found');
    expect((await a.get('/alarm')).body.onCall).toEqual([]);
  });

  it('numbers are due until somebody here has compared them, and again when that is long ago', async () => {
    const find = async (id: string) =>
      (await admin.get('/signposts')).body.signposts.find((one: { id: string }) => one.id === id);
    expect(await find('gb-samaritans')).toMatchObject({ due: true, basis: 'stored-copy', again: null });
    expect((await a.post('/signposts/gb-samaritans')).body.code).toBe('forbidden');
    expect((await admin.post('/signposts/nobody')).body.code).toBe('not_found');
    expect((await admin.post('/signposts/gb-samaritans')).status).toBe(200);
    expect(await find('gb-samaritans')).toMatchObject({ due: false, again: { who: 'Admin' } });
    world.clock.advance({ days: 91 });
    await signInAll();
    expect(await find('gb-samaritans')).toMatchObject({ due: true });
    expect((await html(admin, '/signposts')).text).toContain('numbers are due');
  });

  it('anybody can see who helps, without an account', async () => {
    const page = await (await fetch(`${world.origin}/help`, { headers: { accept: 'text/html' } })).text();
    expect(page).toMatch(/Samaritans[\s\S]*116 123[\s\S]*999/);
  });
});
