/**
 * A real personal data server, a real labeler, a real gateway and a real desk, with real proofs: somebody joins,
 * posts, is reported, barred and taken down, refused again, and comes back on appeal; somebody else joins meanwhile
 * and is restricted; what is hidden and who is restricted is read back as signed labels.
 */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import type { Credential } from '@answerable/core/presentation/credential';
import { type RunningDesk, start as startDesk } from '@answerable/desk/start';
import { type Moderator, reasonsOf, signIn } from '@answerable/desk/testing/desk-world';
import { conductFinding } from '@answerable/desk/testing/example-case';
import { signInToken } from '@answerable/desk/testing/fake-neighbours';
import { startTown, type Town } from '@answerable/gateway/bluesky/testing/town';
import { postJson, token, type Visit } from '@answerable/gateway/testing/scene';
import { signCall } from '@answerable/gateway/testing/wallet';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealLabeler, startRealLabeler } from './real-labeler.ts';
import { type RealServer, startRealServer } from './real-server.ts';

const installed = { folder: process.env.PLATFORM_FOLDER!, node: process.env.PLATFORM_NODE! };
const serviceDid = 'did:web:desk.example';
const password = 'a-password-for-trying';

let server: RealServer;
let labeler: RealLabeler;
let town: Town;
let desk: RunningDesk;
let database: TestDatabase;
let folder: string;
let [a, b, c]: Moderator[] = [];

beforeAll(async () => {
  const deskPort = await freePort();
  const deskOrigin = `http://localhost:${deskPort}`;
  server = await startRealServer(installed, { url: deskOrigin, did: serviceDid });
  labeler = await startRealLabeler(installed, server.directory);
  town = await startTown(
    { origin: server.origin, adminPassword: server.adminPassword, labeler: labeler.settings },
    { deskOrigin, upkeepSeconds: 0.5 },
  );
  database = await testDatabase('platform_desk');
  folder = mkdtempSync(join(tmpdir(), 'answerable-desk-'));
  const { origin, adminPassword, directory: resolver } = server;
  desk = await startDesk(
    {
      name: 'desk',
      mode: 'practice',
      host: '127.0.0.1',
      port: deskPort,
      origin: deskOrigin,
      dataDir: folder,
      databaseUrl: database.url,
      policyPath: town.config.policyPath,
      platform: {
        kind: 'bluesky',
        name: 'forum',
        origin,
        adminPassword,
        labeler: labeler.settings,
        reports: { serviceDid, resolver },
      },
      gateway: { origin: town.config.origin, token },
      signInToken,
      tickSeconds: 0.2,
    },
    { journal: silentJournal },
  );
  a = await signIn(deskOrigin, { name: 'Moderator A', roles: ['moderator'] });
  b = await signIn(deskOrigin, { name: 'Moderator B', roles: ['moderator'] });
  c = await signIn(deskOrigin, { name: 'Appeals C', roles: ['appeals'] });
}, 120_000);
afterAll(async () => {
  await desk?.close();
  await town?.close();
  await labeler?.close();
  await server?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Member {
  did: string;
  handle: string;
  session: string;
}

async function signUp(code: string, name: string): Promise<Member> {
  const handle = `${name}.test`;
  const account = { handle, email: `${name}@example.com`, password, inviteCode: code };
  const { status, body } = await server.post('com.atproto.server.createAccount', account);
  expect([status, body.error]).toEqual([200, undefined]);
  return { did: body.did, handle, session: body.accessJwt };
}
const signInThere = (handle: string) =>
  server.post('com.atproto.server.createSession', { identifier: handle, password });
const tellGateway = async (path: string, body: object): Promise<number> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(town.config.origin + path, init)).status;
};
const takenDown = async (did: string): Promise<boolean> =>
  (await server.admin('com.atproto.admin.getSubjectStatus', { did })).body.takedown?.applied === true;

describe('on a real personal data server', () => {
  let person: Credential;
  let visit: Visit;
  let ada: Member;
  let second: Member;
  let bob: Member;
  let caseId = '';
  let post: { uri: string; cid: string };

  it('nobody signs up without a code, and somebody who was admitted does', async () => {
    const stranger = { handle: 'eve.test', email: 'eve@example.com', password };
    expect((await server.post('com.atproto.server.createAccount', stranger)).body.error).toBe(
      'InvalidInviteCode',
    );
    person = town.network.enrol();
    visit = await town.join(person);
    const code = await town.code(visit);
    ada = await signUp(code, 'ada');
    const page = await town.joinedPage(visit);
    expect(page).toContain('Your account is there');
    expect(page).toContain(ada.did);
    const again = { handle: 'ada2.test', email: 'ada2@example.com', password, inviteCode: code };
    expect((await server.post('com.atproto.server.createAccount', again)).body.error).toBe(
      'InvalidInviteCode',
    );
  });

  it('has a second account, which nothing joins to the first', async () => {
    second = await signUp(await town.code(await town.join(person, 2)), 'ada-two');
    expect(second.did).not.toBe(ada.did);
  });

  it('another person is admitted, by a code of their own', async () => {
    bob = await signUp(await town.code(await town.join(town.network.enrol())), 'bob');
    expect(bob.did).not.toBe(ada.did);
  });

  it('a post is made, reported through the server, and a case at the desk', async () => {
    const record = {
      $type: 'app.bsky.feed.post',
      text: 'Forty hateful words.',
      createdAt: new Date().toISOString(),
    };
    const made = { repo: ada.did, collection: 'app.bsky.feed.post', record };
    const written = await server.post('com.atproto.repo.createRecord', made, ada.session);
    expect(written.status).toBe(200);
    post = { uri: written.body.uri, cid: written.body.cid };
    const report = {
      reasonType: 'com.atproto.moderation.defs#reasonRude',
      reason: 'Please look.',
      subject: { $type: 'com.atproto.repo.strongRef', ...post },
    };
    const sent = await server.post('com.atproto.moderation.createReport', report, bob.session);
    expect([sent.status, sent.body.reportedBy]).toEqual([200, bob.did]);
    const locator = foreignLocator('post', 'forum', post.uri);
    await expect
      .poll(async () => {
        const { body } = await a!.get('/');
        for (const one of body.cases) {
          const view = (await a!.get(`/cases/${one.caseId}`)).body;
          const item = view.items.find((each: { locator: string }) => each.locator === locator);
          if (item?.seen !== 'platform') continue;
          caseId = one.caseId;
          return item.author;
        }
        return undefined;
      })
      .toBe(foreignSub('forum', ada.did));
  });

  it('the person is barred by two, and taken down there with every account', async () => {
    await a!.post(`/cases/${caseId}/claim`);
    const sub = foreignSub('forum', ada.did);
    const until = new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10);
    const proposed = await a!.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding([foreignLocator('post', 'forum', post.uri)]),
      decision: {
        path: 'conduct',
        measures: [
          { kind: 'hide-item', target: foreignLocator('post', 'forum', post.uri) },
          { kind: 'sanction', sub, holds: 'person', step: 'bar', until },
        ],
        reasons: reasonsOf(),
      },
    });
    expect(proposed.body).toMatchObject({ phase: 'escalated' });
    expect(await takenDown(ada.did)).toBe(false);
    expect((await b!.post(`/cases/${caseId}/confirmation`)).body).toMatchObject({ phase: 'closed' });
    await expect.poll(() => takenDown(ada.did), { timeout: 10_000 }).toBe(true);
    expect((await signInThere(ada.handle)).body.error).toBe('AccountTakedown');
    // The desk never heard of this one: the gateway knows that it is theirs.
    await expect.poll(() => takenDown(second.did), { timeout: 10_000 }).toBe(true);
    expect(await takenDown(bob.did)).toBe(false);
  });

  it('the post is taken down there and labelled, and nobody’s account is labelled', async () => {
    await expect.poll(() => labeler.labels(post.uri), { timeout: 10_000 }).toEqual(['!hide']);
    expect((await server.admin('com.atproto.admin.getSubjectStatus', post)).body.takedown.applied).toBe(true);
    expect(await labeler.labels(ada.did)).toEqual([]);
  });

  it('a restriction of somebody else is a label on the account, until it is lifted', async () => {
    const [sanction, caseId] = [randomBytes(16), randomBytes(16)].map((bytes) => bytes.toString('base64url'));
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const sub = foreignSub('forum', bob.did);
    const restriction = { sanction, caseId, sub, holds: 'person', step: 'restrict', until };
    expect(await tellGateway('/desk/sanctions', restriction)).toBe(200);
    await expect.poll(() => labeler.labels(bob.did), { timeout: 10_000 }).toEqual(['!warn']);
    expect((await signInThere(bob.handle)).status).toBe(200);
    expect(await tellGateway(`/desk/sanctions/${sanction}/lift`, {})).toBe(200);
    await expect.poll(() => labeler.labels(bob.did), { timeout: 10_000 }).toEqual([]);
  });

  it('the same person is refused again, as new and as known, and another one is admitted', async () => {
    const back = await town.arriveAtJoin();
    expect(await town.answer(back, town.answerNew(back, person, 3))).toMatchObject({
      status: 403,
      body: { code: 'barred' },
    });
    const known = await town.arriveAtJoin();
    expect((await town.answer(known, town.answerKnown(known, person, 1))).body.code).toBe('barred');
    expect((await town.askForCode(visit)).status).toBe(403);
    const other = await signUp(await town.code(await town.join(town.network.enrol())), 'cleo');
    expect((await signInThere(other.handle)).status).toBe(200);
  });

  it('on appeal, heard by somebody else, the account is back', async () => {
    const { scope } = visit.request.message;
    const call = { kind: 'appeal', caseId, track: 'normal', grounds: 'It was a quotation.' } as const;
    const said = signCall(person, scope, 'gateway', call);
    expect((await postJson({ fetch }, `${town.config.origin}/account/calls`, said)).status).toBe(200);
    await c!.post(`/cases/${caseId}/claim`);
    const hearing = { outcome: 'overturned', reply: 'The facts do not carry a bar.' };
    expect((await c!.post(`/cases/${caseId}/hearing`, hearing)).body).toMatchObject({ phase: 'closed' });
    await expect.poll(() => takenDown(ada.did), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => takenDown(second.did), { timeout: 10_000 }).toBe(false);
    expect((await signInThere(ada.handle)).status).toBe(200);
    await expect.poll(() => labeler.labels(post.uri), { timeout: 10_000 }).toEqual([]);
    const { takedown } = (await server.admin('com.atproto.admin.getSubjectStatus', post)).body;
    expect(takedown.applied).toBe(false);
  });
});

describe('what did not come through the door is taken down there:', () => {
  const code = async (forAccount: string) => {
    const basic = `Basic ${Buffer.from(`admin:${server.adminPassword}`).toString('base64')}`;
    const response = await fetch(`${server.origin}/xrpc/com.atproto.server.createInviteCode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: basic },
      body: JSON.stringify({ useCount: 1, forAccount }),
    });
    return (await response.json()).code as string;
  };
  it('an account with a code that was not given out here', async () => {
    const { did } = await signUp(await code('did:web:friends.example'), 'dan');
    await expect.poll(() => takenDown(did), { timeout: 10_000 }).toBe(true);
  });
});

describe('moving an account here', () => {
  const move = async (did: string, token: string, inviteCode?: string) =>
    server.post(
      'com.atproto.server.createAccount',
      {
        did,
        handle: `m${randomBytes(4).toString('hex')}.test`,
        email: `${randomBytes(4).toString('hex')}@example.com`,
        password,
        ...(inviteCode ? { inviteCode } : {}),
      },
      token,
    );
  it('needs a code as well, and the DID that comes is bound', async () => {
    const { did, token } = await server.migrant();
    expect((await move(did, token)).body.error).toBe('InvalidInviteCode');
    const visit = await town.join(town.network.enrol());
    const moved = await move(did, token, await town.code(visit, did));
    expect([moved.status, moved.body.did]).toEqual([200, did]);
    expect(await town.joinedPage(visit)).toContain(did);
    expect(await takenDown(did)).toBe(false);
  });
  it('with a code for another account is taken down', async () => {
    const [said, comes] = [await server.migrant(), await server.migrant()];
    const visit = await town.join(town.network.enrol());
    const moved = await move(comes.did, comes.token, await town.code(visit, said.did));
    expect(moved.status).toBe(200);
    await expect.poll(() => takenDown(comes.did), { timeout: 10_000 }).toBe(true);
    expect(await town.joinedPage(visit)).toContain('An account was taken down');
  });
});
