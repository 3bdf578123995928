/**
 * Our plugin in a NodeBB that an operator runs already, before a real gateway with real proofs: rooms, wishes, blocks that
 * hold the person, knocks, and a gateway that is away. The forum's config.json says where it looks for its gateway, with
 * which token and for which rooms ("answerable", docs/platforms/nodebb.md); the gateway is started there.
 */
import { readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { type Scene, startScene } from '@answerable/gateway/testing/scene';
import { signCall } from '@answerable/gateway/testing/wallet';
import { postJson, token as clientSecret } from '@answerable/gateway/testing/scene';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { join, type Member, visitor } from './nodebb-member.ts';

const { NODEBB_PATH: folder = '', NODEBB_URL: url = '', NODEBB_TOKEN: masterToken = '' } = process.env;
const uid = Number(process.env.NODEBB_UID);
const cid = Number(process.env.NODEBB_CID);
const acts = { read: 'open', post: 'answerable', reply: 'open', message: 'open', upload: 'answerable' } as const;

let scene: Scene;
let settings: { gateway: string; token: string; strategy: string; rooms: Record<string, string>; otherwise: string };
const made: number[] = [];

async function admin(method: string, address: string, body?: object, as = uid) {
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
  settings = JSON.parse(readFileSync(path(folder, 'config.json'), 'utf8')).answerable;
  if (!settings) throw new Error('--nodebb: its config.json says nothing under "answerable".');
  const { gateway, token: apiToken, strategy } = settings;
  const rooms = [...new Set([...Object.values(settings.rooms), settings.otherwise])];
  scene = await startScene({
    port: Number(new URL(gateway).port),
    relayDomain: 'members.example.org',
    policy: {
      relayAddress: true,
      title: 'The forum',
      rooms: rooms.map((id) => ({ id, title: id, acts })),
    },
    platform: {
      apiToken,
      clientAuth: 'client_secret_post',
      redirectUris: [new URL(`/auth/${strategy}/callback`, url).href],
    },
  });
}, 60_000);
afterAll(async () => {
  for (const member of made) await admin('DELETE', `/api/v3/users/${member}`);
  await scene?.close();
});

const newMember = async (person = scene.network.enrol(), slot = 1) => {
  const member = await join(url, settings.strategy, scene, person, slot);
  made.push(member.uid);
  return member;
};

it('walks', async () => {
  const iris = await newMember();
  console.log(iris.uid, iris.username);
  const topic = await iris.ask('POST', '/api/v3/topics', { cid, title: 'A first topic', content: 'Words for trying, no more.' });
  console.log(JSON.stringify(topic).slice(0, 400));
  const { body } = await admin('POST', '/api/v3/users', { username: 'stranger' + Date.now() % 10000, password: 'forum-for-trying-1', email: 'a@example.org' });
  made.push(body.response.uid);
  const no = await admin('POST', '/api/v3/topics', { cid, title: 'A topic', content: 'Words for trying, no more.' }, body.response.uid);
  console.log(JSON.stringify(no));
}, 120_000);
