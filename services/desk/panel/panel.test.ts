/** Three forums that hear each other's appeals: a moderator who works alone, and what nobody may slip in between. */
import { randomBytes } from 'node:crypto';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, idOf, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

let worlds: Record<string, DeskWorld> = {};
let a: Moderator;
let b: Moderator;
let c: Moderator;
const forger = randomBytes(32);

const alpha = () => worlds.alpha!;
const send = async (world: DeskWorld, path: string, body: unknown) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(world.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as { code?: string } };
};

beforeAll(async () => {
  const names = ['alpha', 'beta', 'gamma'];
  const made = await Promise.all(
    names.map((name) =>
      deskWorld(`desk-panel-${name}`, { gateway: null, oneModerator: name === 'alpha' }, name),
    ),
  );
  worlds = Object.fromEntries(names.map((name, n) => [name, made[n]!]));
  const admins = await Promise.all(made.map((one) => one.signIn('Admin', ['admin'])));
  const cards = await Promise.all(
    admins.map(async (admin, n) => ({ ...(await admin.get('/panel')).body.card, origin: made[n]!.origin })),
  );
  for (const [n, admin] of admins.entries()) {
    for (const [m, card] of cards.entries())
      expect((await admin.post('/panel/forums', card)).status).toBe(n === m ? 403 : 200);
  }
  a = await alpha().signIn('Only Me');
  b = await worlds.beta!.signIn('Robin', ['appeals']);
  c = await worlds.gamma!.signIn('Sam', ['appeals']);
});
afterAll(() => Promise.all(Object.values(worlds).map((one) => one.close())));

const report = (locator: string, sub: string, text = 'Leave here.', reasons: string[] = ['abuse']) =>
  alpha().report(
    [{ ...snapshot(locator, sub, text), platform: 'alpha' }],
    { reasons } as never,
    connectorToken,
  );

/** Whoever was asked: their world's moderator, and the question as they see it. */
async function whoWasAsked(about: string) {
  await alpha().desk.tick();
  const seen: { who: Moderator; forum: string; request: string }[] = [];
  await expect
    .poll(async () => {
      for (const [forum, who] of [
        ['beta', b],
        ['gamma', c],
      ] as const) {
        const { requests } = (await who.get('/panel')).body;
        for (const one of requests)
          if (one.about === about && !one.answered_at && !one.withdrawn_at)
            seen.push({ who, forum, request: one.request });
      }
      return seen.length;
    })
    .toBeGreaterThan(0);
  return seen[0]!;
}

async function propose(locator: string, sub: string, kind: 'bar' | 'shut-page'): Promise<string> {
  await report(locator, sub);
  const { caseId } = await alpha().caseOf(a, locator);
  await a.post(`/cases/${caseId}/claim`);
  const bar = { kind: 'sanction', sub, holds: 'account', step: 'bar', until: '2027-05-23' };
  const measures =
    kind === 'bar' ? [bar, { kind: 'hide-item', target: locator }] : [{ kind, target: locator }];
  const decided = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision: { path: 'conduct', measures, reasons: reasonsOf() },
  });
  expect(decided.body).toMatchObject({ phase: 'escalated', queue: 'second' });
  return caseId;
}

describe('a bar by a moderator who works alone', () => {
  const sub = subOf('h');
  let caseId = '';

  it('hides at once, and asks another forum for the rest', async () => {
    caseId = await propose('post/h1', sub, 'bar');
    expect((await a.get(`/cases/${caseId}`)).body.holds).toMatchObject([{ inForce: true, by: 'Only Me' }]);
    const { who, request } = await whoWasAsked('confirmation');
    const { body } = await who.get(`/panel/requests/${request}`);
    expect(body.file).toMatchObject({
      items: [{ n: 1, account: 1, text: 'Leave here.' }],
      decision: {
        by: ['moderator 1'],
        measures: [{ kind: 'sanction', account: 1, step: 'bar' }, { item: 1 }],
      },
      appeal: null,
    });
    expect(JSON.stringify(body.file)).not.toMatch(/Only Me|post\/h1|hhhh/);
    const html = await (
      await fetch(`${worlds[body.forum === 'alpha' ? 'beta' : 'gamma']!.origin}/panel`)
    ).text();
    expect(html).toContain('Please sign in first');
  });

  it('is confirmed there, in force here, and by whom is on the record', async () => {
    const { who, forum, request } = await whoWasAsked('confirmation');
    expect((await who.post(`/panel/requests/${request}/verdict`, { kind: 'hold-confirmed' })).body.code).toBe(
      'not_asked',
    );
    expect((await who.post(`/panel/requests/${request}/verdict`, { kind: 'confirmed' })).status).toBe(200);
    await expect.poll(async () => (await a.get(`/cases/${caseId}`)).body.phase).toBe('closed');
    const { body } = await a.get(`/cases/${caseId}`);
    const name = forum === 'beta' ? 'Robin' : 'Sam';
    expect(body.decided.deciders).toEqual(['Only Me', `${forum}/${name}`]);
    expect(body.panel.asked.map((one: { state: string }) => one.state).sort()).toEqual(['answered', 'moot']);
    expect((await who.post(`/panel/requests/${request}/verdict`, { kind: 'confirmed' })).body.code).toBe(
      'already_decided',
    );
  });

  it('is appealed, heard by the forum that had no part, varied to something lighter, and answered', async () => {
    const state = (await a.get(`/cases/${caseId}`)).body;
    const told = alpha().neighbours.acts.filter((act) => act.kind === 'tell-account');
    const address = told.at(-1)?.notice.split('/decisions/')[1];
    const appealed = await send(alpha(), `/decisions/${address}/appeal`, {
      track: 'normal',
      grounds: 'It was one sentence.',
    });
    expect(appealed.status).toBe(200);
    expect((await a.post(`/cases/${caseId}/claim`)).body.code).toBe('own_decision');
    const first = await whoWasAsked('appeal');
    const decided = state.decided.deciders[1].split('/')[0];
    expect(first.forum).not.toBe(decided);
    await send(alpha(), `/decisions/${address}/evidence`, { words: 'Here is the sentence.' });
    await expect
      .poll(async () => (await first.who.get(`/panel/requests/${first.request}`)).body.withdrawnAt)
      .not.toBeNull();
    const { who, forum, request } = await whoWasAsked('appeal');
    expect(forum).toBe(first.forum);
    const { file } = (await who.get(`/panel/requests/${request}`)).body;
    expect(file.appeal).toMatchObject({ account: 1, evidence: [{ words: 'Here is the sentence.' }] });
    const heard = { kind: 'heard', outcome: 'varied', reply: 'A bar is too much.' };
    expect((await who.post(`/panel/requests/${request}/verdict`, { ...heard, lighter: [] })).body.code).toBe(
      'reasons_missing',
    );
    const lighter = [{ of: 1, step: 'suspend', until: '2026-12-23' }];
    expect((await who.post(`/panel/requests/${request}/verdict`, { ...heard, lighter })).status).toBe(200);
    await expect.poll(async () => (await a.get(`/cases/${caseId}`)).body.phase).toBe('closed');
    const { body } = await a.get(`/cases/${caseId}`);
    expect(body.appeals).toMatchObject([
      { outcome: 'varied', heardBy: expect.stringContaining(`${forum}/`) },
    ]);
    expect(
      body.measures.map((one: { measure: { step?: string }; inForce: boolean }) => [
        one.measure.step,
        one.inForce,
      ]),
    ).toEqual([
      ['bar', false],
      [undefined, false],
      ['suspend', true],
    ]);
  });
});

describe('a forum that does not answer', () => {
  it('is asked once more, and then another is', async () => {
    const caseId = await propose('post/l1', subOf('l'), 'bar');
    const asked: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { forum } = await whoWasAsked('confirmation');
      asked.push(forum);
      alpha().clock.advance({ hours: 25 });
      a = await alpha().signIn('Only Me');
      await alpha().desk.tick();
      await expect
        .poll(async () => {
          const { body } = await a.get(`/cases/${caseId}`);
          return body.panel.asked.filter((one: { about: string }) => one.about === 'confirmation').length;
        })
        .toBe(round + 2);
      await expect
        .poll(async () => {
          const lists = await Promise.all([b, c].map(async (who) => (await who.get('/panel')).body.requests));
          return lists
            .flat()
            .filter((one) => one.about === 'confirmation' && !one.answered_at && !one.withdrawn_at).length;
        })
        .toBe(1);
    }
    expect(asked[1]).toBe(asked[0]);
    expect(asked[2]).not.toBe(asked[0]);
    expect((await a.get(`/cases/${caseId}`)).body.phase).toBe('escalated');
  });
});

describe('a forum where everybody had part', () => {
  it('sends an appeal to another by hand, and not to one of its choice', async () => {
    const world = worlds.beta!;
    const sub = subOf('m');
    const item = { ...snapshot('post/m1', sub), platform: 'beta' };
    await world.report([item], {}, connectorToken);
    const mo = await world.signIn('Mo', ['moderator']);
    const { caseId } = await world.caseOf(mo, 'post/m1');
    expect((await mo.post(`/cases/${caseId}/panel`)).body.code).toBe('move_not_allowed');
    await mo.post(`/cases/${caseId}/claim`);
    const sanction = { kind: 'sanction', sub, holds: 'account', step: 'suspend', until: '2027-01-31' };
    await mo.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding(['post/m1']),
      decision: { path: 'conduct', measures: [sanction], reasons: reasonsOf() },
    });
    const told = world.neighbours.acts.filter((act) => act.kind === 'tell-account');
    const code = told.at(-1)?.notice.split('/decisions/')[1];
    await send(world, `/decisions/${code}/appeal`, { track: 'normal', grounds: 'No.' });
    await world.desk.tick();
    expect((await mo.get(`/cases/${caseId}`)).body.panel).toMatchObject({ asked: [], mayAsk: true });
    const { body } = await mo.post(`/cases/${caseId}/panel`);
    expect(body.panel.asked).toMatchObject([{ about: 'appeal', state: 'asked' }]);
    expect(['alpha', 'gamma']).toContain(body.panel.asked[0].forum);
    const asks = body.history.filter((one: { words: string }) => one.words.startsWith('Asked '));
    expect(asks).toMatchObject([{ who: 'Mo' }]);
    expect((await mo.post(`/cases/${caseId}/panel`)).body.code).toBe('move_not_allowed');
    const triage = await world.signIn('Tri', ['triage']);
    expect((await triage.post(`/cases/${caseId}/panel`)).body.code).toBe('forbidden');
  });
});

describe('refused is', () => {
  const question = async () => {
    const { who, forum, request } = await whoWasAsked('confirmation');
    const { body } = await who.get(`/panel/requests/${request}`);
    return { who, forum, request, body };
  };
  const answer = (request: string, from: string, more: object = {}) => ({
    request,
    asked: `${idOf('asked')}${idOf('x').slice(0, 21)}`,
    from,
    to: 'alpha',
    by: 'Robin',
    verdict: { kind: 'confirmed' },
    ...more,
  });
  const signed = (message: object) => signMessage(forger, messageLabels.panelAnswer, message);

  it('an answer by a desk that nobody agreed with, or under a key that is not theirs', async () => {
    const { request } = await question();
    const stranger = await send(alpha(), '/panel/answers', signed(answer(request, 'delta')));
    expect(stranger.body.code).toBe('peer_unknown');
    for (const from of ['beta', 'gamma'])
      expect((await send(alpha(), '/panel/answers', signed(answer(request, from)))).body.code).toBe(
        'signature_refused',
      );
  });

  it('an answer by a desk that was not asked, about another text, of another case, or to another desk', async () => {
    const admin = await alpha().signIn('Admin', ['admin']);
    const delta = {
      name: 'delta',
      title: 'Delta',
      origin: 'https://delta.example',
      key: verifyingKeyOf(forger),
    };
    expect((await admin.post('/panel/forums', delta)).status).toBe(200);
    const { request } = await question();
    const wrong = [
      answer(request, 'delta'),
      answer(idOf('never asked'), 'delta'),
      answer(request, 'delta', { to: 'beta' }),
    ];
    for (const message of wrong)
      expect((await send(alpha(), '/panel/answers', signed(message))).body.code).toBe('not_asked');
    const shape = answer(request, 'delta', { by: 'alpha/Only Me' });
    expect((await send(alpha(), '/panel/answers', signed(shape))).body.code).toBe('malformed');
    const tampered = { ...signed(answer(request, 'delta')), message: answer(request, 'delta', { by: 'Bo' }) };
    expect((await send(alpha(), '/panel/answers', tampered)).body.code).toBe('signature_refused');
    // delta never answers for real: it is taken off again
    expect((await admin.post('/panel/forums/delta/removal')).status).toBe(200);
  });

  it('a question under a number that was taken, changed by one word, or meant for another', async () => {
    const file = (await question()).body.file;
    const at = worlds.beta!;
    const admin = await at.signIn('Admin', ['admin']);
    const delta = {
      name: 'delta',
      title: 'Delta',
      origin: 'https://delta.example',
      key: verifyingKeyOf(forger),
    };
    await admin.post('/panel/forums', delta);
    const message = {
      request: idOf('question'),
      from: 'delta',
      to: 'beta',
      about: 'confirmation',
      due: '2026-12-23T08:00:00.000Z',
      file,
    };
    const ask = (more: object) =>
      send(at, '/panel/requests', signMessage(forger, messageLabels.panelRequest, { ...message, ...more }));
    expect((await ask({})).status).toBe(200);
    expect((await ask({})).status).toBe(200);
    expect((await ask({ due: '2026-12-24T08:00:00.000Z' })).body.code).toBe('not_asked');
    expect((await ask({ request: idOf('other'), to: 'gamma' })).body.code).toBe('not_asked');
    expect((await ask({ request: idOf('other'), from: 'gamma' })).body.code).toBe('signature_refused');
    expect((await ask({ request: idOf('other'), from: 'epsilon' })).body.code).toBe('peer_unknown');
    const named = { ...file, items: [{ ...file.items[0], author: subOf('a') }] };
    expect((await ask({ request: idOf('other'), file: named })).body.code).toBe('malformed');
    const withdrawal = { request: idOf('question'), from: 'delta', to: 'beta', withdrawn: true };
    const wrongLabel = signMessage(forger, messageLabels.panelRequest, withdrawal);
    expect((await send(at, '/panel/withdrawals', wrongLabel)).body.code).toBe('signature_refused');
    const right = signMessage(forger, messageLabels.panelWithdrawal, withdrawal);
    expect((await send(at, '/panel/withdrawals', right)).status).toBe(200);
    const verdict = { kind: 'confirmed' };
    const late = await b.post(`/panel/requests/${idOf('question')}/verdict`, verdict);
    expect(late.body.code).toBe('not_asked');
    await admin.post('/panel/forums/delta/removal');
  });

  it('a word by somebody of the name of who proposed it: a colleague there answers instead', async () => {
    const { forum, request } = await question();
    const world = worlds[forum]!;
    const namesake = await world.signIn('only me', ['appeals']);
    expect((await namesake.post(`/panel/requests/${request}/verdict`, { kind: 'confirmed' })).status).toBe(
      200,
    );
    await expect
      .poll(async () => (await namesake.get(`/panel/requests/${request}`)).body)
      .toMatchObject({ refused: 'same_decider', answeredAt: null });
    const colleague = await world.signIn('Kim', ['appeals']);
    await colleague.post(`/panel/requests/${request}/verdict`, { kind: 'declined', why: 'Too much.' });
    const { caseId } = await alpha().caseOf(a, 'post/l1');
    await expect.poll(async () => (await a.get(`/cases/${caseId}`)).body.phase).toBe('queued');
  });

  it('everybody without the role, and a card that is our own', async () => {
    const moderator = await worlds.beta!.signIn('Mo', ['moderator']);
    expect((await moderator.get('/panel')).status).toBe(403);
    expect((await b.post('/panel/forums', {})).status).toBe(403);
    const unknown = await b.get(`/panel/requests/${idOf('nothing')}`);
    expect(unknown.status).toBe(404);
  });
});
