/** Addresses that are made for one account each, where a platform insists on e-mail. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayConfig } from './config.ts';
import { drawRelayPart, relayAddress } from './relay.ts';
import { type Answered, type Scene, startScene } from './testing/scene.ts';

type Claims = Record<string, unknown>;
async function claimsOf(scene: Scene, answered: Answered): Promise<Claims> {
  const { config } = scene;
  const { url } = await answered.browser.follow(answered.body.resume!, ({ port }) => port === '9');
  const { clientSecret, redirectUris } = config.platforms[0]!;
  const response = await fetch(`${config.origin}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`forum:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(url).searchParams.get('code')!,
      redirect_uri: redirectUris[0]!,
    }),
  });
  const { id_token } = (await response.json()) as { id_token: string };
  return JSON.parse(Buffer.from(id_token.split('.')[1]!, 'base64url').toString()) as Claims;
}

describe('a platform that insists on an address', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ relayDomain: 'relay.example', policy: { relayAddress: true } });
  });
  afterAll(() => scene?.close());
  const address = /^[a-z2-9]{16}@relay\.example$/;

  it('gets one for each account, verified as a boolean, the same at every sign-in', async () => {
    const person = scene.network.enrol();
    const first = await claimsOf(scene, await scene.admit(person, { handle: 'wren' }));
    expect(first).toMatchObject({ email: expect.stringMatching(address), email_verified: true });
    const again = await claimsOf(scene, await scene.signIn(person));
    expect(again.email).toBe(first.email);
    const second = await claimsOf(scene, await scene.admit(person, { handle: 'crow', slot: 2 }));
    expect(second.email).toMatch(address);
    expect(second.email).not.toBe(first.email);
    expect(JSON.stringify(scene.journal)).not.toContain(String(first.email).split('@')[0]);
  });

  it('an account from before gets its address when it signs in', async () => {
    const person = scene.network.enrol();
    const first = await claimsOf(scene, await scene.admit(person, { handle: 'heron' }));
    await withConnection(scene.databaseUrl, (run) =>
      run("update account set relay = null where handle = 'heron'"),
    );
    const drawn = (await claimsOf(scene, await scene.signIn(person))).email;
    expect(drawn).toMatch(address);
    // Not the one it had: an address follows from nothing.
    expect(drawn).not.toBe(first.email);
    expect((await claimsOf(scene, await scene.signIn(person))).email).toBe(drawn);
  });

  it('the person was told so in the signed request, and on the page before the wallet', async () => {
    const { request, address, browser } = await scene.arrive();
    expect(request.message.platformPolicy.relayAddress).toBe(true);
    expect(await (await browser.fetch(address)).text()).toContain(
      'an e-mail address made for this place only',
    );
  });
});

describe('a platform that does not', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ relayDomain: 'relay.example' });
  });
  afterAll(() => scene?.close());
  it('gets none, though it asks for the scope, and none is made', async () => {
    const claims = await claimsOf(scene, await scene.admit(scene.network.enrol(), { handle: 'wren' }));
    expect(claims.email).toBeUndefined();
    expect(claims.email_verified).toBeUndefined();
    const rows = await withConnection(scene.databaseUrl, (run) => run('select relay from account'));
    expect(rows).toEqual([{ relay: null }]);
    const { address, browser } = await scene.arrive();
    expect(await (await browser.fetch(address)).text()).not.toContain('e-mail address');
  });

  it.each([
    'relay',
    'https://relay.example',
    'a@relay.example',
    'relay.example/',
    'Relay.example',
    '-a.example',
  ])('no gateway starts with the domain %s', (relayDomain) => {
    expect(gatewayConfig.safeParse({ ...scene.config, relayDomain }).success).toBe(false);
  });
  it('no gateway starts without a domain where a platform insists', () => {
    const [platform] = scene.config.platforms;
    const platforms = [{ ...platform!, policy: { ...platform!.policy, relayAddress: true } }];
    expect(gatewayConfig.safeParse({ ...scene.config, platforms }).success).toBe(true);
    expect(gatewayConfig.safeParse({ ...scene.config, platforms, relayDomain: undefined }).success).toBe(
      false,
    );
  });
});

it('no two drawn parts are alike', () => {
  expect(new Set(Array.from({ length: 2_000 }, drawRelayPart)).size).toBe(2_000);
  expect(relayAddress(null, 'relay.example')).toBeUndefined();
  expect(relayAddress('a', undefined)).toBeUndefined();
});
