/** People without a gateway: told, they read why, appeal with evidence, and get back what was theirs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

let world: DeskWorld;
let a: Moderator;
let c: Moderator;

beforeAll(async () => {
  world = await deskWorld('desk-letters', { gateway: null, barNeedsSecond: false });
  a = await world.signIn('Moderator A');
  c = await world.signIn('Appeals C', ['appeals']);
});
afterAll(() => world.close());

const told = (sub: string) =>
  world.neighbours.acts.filter((act) => act.kind === 'tell-account' && act.target === `account/${sub}`);
const codeIn = (notice: string) => /\/decisions\/([A-Za-z0-9_-]{27})$/.exec(notice)?.[1] ?? '';
const json = { accept: 'application/json', 'content-type': 'application/json' };
const read = async (code: string) =>
  (await fetch(`${world.origin}/decisions/${code}`, { headers: json })).json() as Promise<
    Record<string, unknown>
  >;
const say = async (code: string, what: string, body: object) => {
  const response = await fetch(`${world.origin}/decisions/${code}/${what}`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { code?: string } };
};

async function suspend(locator: string, sub: string, more: object[] = []): Promise<string> {
  await world.report([snapshot(locator, sub)], {}, connectorToken);
  const { caseId } = await world.caseOf(a, locator);
  await a.post(`/cases/${caseId}/claim`);
  const sanction = { kind: 'sanction', sub, holds: 'account', step: 'suspend', until: '2027-01-31' };
  const decided = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision: { path: 'conduct', measures: [sanction, ...more], reasons: reasonsOf() },
  });
  expect(decided.status).toBe(200);
  return caseId;
}

describe('somebody whom help was shown', () => {
  const sub = subOf('w');

  it('has the numbers in the words themselves, and says on the page what they wish', async () => {
    await world.report([snapshot('post/care1', sub)], { reasons: ['worried-about-them'] }, connectorToken);
    const { caseId } = await world.caseOf(a, 'post/care1');
    await a.post(`/cases/${caseId}/claim`);
    await a.post(`/cases/${caseId}/decision`, { decision: { path: 'care', offerContact: true } });
    const notice = told(sub)[0]?.notice ?? '';
    expect(notice).toMatch(/116 123.*More: /);
    expect(notice.length).toBeLessThanOrEqual(400);
    const code = codeIn(notice);
    expect(await read(code)).toMatchObject({ wish: 'not-said' });
    expect((await say(code, 'wish', { wish: 'bar me' })).status).toBe(400);
    expect((await say(code, 'wish', { wish: 'get-in-touch' })).status).toBe(200);
    expect((await a.get(`/cases/${caseId}`)).body).toMatchObject({
      queue: 'care',
      welfare: { waiting: true },
    });
    expect((await say(code, 'wish', { wish: 'leave-alone' })).status).toBe(200);
    expect(await read(code)).toMatchObject({ wish: 'leave-alone' });
  });
});

describe('somebody who was suspended', () => {
  const sub = subOf('s');
  let caseId = '';
  let code = '';

  it('is told by the platform where to read it', async () => {
    caseId = await suspend('post/s1', sub, [{ kind: 'hide-item', target: 'post/s1' }]);
    expect(told(sub)).toHaveLength(1);
    expect(told(sub)[0]?.notice.length).toBeLessThanOrEqual(400);
    code = codeIn(told(sub)[0]?.notice ?? '');
    expect(await read(code)).toMatchObject({
      letters: [{ kind: 'statement', body: expect.stringContaining('You are suspended until 2027-01-31') }],
      inForce: [expect.stringContaining('hidden'), expect.stringContaining('suspended')],
      appeal: null,
      may: { appeal: true, addEvidence: false },
      appealUntil: '2027-05-25',
    });
    const page = await (await fetch(`${world.origin}/decisions/${code}`)).text();
    expect(page).toContain('Why should it be decided otherwise?');
    expect(page).not.toMatch(/Moderator A|wallet/);
    expect(page).not.toContain(sub);
  });

  it('finds the same page however often it is told, and nobody finds it by another code', async () => {
    const other = `${code.slice(0, -1)}${code.endsWith('A') ? 'E' : 'A'}`;
    for (const wrong of [other, code.slice(1), 'x', '%00'])
      expect((await fetch(`${world.origin}/decisions/${wrong}`, { headers: json })).status).toBe(404);
    expect((await say(other, 'appeal', { track: 'normal', grounds: 'x' })).body.code).toBe('not_found');
  });

  it('appeals once, in words, and adds evidence while it waits', async () => {
    expect((await say(code, 'appeal', { track: 'normal', grounds: ' ' })).body.code).toBe('malformed');
    expect((await say(code, 'appeal', { track: 'fast', grounds: 'x' })).body.code).toBe('malformed');
    expect((await say(code, 'evidence', { words: 'Too early.' })).body.code).toBe('case_unknown');
    const appeal = { track: 'journalism', grounds: 'I was quoting them.' };
    expect((await say(code, 'appeal', appeal)).status).toBe(200);
    expect((await say(code, 'appeal', appeal)).status).toBe(200);
    const again = { track: 'normal', grounds: 'Another.' };
    expect((await say(code, 'appeal', again)).body.code).toBe('already_decided');
    const form = new URLSearchParams({ words: 'Here is where I quote from.' });
    const added = await fetch(`${world.origin}/decisions/${code}/evidence`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    expect([added.status, added.headers.get('location')]).toEqual([303, `/decisions/${code}#appeal`]);
    expect(await read(code)).toMatchObject({
      appeal: {
        stage: 'waiting',
        late: false,
        due: expect.stringMatching(/^2026-11-26T08:/),
        evidence: [{ words: 'Here is where I quote from.' }],
      },
    });
  });

  it('is heard by somebody else, answered, and has everything back', async () => {
    expect((await a.post(`/cases/${caseId}/claim`)).body.code).toBe('own_decision');
    await c.post(`/cases/${caseId}/claim`);
    expect(await read(code)).toMatchObject({ appeal: { stage: 'in-hand' } });
    await c.post(`/cases/${caseId}/hearing`, { outcome: 'overturned', reply: 'It was a quotation.' });
    expect(await read(code)).toMatchObject({
      inForce: [],
      letters: [{ kind: 'statement' }, { kind: 'appeal-outcome' }],
      appeal: { outcome: 'overturned', reply: 'It was a quotation.', restoredAt: expect.any(String) },
      may: { appeal: false, addEvidence: false },
    });
    const kinds = world.neighbours.acts
      .filter((act) => [`account/${sub}`, 'post/s1'].includes(act.target))
      .map((act) => act.kind);
    expect(kinds).toEqual(expect.arrayContaining(['restore-account', 'restore-item']));
    expect((await say(code, 'evidence', { words: 'Late.' })).status).toBe(409);
  });
});

describe('something that is hidden for now', () => {
  const sub = subOf('h');
  it('is told to its author, and that it is shown again', async () => {
    await world.report([snapshot('post/h1', sub)], {}, connectorToken);
    const { caseId } = await world.caseOf(a, 'post/h1');
    await a.post(`/cases/${caseId}/holds`, { target: 'post/h1' });
    const code = codeIn(told(sub)[0]?.notice ?? '');
    expect(await read(code)).toMatchObject({
      hiddenUntil: [expect.stringMatching(/^2026-11-23T20:/)],
      letters: [{}],
    });
    await a.post(`/cases/${caseId}/claim`);
    await a.post(`/cases/${caseId}/decision`, { decision: { path: 'none' } });
    const { letters, may } = (await read(code)) as {
      letters: { title: string; body: string }[];
      may: object;
    };
    expect(letters.map((one) => one.title)).toEqual([
      'Something of yours is hidden for now',
      'Something of yours is shown again',
    ]);
    expect(letters[1]?.body).toContain('We found nothing against it.');
    expect(may).toEqual({ appeal: false, addEvidence: false });
  });
});

describe('an account that the platform cannot reach', () => {
  const sub = subOf('u');
  it('gets its address from a moderator, who is on the record for it; an earlier one opens nothing', async () => {
    world.neighbours.mood.cannot.add('tell-account');
    const caseId = await suspend('post/u1', sub);
    world.neighbours.mood.cannot.clear();
    const first = codeIn(told(sub)[0]?.notice ?? '');
    const { body } = await a.get(`/cases/${caseId}`);
    expect(body.letters).toMatchObject([{ account: 'account 1', told: false, could: 'Not here.' }]);
    const one = (await a.post(`/cases/${caseId}/addresses`, { sub })).body.address as string;
    expect(await read(codeIn(one))).toMatchObject({ may: { appeal: true } });
    const two = (await a.post(`/cases/${caseId}/addresses`, { sub })).body.address as string;
    for (const dead of [first, codeIn(one)])
      expect((await fetch(`${world.origin}/decisions/${dead}`, { headers: json })).status).toBe(404);
    expect((await say(codeIn(two), 'appeal', { track: 'normal', grounds: 'x' })).status).toBe(200);
    const { history } = (await a.get(`/cases/${caseId}`)).body;
    const asked = history.filter((event: { words: string }) => event.words.includes('address'));
    expect(asked.map((event: { who: string }) => event.who)).toEqual(['Moderator A', 'Moderator A']);
  });
  it('and nobody gets the address of one that was told', async () => {
    const caseId = await suspend('post/v1', subOf('v'));
    const answer = await a.post(`/cases/${caseId}/addresses`, { sub: subOf('v') });
    expect(answer.body.code).toBe('move_not_allowed');
    const stranger = await fetch(`${world.origin}/cases/${caseId}/addresses`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ sub: subOf('v') }),
    });
    expect(stranger.status).toBe(401);
  });
});
