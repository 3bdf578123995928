/** A change of keys while people sign in: tokens of before verify, remembered lists of keys hold, two gateways agree. */

import { join } from 'node:path';
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start } from '../start.ts';
import { basic, clientOf } from '../testing/client.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';
import { answerAsKnown } from '../testing/wallet.ts';
import { rotateKeys } from './rotate-keys.ts';

let scene: Scene;
let clock: PracticeClock;
beforeAll(async () => {
  clock = practiceClock();
  scene = await startScene({ clock });
});
afterAll(() => scene?.close());

const query = {
  client_id: 'forum',
  response_type: 'code',
  scope: 'openid',
  redirect_uri: 'http://localhost:9/callback',
};
const keysAt = async (origin = scene.config.origin) => {
  const response = await fetch(`${origin}/oidc/jwks`);
  expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
  return (await response.json()) as JSONWebKeySet;
};
const signedIn = async () => {
  const back = await clientOf(scene).signUp(scene.network.enrol(), query);
  const form = {
    grant_type: 'authorization_code',
    code: back.get('code')!,
    redirect_uri: query.redirect_uri,
  };
  return (await clientOf(scene).token(form, basic('forum', token))).body.id_token;
};
const verified = (jwt: string, keys: JSONWebKeySet) =>
  jwtVerify(jwt, createLocalJWKSet(keys), { audience: 'forum' }).then(
    ({ protectedHeader }) => protectedHeader.kid,
    () => 'refused',
  );

it('a key is shown before it signs, and after, until its last token is over', async () => {
  const before = await signedIn();
  const shownBefore = await keysAt();
  expect(shownBefore.keys.every((key) => !('d' in key) && !('p' in key))).toBe(true);
  const first = await verified(before, shownBefore);

  await rotateKeys(join(scene.config.dataDir, 'keys'), clock.now());
  clock.advance({ minutes: 1 });
  const remembered = await keysAt();
  expect(remembered.keys).toHaveLength(4);
  expect(await verified(await signedIn(), remembered)).toBe(first);

  // The moment of the change: the list that a platform remembers has the new key in it.
  clock.advance({ days: 7 });
  const after = await signedIn();
  const second = await verified(after, remembered);
  expect(second).not.toBe(first);
  expect(second).not.toBe('refused');
  expect(await verified(before, await keysAt())).toBe(first);
  // What a list from before the rotation would have come to, had the key not been shown first.
  expect(await verified(after, shownBefore)).toBe('refused');

  clock.advance({ hours: 1 });
  const late = await keysAt();
  expect(late.keys).toHaveLength(2);
  expect(await verified(before, late)).toBe('refused');
  expect(await verified(after, late)).toBe(second);
});

it('a sign-in that is under way when keys change goes on', async () => {
  const person = scene.network.enrol();
  const client = clientOf(scene);
  await client.signUp(person, query);
  const visit = await client.arrive(query);
  await rotateKeys(join(scene.config.dataDir, 'keys'), clock.now());
  clock.advance({ days: 7, minutes: 1 });
  // Its request is over by this clock; that it is found at all is by the cookie of before.
  await expect(client.goOn(visit, answerAsKnown(person, visit.request))).rejects.toThrow('nonce_expired');
});

it('two gateways on one folder come to the same keys, and each takes what the other gave', async () => {
  const port = await freePort();
  const other = await start({ ...scene.config, port }, { journal: silentJournal, clock });
  try {
    await rotateKeys(join(scene.config.dataDir, 'keys'), clock.now());
    clock.advance({ days: 7, minutes: 1 });
    const here = await keysAt();
    const there = await keysAt(`http://localhost:${port}`);
    expect(there).toEqual(here);
    expect(await verified(await signedIn(), there)).not.toBe('refused');
  } finally {
    await other.close();
  }
});
