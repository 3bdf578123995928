/**
 * What the software of each platform really sends and reads, replayed request by request. NodeBB's as it was seen
 * of 4.15.1 with nodebb-plugin-sso-oauth2-multiple 2.0.0 (test/platforms). Of the others contract-tested, not run: facts
 * from their public source, Discourse's openid-connect plugin, Mastodon with omniauth_openid_connect, Synapse's
 * oidc handler. WordPress: wordpress.test.ts.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser } from '../testing/browser.ts';
import { basic, type Client, claimsIn, clientOf } from '../testing/client.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';
import { signCall } from '../testing/wallet.ts';

let scene: Scene;
let told: Server;
const tokensTold: string[] = [];
const insists = { relayAddress: true, disclose: ['over_18'] } as const;
const post = { clientAuth: 'client_secret_post' } as const;
beforeAll(async () => {
  told = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      tokensTold.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.end();
    });
  });
  await new Promise<void>((resolve) => told.listen(0, '127.0.0.1', resolve));
  const backchannelLogoutUri = `http://127.0.0.1:${(told.address() as AddressInfo).port}/_synapse/client/oidc/backchannel_logout`;
  const policyOf = (extra: object) => ({ ...extra, disclose: [...insists.disclose] });
  scene = await startScene({
    relayDomain: 'relay.example',
    others: [
      {
        name: 'nodebb',
        policy: policyOf({ relayAddress: true }),
        platform: { ...post, redirectUris: ['http://localhost:9/auth/nodebb/callback'] },
      },
      {
        name: 'discourse',
        policy: policyOf({ relayAddress: true }),
        platform: {
          redirectUris: ['http://localhost:9/auth/oidc/callback'],
          postLogoutOrigins: ['http://localhost:9'],
          holdTo: ['nonce'],
        },
      },
      {
        name: 'mastodon',
        policy: policyOf({ relayAddress: true }),
        platform: {
          redirectUris: ['http://localhost:9/auth/auth/openid_connect/callback'],
          holdTo: ['nonce'],
        },
      },
      {
        name: 'synapse',
        policy: policyOf({}),
        platform: {
          redirectUris: ['http://localhost:9/_synapse/client/oidc/callback'],
          backchannelLogoutUri,
          holdTo: ['pkce', 'nonce'],
        },
      },
    ],
  });
});
afterAll(async () => {
  await scene?.close();
  told?.close();
});

const begin = (name: string): { client: Client; redirect_uri: string; query: Record<string, string> } => {
  const client = clientOf(scene, name);
  const redirect_uri = client.platform.redirectUris[0]!;
  return { client, redirect_uri, query: { client_id: name, response_type: 'code', redirect_uri } };
};
const issuer = () => `${scene.config.origin}/oidc`;
const json = async (path: string) => (await fetch(issuer() + path)).json() as Promise<Record<string, string>>;
const verified = async (jwt: string, audience: string) =>
  jwtVerify(jwt, createLocalJWKSet((await json('/jwks')) as unknown as JSONWebKeySet), {
    issuer: issuer(),
    audience,
  });
const relay = /^[a-z0-9]+@relay\.example$/;
const sub = /^[a-z2-7]{52}$/;
const asShown = { answerable: true, standing: 'good', over_18: true };

const challenge = () => {
  const verifier = randomBytes(36).toString('base64url');
  return {
    verifier,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
};

/** The whole of a sign-out with a browser that has no session; where it leads, or the page where it ends. */
async function signOut(query: Record<string, string>): Promise<string> {
  const visitor = browser();
  const address = `${issuer()}/session/end?${new URLSearchParams(query)}`;
  const html = await (await visitor.fetch(address, { headers: { accept: 'text/html' } })).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const done = await visitor.fetch(`${issuer()}/session/end/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
  });
  return done.headers.get('location') ?? '';
}

describe('NodeBB', () => {
  it('sends a state of 128 characters, no nonce, no challenge, the secret in the body; reads all from userinfo', async () => {
    const { client, redirect_uri, query } = begin('nodebb');
    const state = randomBytes(64).toString('hex');
    const back = await client.signUp(
      scene.network.enrol(),
      { ...query, state, scope: 'openid profile email' },
      { handle: 'moss' },
    );
    // It takes nobody back with another one.
    expect(back.get('state')).toBe(state);
    const form = {
      grant_type: 'authorization_code',
      redirect_uri,
      client_id: 'nodebb',
      client_secret: token,
    };
    const { status, body } = await client.token({ ...form, code: back.get('code')! });
    expect(status).toBe(200);
    const profile = await client.userInfo(body.access_token);
    expect(profile).toEqual({
      sub: expect.stringMatching(sub),
      preferred_username: 'moss',
      email: expect.stringMatching(relay),
      email_verified: true,
      ...asShown,
    });
    // As the plugin puts them together: each must be there.
    const { id, nickname, name, email } = profile;
    const read = {
      id: id || profile.sub,
      displayName: nickname || profile.preferred_username || name,
      email,
    };
    expect(Object.values(read).every(Boolean)).toBe(true);
  });

  it('is refused with another secret, in the body or in a header', async () => {
    const { client, redirect_uri, query } = begin('nodebb');
    const back = await client.signUp(scene.network.enrol(), { ...query, scope: 'openid email profile' });
    const form = { grant_type: 'authorization_code', redirect_uri, code: back.get('code')! };
    expect((await client.token(form, basic('nodebb', `${token}x`))).status).toBe(401);
    const wrong = { ...form, client_id: 'nodebb', client_secret: `${token}x` };
    expect((await client.token(wrong)).status).toBe(401);
  });
});

describe('Discourse', () => {
  const sent = () => ({
    scope: 'openid profile email',
    state: randomBytes(24).toString('hex'),
    nonce: randomBytes(32).toString('hex'),
  });

  it('finds all by discovery, reads issuer, audience, time and nonce, and takes a boolean for a checked address', async () => {
    const { client, redirect_uri, query } = begin('discourse');
    const found = await json('/.well-known/openid-configuration');
    expect(found).toMatchObject({
      issuer: issuer(),
      authorization_endpoint: `${issuer()}/auth`,
      token_endpoint: `${issuer()}/token`,
      userinfo_endpoint: `${issuer()}/me`,
    });
    const asked = sent();
    const back = await client.signUp(scene.network.enrol(), { ...query, ...asked }, { handle: 'heath' });
    expect(back.get('state')).toBe(asked.state);
    const form = { grant_type: 'authorization_code', code: back.get('code')!, redirect_uri };
    const { body } = await client.token(form, basic('discourse', token));
    const read = claimsIn(body.id_token);
    expect(read).toMatchObject({ iss: found.issuer, aud: 'discourse', nonce: asked.nonce });
    const info = await client.userInfo(body.access_token);
    expect(info.sub).toBe(read.sub);
    expect(info.email_verified).toBe(true);
    expect(info).toMatchObject({
      preferred_username: 'heath',
      email: expect.stringMatching(relay),
      ...asShown,
    });
  });

  it('sends a challenge where it is set to, beside its secret, and signs out with the identity token it kept', async () => {
    const { client, redirect_uri, query } = begin('discourse');
    const { verifier, ...pkce } = challenge();
    const back = await client.signUp(scene.network.enrol(), { ...query, ...sent(), ...pkce });
    const form = { grant_type: 'authorization_code', code: back.get('code')!, redirect_uri };
    const sentBack = { ...form, code_verifier: verifier };
    const { body } = await client.token(sentBack, basic('discourse', token));
    expect(claimsIn(body.id_token).aud).toBe('discourse');
    const home = 'http://localhost:9/latest';
    const leave = { id_token_hint: body.id_token, post_logout_redirect_uri: home };
    expect(await signOut(leave)).toBe(home);
  });

  it('gets an error back, with its state, when the nonce it always sends is missing', async () => {
    const { client, query } = begin('discourse');
    const { nonce: _, ...asked } = sent();
    const { url } = await client.send({ ...query, ...asked });
    const back = new URL(url).searchParams;
    expect([back.get('error'), back.get('state')]).toEqual(['invalid_request', asked.state]);
  });
});

describe('Mastodon', () => {
  it('verifies the identity token by the published keys, sends the scope again, and makes the handle its username', async () => {
    const { client, redirect_uri, query } = begin('mastodon');
    const asked = {
      scope: 'openid profile email',
      state: randomBytes(16).toString('hex'),
      nonce: randomBytes(16).toString('hex'),
    };
    const handle = 'a_handle_of_just_thirty_letter';
    const back = await client.signUp(scene.network.enrol(), { ...query, ...asked }, { handle });
    const form = {
      grant_type: 'authorization_code',
      code: back.get('code')!,
      redirect_uri,
      scope: 'openid profile email',
    };
    const { body } = await client.token(form, basic('mastodon', token));
    const { payload, protectedHeader } = await verified(body.id_token, 'mastodon');
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload.nonce).toBe(asked.nonce);
    const info = await client.userInfo(body.access_token);
    const uid = String(info.preferred_username);
    // As Mastodon shortens it: nothing is lost, so that nobody gets somebody else's name.
    expect(
      uid
        .split('@')[0]!
        .replaceAll(/[^a-z0-9_]+/gi, '')
        .slice(0, 30),
    ).toBe(handle);
    expect(String(info.sub).slice(0, 30)).not.toBe(info.sub);
    expect(info).toMatchObject({ email: expect.stringMatching(relay), email_verified: true });
  });

  it('signs out without saying who asks, and so ends at a page of ours', async () => {
    const ended = await signOut({ post_logout_redirect_uri: 'http://localhost:9/auth/sign_in' });
    expect(ended).toBe(`${issuer()}/session/end/success`);
    expect(await (await fetch(ended, { headers: { accept: 'text/html' } })).text()).toContain(
      'You are signed out',
    );
  });
});

describe('Synapse, and the Matrix Authentication Service', () => {
  const sent = { scope: 'openid profile', state: 'a-state', nonce: 'a-nonce' };

  it('learns from discovery that it can use a challenge, uses it, and gets no address', async () => {
    expect((await json('/.well-known/openid-configuration')).code_challenge_methods_supported).toContain(
      'S256',
    );
    const { client, redirect_uri, query } = begin('synapse');
    const { verifier, ...pkce } = challenge();
    const back = await client.signUp(scene.network.enrol(), { ...query, ...sent, ...pkce });
    const form = {
      grant_type: 'authorization_code',
      code: back.get('code')!,
      redirect_uri,
      code_verifier: verifier,
    };
    const { body } = await client.token(form, basic('synapse', token));
    const { payload } = await verified(body.id_token, 'synapse');
    expect(payload).toMatchObject({ nonce: sent.nonce, sid: expect.any(String), ...asShown });
    expect(await client.userInfo(body.access_token)).not.toHaveProperty('email');
  });

  it('is refused without a challenge, and with another verifier than it began with', async () => {
    const { client, redirect_uri, query } = begin('synapse');
    const { url } = await client.send({ ...query, ...sent });
    expect(new URL(url).searchParams.get('error')).toBe('invalid_request');
    const { verifier: _, ...pkce } = challenge();
    const back = await client.signUp(scene.network.enrol(), { ...query, ...sent, ...pkce });
    const form = {
      grant_type: 'authorization_code',
      code: back.get('code')!,
      redirect_uri,
      code_verifier: challenge().verifier,
    };
    expect((await client.token(form, basic('synapse', token))).body.error).toBe('invalid_grant');
  });

  it('hears of an account’s end by a token that names the session it got at sign-in, in every sign-in the same', async () => {
    const { client, redirect_uri, query } = begin('synapse');
    const person = scene.network.enrol();
    const signedIn = async (back: URLSearchParams, verifier: string) => {
      const form = {
        grant_type: 'authorization_code',
        code: back.get('code')!,
        redirect_uri,
        code_verifier: verifier,
      };
      return claimsIn((await client.token(form, basic('synapse', token))).body.id_token);
    };
    const [one, two] = [challenge(), challenge()];
    const withoutVerifier = ({ verifier: _, ...pkce }: typeof one) => ({ ...query, ...sent, ...pkce });
    const first = await signedIn(await client.signUp(person, withoutVerifier(one)), one.verifier);
    const second = await signedIn(await client.signIn(person, withoutVerifier(two)), two.verifier);
    expect(second.sid).toBe(first.sid);
    const scope = {
      protocol: 'openid',
      kind: 'platform',
      origin: scene.config.origin,
      platform: 'synapse',
    } as const;
    await fetch(`${scene.config.origin}/account/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signCall(person, scope, 'gateway', { kind: 'close' })),
    });
    await expect.poll(() => tokensTold.length).toBe(1);
    const { payload, protectedHeader } = await verified(tokensTold[0]!, 'synapse');
    expect(protectedHeader.typ).toBe('logout+jwt');
    expect(payload).toMatchObject({ sub: first.sub, sid: first.sid, jti: expect.any(String) });
    expect(payload.events).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
    expect(payload).not.toHaveProperty('nonce');
  });
});
