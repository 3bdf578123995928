/** Who works here, over HTTP: invited, placed, removed; links and passkeys that are not what they should be. */
import { after } from '@answerable/kit/clock';
import type { PasskeyMade, PasskeyUsed } from '@answerable/kit/passkey';
import { softwarePasskey } from '@answerable/practice-people/software-passkey';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstLedgerBreak, readRecords } from '../ledger.ts';
import { changesChain } from '../setup/settings.ts';
import { type AloneWorld, aloneWorld, setUpAlone, type Visit } from '../testing/alone-world.ts';
import { createPasskeys } from './passkeys.ts';
import { createSessionStore } from './session-store.ts';

let world: AloneWorld;
let admin: Visit;
beforeAll(async () => {
  world = await aloneWorld('desk-staff');
  admin = await setUpAlone(world);
});
afterAll(() => world.close());

const tokenIn = (text: string): string => /\/join\?token=([\w-]+)/.exec(text)?.[1] ?? '';
const idOf = async (name: string): Promise<string> =>
  String((await world.rows(`select id from staff where name = '${name}'`))[0]?.id);
const invite = async (name: string, fields: object = { roles: ['moderator'] }): Promise<string> =>
  tokenIn(await (await admin.send('/people', { name, ...fields })).text());
async function joined(name: string, fields?: object): Promise<Visit> {
  const visit = world.visit();
  expect((await visit.send('/join', { token: await invite(name, fields) })).status).toBe(303);
  return visit;
}
const codeOf = async (answer: Response) => [answer.status, (await answer.text()).match(/Code: (\w+)/)?.[1]];

describe('an invitation', () => {
  it('is looked at without being used, opens once, and lets in whom it names', async () => {
    const token = await invite('Sam', { roles: ['moderator'], queues: ['content'] });
    const visit = world.visit();
    for (const _ of [1, 2])
      expect((await visit.page(`/join?token=${token}`)).text).toContain('invited to work here as');
    expect((await visit.send('/join', { token })).status).toBe(303);
    expect((await visit.json('/me')).staff).toMatchObject({
      name: 'Sam',
      roles: ['moderator'],
      queues: ['content'],
    });
    expect(await codeOf(await world.visit().send('/join', { token }))).toEqual([401, 'link_over']);
    expect(await codeOf(await world.visit().get(`/join?token=${token}`))).toEqual([401, 'link_over']);
  });

  it('used by two at once lets one in', async () => {
    const token = await invite('Twice');
    const answers = await Promise.all([1, 2, 3].map(() => world.visit().send('/join', { token })));
    expect(answers.map((one) => one.status).sort()).toEqual([303, 401, 401]);
  });

  it('is over after three days, and a new link opens once more', async () => {
    const token = await invite('Late');
    world.clock.advance({ days: 3, hours: 1 });
    expect(await codeOf(await world.visit().send('/join', { token }))).toEqual([401, 'link_over']);
    admin = world.visit();
    await admin.send('/join', { token: tokenIn((await world.desk.newLink('robin')) ?? '') });
    const answer = await admin.send(`/people/${await idOf('Late')}/links`, {});
    expect((await world.visit().send('/join', { token: tokenIn(await answer.text()) })).status).toBe(303);
  });

  it.each(['', 'invented', 'x'.repeat(5000), '../..', '\0'])('%j opens nothing', async (token) => {
    const answer = await world.visit().send('/join', { token });
    expect([400, 401]).toContain(answer.status);
  });

  it('cannot be taken from a form of another site', async () => {
    const token = await invite('Lured');
    const answer = await world.visit().send('/join', { token }, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
  });

  it.each<[string, Record<string, string | string[]>]>([
    ['no role', { name: 'New' }],
    ['a made-up role', { name: 'New', roles: 'owner' }],
    ['the role of the panel', { name: 'New', roles: 'panel' }],
    ['a made-up queue', { name: 'New', roles: 'triage', queues: 'secret' }],
    ['no name', { name: '', roles: 'triage' }],
    ['markup for a name', { name: '<b>New</b>', roles: 'triage' }],
    ['a name of another forum', { name: 'forum/New', roles: 'triage' }],
    ['a name that nobody can read', { name: '\u200b\u202eweN', roles: 'triage' }],
  ])('with %s is refused', async (_sin, fields) => {
    expect(await codeOf(await admin.send('/people', fields))).toEqual([400, 'malformed']);
  });

  it('never gives a name twice: not in other letters, not after somebody left', async () => {
    await joined('Jo Ann');
    await admin.send(`/people/${await idOf('Jo Ann')}/removal`, {});
    for (const name of ['Jo Ann', 'jo-ann', 'JO  ANN', 'Ｊｏ Ａｎｎ', 'Robin'])
      expect([name, ...(await codeOf(await admin.send('/people', { name, roles: 'triage' })))]).toEqual([
        name,
        409,
        'handle_taken',
      ]);
  });
});

describe('whoever is no admin', () => {
  it.each(['moderator', 'triage', 'appeals', 'observer'])('(a %s) changes nothing here', async (role) => {
    const visit = await joined(`A ${role}`, { roles: [role] });
    const id = await idOf('Robin');
    for (const path of ['/people', `/people/${id}`, '/settings', '/settings/changes', '/settings/forum'])
      expect([path, (await visit.get(path)).status]).toEqual([path, 403]);
    for (const path of [
      '/people',
      `/people/${id}`,
      `/people/${id}/links`,
      `/people/${id}/removal`,
      '/settings/forum',
      '/settings/platform',
      '/settings/service',
    ])
      expect([path, (await visit.send(path, { roles: 'admin', title: 'Mine' })).status]).toEqual([path, 403]);
  });

  it('nor is an admin made to by a page of elsewhere', async () => {
    const answer = await admin.send('/people', { csrf: 'guessed', name: 'Planted', roles: 'admin' });
    expect(answer.status).toBe(403);
  });
});

describe('a change', () => {
  it('of roles holds at once, in the session that is open', async () => {
    const visit = await joined('Val');
    expect((await visit.json('/me')).staff.roles).toEqual(['moderator']);
    await admin.send(`/people/${await idOf('Val')}`, { roles: ['observer'], queues: ['care'] });
    expect((await visit.json('/me')).staff).toMatchObject({ roles: ['observer'], queues: ['care'] });
  });

  it('that removes somebody ends their sessions, links and claims at once', async () => {
    const visit = await joined('Max');
    const id = await idOf('Max');
    const link = tokenIn(await (await admin.send(`/people/${id}/links`, {})).text());
    expect((await visit.json('/me')).staff.name).toBe('Max');
    await admin.send(`/people/${id}/removal`, {});
    expect((await visit.get('/me')).status).toBe(401);
    expect((await world.visit().send('/join', { token: link })).status).toBe(401);
    expect((await admin.send(`/people/${id}`, { roles: 'admin' })).status).toBe(404);
    expect((await admin.page('/people')).text).toContain('left on 2026-11');
  });

  it('never leaves the desk without an admin', async () => {
    const robin = await idOf('Robin');
    expect(await codeOf(await admin.send(`/people/${robin}/removal`, {}))).toEqual([409, 'last_admin']);
    expect(await codeOf(await admin.send(`/people/${robin}`, { roles: 'moderator' }))).toEqual([
      409,
      'last_admin',
    ]);
    // An admin who was invited and has not come in opens no desk.
    await invite('Admin to be', { roles: ['admin'] });
    expect(await codeOf(await admin.send(`/people/${robin}/removal`, {}))).toEqual([409, 'last_admin']);
  });

  it('by two admins who remove each other at once leaves one', async () => {
    const second = await joined('Second', { roles: ['admin'] });
    const [robin, other] = [await idOf('Robin'), await idOf('Second')];
    await Promise.all([
      admin.send(`/people/${other}/removal`, {}),
      second.send(`/people/${robin}/removal`, {}),
    ]);
    const left = await world.rows(
      `select name from staff where removed_at is null and joined_at is not null and roles ? 'admin'`,
    );
    expect(left).toHaveLength(1);
    if (left[0]?.name === 'Second') admin = second;
  });

  it('stands in a chain that holds, with who and what', async () => {
    const chain = await world.within((db) => readRecords(db, changesChain));
    expect(firstLedgerBreak(changesChain, chain)).toBeUndefined();
    expect(chain.some(({ who, body }) => who === 'Robin' && 'kind' in body && body.kind === 'removed')).toBe(
      true,
    );
    const text = (await admin.page('/settings/changes')).text;
    expect(text).toContain('Invited Val: moderator, all queues.');
    expect(text).toContain('Val: moderator, all queues → observer, care.');
    expect(text).not.toContain('Something was changed');
  });
});

describe('sessions', () => {
  it('are kept as hashes, and links too', async () => {
    const visit = world.visit();
    const token = await invite('Hashed');
    expect(JSON.stringify(await world.rows('select * from staff_link'))).not.toContain(token);
    const answer = await visit.send('/join', { token });
    const cookie = /desk-staff=([\w-]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? 'none';
    expect((await visit.get('/me')).status).toBe(200);
    expect(JSON.stringify(await world.rows('select * from staff_session'))).not.toContain(cookie);
  });
});

describe('a passkey that its owner removes', () => {
  it('ends the session that began with it, and no other', async () => {
    await joined('Two keys');
    const [id, origin] = [await idOf('Two keys'), 'http://localhost:1'];
    const staff = { id, name: 'Two keys', roles: ['moderator'] };
    await world.within(async (db) => {
      const passkeys = createPasskeys(db, world.clock, { origin, title: 'Desk' });
      const sessions = createSessionStore(db, world.clock);
      const until = after(world.clock.now(), { hours: 1 });
      const open = async (key: string) => {
        const device = softwarePasskey(origin);
        const options = (made: object) => made as { challenge: string };
        const response = device.make(options(await passkeys.beginMaking(staff)));
        await passkeys.make(staff, key, response as PasskeyMade);
        const used = device.use(options(await passkeys.beginUsing())) as PasskeyUsed;
        const came = await passkeys.use(used);
        await sessions.open(key, came, until);
        return { device, came };
      };
      const lost = await open('lost');
      await open('kept');
      const found = async () =>
        Promise.all(['lost', 'kept'].map(async (key) => (await sessions.find(key, world.clock.now()))?.name));
      expect(await found()).toEqual(['Two keys', 'Two keys']);
      await passkeys.remove(staff, lost.device.id);
      expect(await found()).toEqual([undefined, 'Two keys']);
      // One that crossed the removal opens nothing either.
      await expect(sessions.open('late', lost.came, until)).rejects.toMatchObject({
        code: 'passkey_refused',
      });
    });
  });
});

describe('a passkey that is none', () => {
  const answer = (more: object = {}) => ({
    response: {
      id: 'AAAA',
      rawId: 'AAAA',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA', ...more },
    },
  });

  it('is refused in one sentence, whatever is wrong with it', async () => {
    for (const body of [answer(), answer({ userHandle: 'AAAA' })]) {
      const refused = await world.visit().post('/sign-in/passkey', body);
      expect([refused.status, (await refused.json()).code]).toEqual([403, 'passkey_refused']);
    }
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['another shape', { response: { id: 7 } }],
    ['a megabyte', answer({ signature: 'A'.repeat(1_000_000) })],
    ['a field that nobody asked for', answer({ admin: true })],
    ['signs that are not base64url', answer({ signature: '<script>' })],
  ])('%s is malformed', async (_sin, body) => {
    const refused = await world.visit().post('/sign-in/passkey', body);
    expect([400, 413]).toContain(refused.status);
  });

  it('is made by nobody who is not signed in, and not without the token of the page', async () => {
    expect((await world.visit().post('/you/passkeys/challenge', {})).status).toBe(401);
    expect((await admin.post('/you/passkeys/challenge', {})).status).toBe(403);
  });
});
