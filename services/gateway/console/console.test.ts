/** Who works at a gateway's console, over HTTP: links, passkeys, roles, tokens, and a record that shows all of it. */
import { withConnection } from '@answerable/kit/database';
import { type ConsoleVisit, consoleVisit, firstAdmin } from '@answerable/practice-people/console-visit';
import { softwarePasskey } from '@answerable/practice-people/software-passkey';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, startScene, token } from '../testing/scene.ts';
import { firstBreak } from './record.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
let scene: Scene;
let origin = '';
let admin: ConsoleVisit;

beforeAll(async () => {
  scene = await startScene({ adminToken });
  ({ origin } = scene.config);
  admin = await firstAdmin(origin, adminToken);
});
afterAll(() => scene?.close());

const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const machineAsks = (bearer: string, body: unknown = { name: 'Robin' }) =>
  fetch(`${origin}/operator/sign-in-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  });
const invite = (name: string, role: string) => invited(admin, name, role);
async function invited(by: ConsoleVisit, name: string, role: string): Promise<ConsoleVisit> {
  const { text } = await by.send('/people', { name, role });
  const visit = consoleVisit(origin);
  await visit.comeIn(/\/join\?token=[\w-]+/.exec(text)?.[0] ?? '/join');
  return visit;
}
const idOf = async (name: string) =>
  String((await rows(`select id from staff where name = '${name}'`))[0]?.id);

describe('the first admin', () => {
  it('comes by the link of who has the machine, makes a passkey, and sees the console', async () => {
    const start = await admin.page('/');
    expect([start.status, start.text.includes('Hello, Robin')]).toEqual([200, true]);
  });

  it.each(['', 'x'.repeat(40), token])('the token %j opens nothing', async (bearer) => {
    expect((await machineAsks(bearer)).status).toBe(401);
  });

  it('a link of the machine for somebody who is no admin is refused', async () => {
    await invite('Ren', 'viewer');
    expect((await machineAsks(adminToken, { name: 'ren' })).status).toBe(409);
  });
});

describe('a link', () => {
  it('opens once, and by itself no page but the one that makes a passkey', async () => {
    const { text } = await admin.send('/people', { name: 'Sam', role: 'operator' });
    const link = /token=([\w-]+)/.exec(text)?.[1] ?? '';
    const body = () => new URLSearchParams({ token: link });
    const come = () => fetch(`${origin}/join`, { method: 'POST', body: body(), redirect: 'manual' });
    const first = await come();
    expect([first.status, (await come()).status]).toEqual([303, 401]);
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const open = (path: string, accept = 'text/html') =>
      fetch(origin + path, { headers: { cookie, accept }, redirect: 'manual' });
    expect((await open('/you')).status).toBe(200);
    expect((await open('/record')).headers.get('location')).toBe('/you');
    expect((await open('/record', 'application/json')).status).toBe(403);
  });

  it('made anew ends passkeys, sessions and tokens that were there', async () => {
    const visit = await invite('Lost', 'viewer');
    await visit.send('/you/tokens', { purpose: 'graphs', role: 'viewer', days: '30' });
    const { text } = await admin.send(`/people/${await idOf('Lost')}/links`, {});
    expect((await visit.page('/record')).status).toBe(401);
    await expect(visit.signIn()).rejects.toMatchObject({ code: 'passkey_refused' });
    expect(await rows("select 1 from api_token where label = 'graphs'")).toEqual([]);
    await consoleVisit(origin).comeIn(/\/join\?token=[\w-]+/.exec(text)![0]);
  });
});

describe('a passkey that its owner removes', () => {
  it('ends the sessions that began with it, and no others', async () => {
    const lost = await invite('Two keys', 'viewer');
    const kept = consoleVisit(origin);
    const options = await lost.post('/you/passkeys/challenge', {});
    await lost.post('/you/passkeys', { label: 'a phone', response: kept.passkey.make(options) });
    await kept.signIn();
    const open = async () => [(await lost.page('/record')).status, (await kept.page('/record')).status];
    expect(await open()).toEqual([200, 200]);
    expect((await kept.send('/you/passkeys/removal', { credential: lost.passkey.id })).status).toBe(303);
    expect(await open()).toEqual([401, 200]);
    await expect(lost.signIn()).rejects.toMatchObject({ code: 'passkey_refused' });
  });
});

describe('a passkey is refused', () => {
  const answered = async (lie: Parameters<ConsoleVisit['passkey']['use']>[1]) => {
    const visit = await invite(`Liar ${Math.random()}`, 'viewer');
    const options = await consoleVisit(origin).post('/sign-in/passkey/challenge', {});
    return consoleVisit(origin).post('/sign-in/passkey', { response: visit.passkey.use(options, lie) });
  };
  it.each([
    ['of another origin', { origin: 'https://gateway.example' }],
    ['without a look at the person', { unverified: true }],
    ['with a counter that went back', { counter: 1 }],
  ])('%s', async (_, lie) => {
    await expect(answered(lie)).rejects.toMatchObject({ code: 'passkey_refused' });
  });
  it('that answers the same challenge twice, also at a gateway that was started anew', async () => {
    const options = await consoleVisit(origin).post('/sign-in/passkey/challenge', {});
    await consoleVisit(origin).post('/sign-in/passkey', { response: admin.passkey.use(options) });
    await scene.restart();
    const again = consoleVisit(origin).post('/sign-in/passkey', { response: admin.passkey.use(options) });
    await expect(again).rejects.toMatchObject({ code: 'passkey_refused' });
  });
  it('control: a challenge outlives a new start, as it must with two gateways, and signs in', async () => {
    const options = await consoleVisit(origin).post('/sign-in/passkey/challenge', {});
    await scene.restart();
    const answer = { response: admin.passkey.use(options) };
    expect(await consoleVisit(origin).post('/sign-in/passkey', answer)).toEqual({ ok: true });
  });
  it('that nobody here has', async () => {
    const options = await consoleVisit(origin).post('/sign-in/passkey/challenge', {});
    const strange = { response: softwarePasskey(origin).use(options) };
    await expect(consoleVisit(origin).post('/sign-in/passkey', strange)).rejects.toMatchObject({
      code: 'passkey_refused',
    });
  });
});

describe('a role', () => {
  it('opens its own pages and no others, and changes at once', async () => {
    const viewer = await invite('Vi', 'viewer');
    expect([(await viewer.page('/record')).status, (await viewer.page('/people')).status]).toEqual([
      200, 403,
    ]);
    expect((await viewer.send('/people', { name: 'X', role: 'admin' })).status).toBe(403);
    await admin.send(`/people/${await idOf('Vi')}/role`, { role: 'admin' });
    expect((await viewer.page('/people')).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['no role', { name: 'Nobody 1' }],
    ['an unknown role', { name: 'Nobody 2', role: 'owner' }],
    ['a name that the record uses', { name: 'The machine', role: 'viewer' }],
    ['one thing more', { name: 'Nobody 3', role: 'viewer', also: 'admin' }],
  ])('is not given: %s', async (_, fields) => {
    expect((await admin.send('/people', fields)).status).toBe(400);
  });

  it('without the form’s token nothing is done', async () => {
    expect((await admin.send('/people', { csrf: 'x', name: 'Y', role: 'admin' })).status).toBe(403);
  });

  it('ends with who had it; the last admin can neither go nor step down', async () => {
    await admin.send(`/people/${await idOf('Vi')}/removal`, {});
    const robin = await idOf('Robin');
    expect((await admin.send(`/people/${robin}/removal`, {})).status).toBe(409);
    expect((await admin.send(`/people/${robin}/role`, { role: 'viewer' })).status).toBe(409);
    expect((await admin.send('/people', { name: 'vi', role: 'admin' })).status).toBe(409);
  });
});

describe('the record', () => {
  it('shows who did what and holds together; a changed line shows', async () => {
    const { text } = await admin.page('/record');
    expect(text).toMatch(/All \d+ lines hold together/);
    expect(text).toContain('role changed');
    const kept = await rows('select seq, previous, hash, at, who, body from ledger order by seq');
    const records = kept as never as Parameters<typeof firstBreak>[0];
    expect(firstBreak(records)).toBeUndefined();
    expect(firstBreak(records.map((one) => (one.seq === 3 ? { ...one, who: 'another' } : one)))).toBe(3);
    expect(firstBreak(records.filter(({ seq }) => seq !== 2))).toBe(2);
  });
});
