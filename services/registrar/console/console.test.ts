/** Who works at the registrar's console, over HTTP: links, passkeys, roles, and a record that shows all of it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import {
  addOrganisation,
  type ConsoleVisit,
  consoleVisit,
  firstAdmin,
  inviteTo,
} from '@answerable/practice-people/console-visit';
import { softwarePasskey } from '@answerable/practice-people/software-passkey';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from '../start.ts';
import { firstBreak } from './record.ts';

const operatorToken = 'operator-token-of-a-registrar-alone';
const clock = practiceClock();
const dataDir = mkdtempSync(join(tmpdir(), 'answerable-console-'));
let database: TestDatabase;
let registrar: { close(): Promise<void> };
let origin = '';
let admin: ConsoleVisit;

beforeAll(async () => {
  database = await testDatabase('console');
  const port = await freePort();
  origin = `http://localhost:${port}`;
  registrar = await start(
    {
      name: 'registrar',
      mode: 'practice',
      host: '127.0.0.1',
      port,
      origin,
      dataDir,
      databaseUrl: database.url,
      policyPath: join(dataDir, 'none.policy'),
      operatorToken,
      evidence: [],
    },
    { clock, journal: silentJournal },
  );
  admin = await firstAdmin(origin, operatorToken);
});
afterAll(async () => {
  await registrar?.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const rows = (text: string) => withConnection(database.url, (run) => run(text));
const operatorAsks = (token: string, body: unknown = { name: 'Robin' }) =>
  fetch(`${origin}/operator/sign-in-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
const idOf = async (name: string) =>
  String((await rows(`select id from staff where name = '${name}'`))[0]?.id);

describe('the first admin', () => {
  it('comes by the operator’s link, makes a passkey, and sees what an admin sees', async () => {
    const start = await admin.page('/');
    expect(start.text).toContain('Hello, Robin');
    for (const place of ['People', 'Organisations', 'Record']) expect(start.text).toContain(place);
  });

  it.each(['', 'x'.repeat(40)])('operator token %j opens nothing', async (token) => {
    expect((await operatorAsks(token)).status).toBe(401);
  });

  it('an operator’s link for somebody who is no admin is refused', async () => {
    await inviteTo(origin, admin, { name: 'Ren', roles: ['reviewer'] });
    expect(await (await operatorAsks(operatorToken, { name: 'ren' })).json()).toMatchObject({
      code: 'handle_taken',
    });
  });
});

describe('a link', () => {
  it('opens once, and by itself no page but the one that makes a passkey', async () => {
    const { text } = await admin.send('/people', { name: 'Sam', roles: 'reviewer', organisation: '' });
    const token = /token=([\w-]+)/.exec(text)?.[1] ?? '';
    const enter = () =>
      fetch(`${origin}/join`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
        redirect: 'manual',
      });
    const first = await enter();
    expect(first.status).toBe(303);
    expect((await enter()).status).toBe(401);
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const open = (path: string, accept = 'text/html') =>
      fetch(origin + path, { headers: { cookie, accept }, redirect: 'manual' });
    expect((await open('/you')).status).toBe(200);
    expect((await open('/reviews')).headers.get('location')).toBe('/you');
    expect((await open('/record')).headers.get('location')).toBe('/you');
    expect((await open('/record', 'application/json')).status).toBe(403);
  });

  it('made anew ends passkeys and sessions that were there', async () => {
    const visit = await inviteTo(origin, admin, { name: 'Lost', roles: ['reviewer'] });
    expect((await visit.page('/record')).status).toBe(200);
    const { text } = await admin.send(`/people/${await idOf('Lost')}/links`, {});
    expect((await visit.page('/record')).status).toBe(401);
    await expect(visit.signIn()).rejects.toMatchObject({ code: 'passkey_refused' });
    await consoleVisit(origin).comeIn(/\/join\?token=[\w-]+/.exec(text)![0]);
  });

  it('is over after three days', async () => {
    const { text } = await admin.send('/people', { name: 'Late', roles: 'reviewer', organisation: '' });
    clock.advance({ days: 3, hours: 1 });
    await admin.signIn();
    await expect(consoleVisit(origin).comeIn(/\/join\?token=[\w-]+/.exec(text)![0])).rejects.toMatchObject({
      code: 'link_over',
    });
  });
});

describe('a passkey that its owner removes', () => {
  it('ends the sessions that began with it, and no others', async () => {
    const lost = await inviteTo(origin, admin, { name: 'Two keys', roles: ['reviewer'] });
    const kept = consoleVisit(origin);
    const options = await lost.post('/you/passkeys/challenge', {});
    await lost.post('/you/passkeys', { label: 'a phone', response: kept.passkey.make(options) });
    await kept.signIn();
    const open = async () => [(await lost.page('/record')).status, (await kept.page('/record')).status];
    expect(await open()).toEqual([200, 200]);
    expect((await kept.send('/you/passkeys/removal', { credential: lost.passkey.id })).status).toBe(303);
    expect(await open()).toEqual([401, 200]);
  });
});

describe('a passkey is refused', () => {
  const answered = async (lie: Parameters<ConsoleVisit['passkey']['use']>[1]) => {
    const visit = await inviteTo(origin, admin, { name: `Liar ${Math.random()}`, roles: ['reviewer'] });
    const options = await consoleVisit(origin).post('/sign-in/passkey/challenge', {});
    return consoleVisit(origin).post('/sign-in/passkey', { response: visit.passkey.use(options, lie) });
  };
  it.each([
    ['of another origin', { origin: 'https://registrar.example' }],
    ['of another host', { host: 'elsewhere.example' }],
    ['without a look at the person', { unverified: true }],
    ['with a counter that went back', { counter: 1 }],
  ])('%s', async (_, lie) => {
    await expect(answered(lie)).rejects.toMatchObject({ code: 'passkey_refused' });
  });
  it('that nobody here has, or over a challenge that nobody gave', async () => {
    const options = await consoleVisit(origin).post('/sign-in/passkey/challenge', {});
    const strange = softwarePasskey(origin).use(options);
    await expect(consoleVisit(origin).post('/sign-in/passkey', { response: strange })).rejects.toMatchObject({
      code: 'passkey_refused',
    });
    const invented = admin.passkey.use({ challenge: Buffer.alloc(54).toString('base64url') });
    await expect(consoleVisit(origin).post('/sign-in/passkey', { response: invented })).rejects.toMatchObject(
      { code: 'passkey_refused' },
    );
  });
  it('control: the same without a lie signs in', async () => {
    expect(await answered({})).toEqual({ ok: true });
  });
});

describe('a role', () => {
  it('opens its own pages and no others', async () => {
    const council = await addOrganisation(admin, { name: 'Town Council', kind: 'council' });
    const referee = await inviteTo(origin, admin, {
      name: 'Ada',
      roles: ['referee'],
      organisation: council,
    });
    const reviewer = await inviteTo(origin, admin, { name: 'Kit', roles: ['reviewer'] });
    for (const path of ['/people', '/organisations', '/record'])
      expect((await referee.page(path)).status).toBe(403);
    for (const path of ['/people', '/organisations']) expect((await reviewer.page(path)).status).toBe(403);
    expect((await reviewer.send('/people', { name: 'X', roles: 'admin', organisation: '' })).status).toBe(
      403,
    );
  });

  it.each<[string, Record<string, string | string[]>]>([
    ['referee without an organisation', { name: 'Nobody 1', roles: 'referee', organisation: '' }],
    ['no role', { name: 'Nobody 2', organisation: '' }],
    ['an unknown role', { name: 'Nobody 3', roles: 'owner', organisation: '' }],
    ['a name that the record uses', { name: 'Operator', roles: 'admin', organisation: '' }],
  ])('is not given: %s', async (_, fields) => {
    expect((await admin.send('/people', fields)).status).toBe(400);
  });

  it('of a referee goes with no other role, and not with an organisation that is not there', async () => {
    const organisation = await addOrganisation(admin, { name: 'A Library', kind: 'library' });
    const both = { name: 'Both', roles: ['referee', 'admin'], organisation };
    expect((await admin.send('/people', both)).status).toBe(400);
    const lost = { name: 'Gone', roles: 'referee', organisation: 'A'.repeat(22) };
    expect((await admin.send('/people', lost)).status).toBe(404);
  });

  it('without the form’s token nothing is done', async () => {
    const answer = await admin.send('/people', { csrf: 'x', name: 'Y', roles: 'admin', organisation: '' });
    expect(answer.status).toBe(403);
  });

  it('ends with who had it; the last admin cannot go', async () => {
    const visit = await inviteTo(origin, admin, { name: 'Brief', roles: ['reviewer'] });
    await admin.send(`/people/${await idOf('Brief')}/removal`, {});
    expect((await visit.page('/record')).status).toBe(401);
    expect((await admin.send(`/people/${await idOf('Robin')}/removal`, {})).status).toBe(409);
    expect((await admin.send('/people', { name: 'brief', roles: 'admin', organisation: '' })).status).toBe(
      409,
    );
  });
});

describe('the record', () => {
  it('shows who did what, by day, and holds together; a changed line shows', async () => {
    const page = await admin.page('/record');
    expect(page.text).toMatch(/All \d+ lines hold together/);
    expect(page.text).toContain('organisation added');
    const kept = await rows('select seq, previous, hash, at, who, body from ledger order by seq');
    expect(kept.every(({ at }) => /^\d{4}-\d\d-\d\d$/.test(String(at)))).toBe(true);
    const records = kept as never as Parameters<typeof firstBreak>[0];
    expect(firstBreak(records)).toBeUndefined();
    const changed = records.map((one) => (one.seq === 3 ? { ...one, who: 'somebody else' } : one));
    expect(firstBreak(changed)).toBe(3);
    expect(firstBreak(records.filter(({ seq }) => seq !== 2))).toBe(2);
  });
});
