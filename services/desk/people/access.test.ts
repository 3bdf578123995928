/** Who may see and do what: an observer changes nothing, and work that is divided by queue stays divided. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';

let world: DeskWorld;
let ofPosts: Moderator;
let everywhere: Moderator;
let observer: Moderator;

beforeAll(async () => {
  world = await deskWorld('desk-access');
  [ofPosts, everywhere, observer] = await Promise.all([
    world.signIn('Of posts', ['moderator'], ['content', 'appeals']),
    world.signIn('Everywhere', ['moderator', 'admin']),
    world.signIn('Observer', ['observer']),
  ]);
  await world.report([snapshot('post/a1', subOf('a'))], {}, connectorToken);
  await world.report([snapshot('post/w1', subOf('a'))], { reasons: ['worried-about-them'] }, connectorToken);
});
afterAll(() => world.close());

const verbs: Record<string, object> = {
  claim: {},
  release: {},
  escalation: { why: 'x' },
  kind: { to: 'care', why: 'x' },
  notes: { note: 'x' },
  assessment: { assessment: { about: 'nothing', items: ['post/w1'], note: '' } },
  decision: { decision: { path: 'none' } },
  confirmation: {},
  declination: { why: 'x' },
  holds: { target: 'post/w1' },
  'holds/aaaaaaaaaaaaaaaaaaaaaa/confirmation': {},
  'holds/aaaaaaaaaaaaaaaaaaaaaa/lift': { why: 'x' },
  hearing: { outcome: 'upheld', reply: 'x' },
};
const careCase = async () => (await world.caseOf(everywhere, 'post/w1')).caseId;

describe('an observer', () => {
  it('sees queues and cases, and is offered nothing', async () => {
    const view = await world.caseOf(observer, 'post/w1');
    expect(Object.values(view.may).flat().filter(Boolean)).toEqual([]);
  });

  it.each(Object.entries(verbs))('is refused %s', async (verb, body) => {
    const answer = await observer.post(`/cases/${await careCase()}/${verb}`, body);
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  });

  it('is told so in words in a browser', async () => {
    const answer = await observer.form(`/cases/${await careCase()}/claim`, {});
    expect([answer.status, (await answer.text()).includes('This is not yours to do')]).toEqual([403, true]);
  });

  it('may leave', async () => {
    const passing = await world.signIn('Passing by', ['observer']);
    expect((await passing.form('/sign-out', {})).status).toBe(303);
    expect((await passing.get('/')).status).toBe(401);
  });
});

describe('a moderator of some queues', () => {
  it('sees these, their cases and their counts', async () => {
    const { body } = await ofPosts.get('/');
    expect(body.counts.map((one: { queue: string }) => one.queue)).toEqual(['appeals', 'content']);
    expect(body.cases.map((one: { queue: string }) => one.queue)).toEqual(['content']);
    expect((await ofPosts.get('/?queue=content')).body.cases).toHaveLength(1);
  });

  it('is refused another queue, and a case in it', async () => {
    expect((await ofPosts.get('/?queue=care')).body.code).toBe('other_queue');
    expect((await ofPosts.get(`/cases/${await careCase()}`)).body.code).toBe('other_queue');
  });

  it.each(Object.entries(verbs))('is refused %s on a case of another queue', async (verb, body) => {
    const answer = await ofPosts.post(`/cases/${await careCase()}/${verb}`, body);
    expect([answer.status, answer.body.code]).toEqual([403, 'other_queue']);
  });

  it('is not told of such a case beside one of the same account', async () => {
    expect((await world.caseOf(ofPosts, 'post/a1')).earlier).toEqual([]);
    expect((await world.caseOf(everywhere, 'post/a1')).earlier).toHaveLength(1);
  });

  it('is not led there by "next"', async () => {
    const next = await fetch(`${world.origin}/next`, {
      headers: { cookie: ofPosts.cookie },
      redirect: 'manual',
    });
    const { caseId } = await world.caseOf(everywhere, 'post/a1');
    expect(next.headers.get('location')).toBe(`/cases/${caseId}`);
  });

  it('keeps a case that is in hand, and loses sight of it when it is given back', async () => {
    const { caseId } = await world.caseOf(ofPosts, 'post/a1');
    await ofPosts.post(`/cases/${caseId}/claim`);
    const filed = await ofPosts.post(`/cases/${caseId}/kind`, { to: 'care', why: 'Somebody needs help.' });
    expect(filed.body.queue).toBe('care');
    expect((await ofPosts.post(`/cases/${caseId}/release`)).body).toEqual({ caseId, left: true });
    expect((await ofPosts.get(`/cases/${caseId}`)).body.code).toBe('other_queue');
  });

  it('is still signed in, with the same queues, when the desk was started again', async () => {
    const before = world.origin;
    await world.restart();
    expect((await fetch(`${world.origin}/me`, { headers: { cookie: ofPosts.cookie } })).status).toBe(200);
    const answer = await fetch(`${world.origin}/?queue=care`, {
      headers: { cookie: ofPosts.cookie, accept: 'application/json' },
    });
    expect([before === world.origin, answer.status]).toEqual([false, 403]);
  });
});
