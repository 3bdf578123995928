/**
 * A NodeBB that an operator runs already, named with `npm run test:platforms -- --nodebb PATH --url URL --token
 * TOKEN [--uid 1] [--cid 2]`: a forum for trying, never one that people use. The gateway is asked as its sign-in plugin
 * asks; the accounts that the plugin would make are made through the write API, and taken away afterwards.
 * The token is a master token (uid 0), because the new members write through it.
 */

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credential } from '@answerable/core/presentation/credential';
import { type Answered, type Scene, startScene } from '@answerable/gateway/testing/scene';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodebbAsPlugin } from './nodebb-plugin.ts';

const { NODEBB_PATH: path = '', NODEBB_URL: url = '', NODEBB_TOKEN: masterToken = '' } = process.env;
const uid = Number(process.env.NODEBB_UID);
const cid = Number(process.env.NODEBB_CID);
const sinceSeconds = { timeout: 20_000 };
const id = () => randomBytes(16).toString('base64url');

let scene: Scene;
const made: number[] = [];
// biome-ignore lint/suspicious/noExplicitAny: whatever the forum says
type Said = { status: number; body: any };

async function ask(method: string, address: string, body?: object, as = uid): Promise<Said> {
  const at = new URL(address, url);
  at.searchParams.set('_uid', String(as));
  const response = await fetch(at, {
    method,
    headers: { authorization: `Bearer ${masterToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

beforeAll(async () => {
  const file = join(path, 'package.json');
  if (!existsSync(file)) throw new Error('--nodebb: there is no NodeBB at this path.');
  const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
  if (name !== 'nodebb') throw new Error('--nodebb: what lies at this path is not a NodeBB.');
  const plugin = existsSync(join(path, 'node_modules', 'nodebb-plugin-sso-oauth2-multiple'));
  console.log(`NodeBB ${version}; nodebb-plugin-sso-oauth2-multiple is ${plugin ? '' : 'not '}installed.`);
  const self = await ask('GET', '/api/self');
  if (self.status !== 200) throw new Error('--url, --token: the forum does not answer to this token.');
  const origin = new URL(url).origin;
  scene = await startScene({
    relayDomain: 'members.example.org',
    policy: { relayAddress: true, title: 'The forum' },
    platform: {
      clientAuth: 'client_secret_post',
      redirectUris: ['http://localhost:9/auth/forum/callback'],
      connector: { kind: 'nodebb', name: 'forum', origin, token: masterToken, uid },
    },
  });
});
afterAll(async () => {
  for (const member of made) await ask('DELETE', `/api/v3/users/${member}`);
  await scene?.close();
});

/** What the plugin does with what it hears: an account of that name and address. */
async function signUp(answered: Answered): Promise<{ uid: number; sub: string }> {
  const claims = await nodebbAsPlugin(scene.config, answered);
  const account = await ask('POST', '/api/v3/users', {
    username: claims.preferred_username,
    email: claims.email,
    password: id(),
  });
  expect(account.status).toBe(200);
  const member = Number(account.body.response.uid);
  made.push(member);
  return { uid: member, sub: claims.sub };
}
const isBanned = async (member: number): Promise<boolean> => {
  const { body } = await ask('GET', `/api/v3/users/${member}`);
  return Number(body.response?.banned ?? 0) === 1 || body.response?.banned === true;
};

it('somebody joins, posts, is reported, banned, refused again; another joins; a lift brings them back', async () => {
  const person: Credential = scene.network.enrol();
  const member = await signUp(await scene.admit(person));
  const topic = await ask(
    'POST',
    '/api/v3/topics',
    {
      cid,
      title: `A try ${id().slice(0, 6)}`,
      content: 'Words for trying, no more.',
    },
    member.uid,
  );
  expect(topic.status).toBe(200);
  const post = Number(topic.body.response.mainPid);
  const flag = { type: 'post', id: post, reason: 'For trying.' };
  expect((await ask('POST', '/api/v3/flags', flag)).status).toBe(200);

  const sanction = id();
  const bar = { sanction, caseId: id(), sub: member.sub, holds: 'person', step: 'bar', until: '2099-01-01' };
  expect((await scene.desk('sanctions', bar)).status).toBe(200);
  await expect.poll(() => isBanned(member.uid), sinceSeconds).toBe(true);
  expect((await scene.admit(person, { slot: 2 })).body.code).toBe('barred');
  expect((await scene.signIn(person)).body.code).toBe('barred');

  const other = await signUp(await scene.admit(scene.network.enrol()));
  expect(await isBanned(other.uid)).toBe(false);

  expect((await scene.desk(`sanctions/${sanction}/lift`, {})).status).toBe(200);
  await expect.poll(() => isBanned(member.uid), sinceSeconds).toBe(false);
  expect((await scene.signIn(person)).status).toBe(200);
  await ask('DELETE', `/api/v3/topics/${topic.body.response.tid}`);
}, 120_000);
