import { createHash, randomBytes } from 'node:crypto';
import { practiceClock } from '@answerable/kit/clock';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { vocabulary } from './authorize.ts';
import type { Client } from './client.ts';
import { signInHeadless } from './headless.ts';
import { people } from './people.ts';
import { createIdentityProvider, type IdentityProvider } from './provider.ts';
import type { Account, Outcome } from './sign-in.ts';

const origin = 'http://localhost:4602';
const callback = 'http://localhost:4603/enrolment/callback';
const identity = ['coreIdentityJWT', 'passport', 'drivingPermit', 'address', 'returnCode'];
const clock = practiceClock();
const seconds = () => Math.floor(clock.now().getTime() / 1000);

let provider: IdentityProvider;
let signing: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  signing = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(signing.publicKey)), kid: 'c', alg: 'ES256' }] };
  const client = (client_id: string): Client => ({ client_id, jwks, redirect_uris: [callback] });
  provider = await createIdentityProvider({ origin, clock, clients: [client('registrar'), client('other')] });
});

const call = async (url: string, init: RequestInit) => provider.app.request(url, init);

function authorizeUrl(changes: Record<string, string | undefined> = {}): string {
  const claims = Object.fromEntries(identity.map((name) => [vocabulary + name, { essential: true }]));
  const parameters = {
    client_id: 'registrar',
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid',
    state: 'st',
    nonce: 'bound-nonce',
    vtr: '["Cl.Cm.P2"]',
    claims: JSON.stringify({ userinfo: claims }),
    ...changes,
  };
  const kept = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `${origin}/authorize?${new URLSearchParams(kept)}`;
}

function assertion(changes: Record<string, unknown> = {}, key = signing.privateKey) {
  const payload = {
    jti: randomBytes(8).toString('hex'),
    iss: 'registrar',
    sub: 'registrar',
    aud: `${origin}/token`,
    exp: seconds() + 60,
  };
  return new SignJWT({ ...payload, ...changes }).setProtectedHeader({ alg: 'ES256', kid: 'c' }).sign(key);
}

async function exchange(code: string, fields: Record<string, string> = {}) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(),
    ...fields,
  });
  const response = await provider.app.request('/token', { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const getJson = async (path: string, headers: Record<string, string> = {}) =>
  (await provider.app.request(path, { headers })).json() as Promise<Record<string, unknown>>;

async function codeFor(person: string, changes = {}, how: { account?: Account; outcome?: Outcome } = {}) {
  const back = await signInHeadless({ authorizationUrl: authorizeUrl(changes), person, fetch: call, ...how });
  return new URL(back).searchParams;
}

async function prove(person: string, changes = {}, how: { account?: Account; outcome?: Outcome } = {}) {
  const code = (await codeFor(person, changes, how)).get('code') ?? '';
  const tokens = (await exchange(code)).body;
  const keys = createLocalJWKSet((await getJson('/.well-known/jwks.json')) as unknown as JSONWebKeySet);
  const checks = { issuer: provider.issuer, audience: 'registrar', currentDate: clock.now() };
  const { payload } = await jwtVerify(tokens.id_token ?? '', keys, checks);
  const info = await getJson('/userinfo', { authorization: `Bearer ${tokens.access_token}` });
  return { idToken: payload, info, checks };
}

describe('what it issues', () => {
  it('is what One Login issues', async () => {
    const { idToken, info, checks } = await prove('hounded');
    expect(idToken).toMatchObject({
      nonce: 'bound-nonce',
      vot: 'Cl.Cm',
      vtm: `${origin}/trustmark`,
      sub: info.sub,
    });
    const did = (await getJson('/.well-known/did.json')) as {
      assertionMethod: { id: string; publicKeyJwk: object }[];
    };
    const method = did.assertionMethod[0]!;
    expect(method.id).toMatch(/^did:web:localhost%3A4602#/);
    const key = await importJWK({ ...method.publicKeyJwk }, 'ES256');
    const core = await jwtVerify(String(info[`${vocabulary}coreIdentityJWT`]), key, checks);
    expect(core.protectedHeader.kid).toBe(method.id);
    expect(core.payload).toMatchObject({ vot: 'P2', sub: info.sub });
    const subject = (core.payload.vc as { credentialSubject: unknown }).credentialSubject;
    expect(subject).toMatchObject({
      name: [
        {
          nameParts: [
            { type: 'GivenName', value: 'Priya' },
            { type: 'FamilyName', value: 'Marlowe' },
          ],
        },
      ],
      birthDate: [{ value: '1989-04-12' }],
    });
    expect(info[`${vocabulary}passport`]).toEqual([people[0]!.passport]);
    expect(info[`${vocabulary}address`]).toMatchObject([{ addressCountry: 'GB' }]);
    expect(info[`${vocabulary}returnCode`]).toEqual([]);
  });

  it('gives another subject and another document to the same person with a new account', async () => {
    const first = await prove('hounder');
    const again = await prove('hounder');
    const second = await prove('hounder', {}, { account: 'second' });
    expect(again.info.sub).toBe(first.info.sub);
    expect(second.info.sub).not.toBe(first.info.sub);
    expect(second.info[`${vocabulary}passport`]).toBeUndefined();
    expect(second.info[`${vocabulary}drivingPermit`]).toHaveLength(1);
  });

  it('tells only what was asked for', async () => {
    const { info } = await prove('young', { claims: undefined, vtr: '["Cl.Cm"]' });
    expect(Object.keys(info)).toEqual(['sub']);
  });

  it('tells a failed proof by a letter, or as access_denied; and a letter may come with success', async () => {
    const { info } = await prove('newcomer', {}, { outcome: 'failed' });
    expect(Object.keys(info)).toEqual(['sub', `${vocabulary}returnCode`]);
    const claims = JSON.stringify({ userinfo: { [`${vocabulary}coreIdentityJWT`]: null } });
    expect((await codeFor('newcomer', { claims }, { outcome: 'failed' })).get('error')).toBe('access_denied');
    const lettered = await prove('neighbour');
    expect(lettered.info[`${vocabulary}returnCode`]).toHaveLength(1);
    expect(lettered.info[`${vocabulary}coreIdentityJWT`]).toBeDefined();
  });

  it('takes a signed request object, with claims as JSON in a string', async () => {
    const url = new URL(authorizeUrl());
    const payload = { ...Object.fromEntries(url.searchParams), iss: 'registrar', aud: `${origin}/authorize` };
    const sign = (key: typeof signing.privateKey) =>
      new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'c' }).sign(key);
    const ask = (request: string) =>
      provider.app.request(`/authorize?${new URLSearchParams({ client_id: 'registrar', request })}`);
    expect((await ask(await sign(signing.privateKey))).headers.get('location')).toMatch(/^\/sign-in\//);
    const stranger = await generateKeyPair('ES256');
    expect((await ask(await sign(stranger.privateKey))).status).toBe(400);
  });
});

describe('what it refuses', () => {
  it('sends nobody to an address that the client did not name', async () => {
    const elsewhere = await provider.app.request(authorizeUrl({ redirect_uri: 'http://evil.example/' }));
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([400, null]);
    expect((await provider.app.request(authorizeUrl({ client_id: 'nobody' }))).status).toBe(400);
  });

  it.each([
    ['no nonce', { nonce: undefined }],
    ['another response type', { response_type: 'token' }],
    ['no openid', { scope: 'email' }],
    ['a broken vtr', { vtr: 'P2' }],
    ['broken claims', { claims: '{' }],
  ])('sends back a request with %s', async (_name, changes) => {
    const location = (await provider.app.request(authorizeUrl(changes))).headers.get('location') ?? '';
    expect(new URL(location).searchParams.get('error')).toBe('invalid_request');
  });

  it('gives the word of a person who stopped', async () => {
    const back = await codeFor('survivor', {}, { outcome: 'stopped' });
    expect([back.get('error'), back.get('code'), back.get('state')]).toEqual(['access_denied', null, 'st']);
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    [
      'of a stranger',
      async () => ({ client_assertion: await assertion({}, (await generateKeyPair('ES256')).privateKey) }),
    ],
    [
      'for another audience',
      async () => ({ client_assertion: await assertion({ aud: 'https://other.example' }) }),
    ],
    ['that is over', async () => ({ client_assertion: await assertion({ exp: seconds() - 60 }) })],
    ['good for a day', async () => ({ client_assertion: await assertion({ exp: seconds() + 86_400 }) })],
    ['without a name of its own', async () => ({ client_assertion: await assertion({ jti: undefined }) })],
    ['that is no token', async () => ({ client_assertion: 'x' })],
  ])('takes no assertion %s', async (_name, fields) => {
    const code = (await codeFor('hounded')).get('code') ?? '';
    expect(await exchange(code, await fields())).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  it('takes an assertion, a code and a request once', async () => {
    const once = { client_assertion: await assertion() };
    const code = (await codeFor('hounded')).get('code') ?? '';
    expect((await exchange(code, once)).status).toBe(200);
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    const next = (await codeFor('hounded')).get('code') ?? '';
    expect((await exchange(next, once)).body.error).toBe('invalid_client');
  });

  it('gives a code to no other client, address or verifier', async () => {
    const code = async (changes = {}) => (await codeFor('hounded', changes)).get('code') ?? '';
    const other = { client_assertion: await assertion({ iss: 'other', sub: 'other' }) };
    expect((await exchange(await code(), other)).body.error).toBe('invalid_grant');
    expect((await exchange(await code(), { redirect_uri: `${callback}/x` })).body.error).toBe(
      'invalid_grant',
    );
    const verifier = 'v'.repeat(43);
    const pkce = {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    expect((await exchange(await code(pkce))).body.error).toBe('invalid_grant');
    expect((await exchange(await code(pkce), { code_verifier: verifier })).status).toBe(200);
  });

  it('forgets codes and access tokens after their minutes', async () => {
    const code = (await codeFor('hounded')).get('code') ?? '';
    const { body } = await exchange((await codeFor('hounded')).get('code') ?? '');
    clock.advance({ minutes: 6 });
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    const late = await provider.app.request('/userinfo', {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(late.status).toBe(401);
  });

  it('does not run in production', async () => {
    await expect(createIdentityProvider({ origin, clients: [], mode: 'production' })).rejects.toThrow(
      'The practice identity provider is for practice only and does not run in production.',
    );
  });
});
