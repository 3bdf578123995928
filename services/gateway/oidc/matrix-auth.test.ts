/**
 * The Matrix Authentication Service with this gateway as a provider in its `upstream_oauth2`, replayed request by
 * request (contract-tested, not run). Facts from its configuration reference and its public source: discovery
 * checked or none, client_secret_basic, a challenge where discovery says so, a nonce always, the identity token
 * verified by `id_token_signed_response_alg`, and what it checks of a logout token.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, clientOf, type Tokens } from '../testing/client.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';
import { signCall } from '../testing/wallet.ts';

const ulid = '01HFVBY12TMNTYTBV8W921M5FA';
const redirect_uri = `https://auth.town.example/upstream/callback/${ulid}`;
let scene: Scene;
let told: Server;
const heard: { path: string; type: string; form: URLSearchParams }[] = [];
beforeAll(async () => {
  told = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const type = request.headers['content-type'] ?? '';
      heard.push({ path: request.url ?? '', type, form: new URLSearchParams(body) });
      // As it answers: 200 with nothing.
      response.end();
    });
  });
  await new Promise<void>((resolve) => told.listen(0, '127.0.0.1', resolve));
  const { port } = told.address() as AddressInfo;
  const backchannelLogoutUri = `http://127.0.0.1:${port}/upstream/backchannel-logout/${ulid}`;
  scene = await startScene({
    others: [
      {
        name: 'matrix',
        policy: { disclose: ['over_18'] },
        platform: { redirectUris: [redirect_uri], backchannelLogoutUri, holdTo: ['nonce'] },
      },
      { name: 'es', platform: { redirectUris: [redirect_uri], idTokenAlg: 'ES256' } },
    ],
  });
});
afterAll(async () => {
  await scene?.close();
  told?.close();
});

const issuer = () => `${scene.config.origin}/oidc`;
const json = async (address: string) => (await fetch(address)).json() as Promise<Record<string, string[]>>;
const discovered = () => json(`${issuer()}/.well-known/openid-configuration`);

interface Begun {
  name: string;
  nonce: string;
  verifier: string | undefined;
  query: Record<string, string>;
}
/** What it sends a browser with; `pkce_method: auto` is a challenge where discovery found S256. */
async function begin(name = 'matrix', discovery = true): Promise<Begun> {
  const drawn = () => randomBytes(12).toString('base64url');
  const methods = discovery ? (await discovered()).code_challenge_methods_supported! : [];
  const verifier = methods.includes('S256') ? randomBytes(32).toString('base64url') : undefined;
  const nonce = drawn();
  const challenge = verifier && {
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const query = { response_type: 'code', client_id: name, redirect_uri, scope: 'openid profile' };
  return { name, nonce, verifier, query: { ...query, state: drawn(), nonce, ...challenge } };
}
async function exchange({ name, verifier }: Begun, back: URLSearchParams): Promise<Tokens> {
  const form = { grant_type: 'authorization_code', code: back.get('code')!, redirect_uri };
  const more = verifier ? { code_verifier: verifier } : {};
  const { status, body } = await clientOf(scene, name).token({ ...form, ...more }, basic(name, token));
  expect(status).toBe(200);
  return body;
}
/** By one algorithm only, the one in its settings; RS256 without. */
async function verified(jwt: string, audience: string, algorithm = 'RS256') {
  const keys = createLocalJWKSet((await json(`${issuer()}/jwks`)) as unknown as JSONWebKeySet);
  const options = { issuer: issuer(), audience, algorithms: [algorithm], requiredClaims: ['exp', 'iat'] };
  return (await jwtVerify(jwt, keys, options)).payload;
}
/** Half of the hash, by the algorithm of the token. */
const half = (text: string) =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

async function signUp(person = scene.network.enrol(), handle?: string) {
  const begun = await begin();
  const back = await clientOf(scene, 'matrix').signUp(person, begun.query, handle ? { handle } : {});
  return { begun, back, tokens: await exchange(begun, back) };
}

describe('the Matrix Authentication Service', () => {
  it('takes what discovery says, with the strict checks that are its default', async () => {
    const found = await discovered();
    expect(found.issuer).toBe(issuer());
    // Of the issuer's own scheme, which is https outside of tests, and without query or fragment.
    for (const field of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'])
      expect(found[field]).toMatch(new RegExp(`^${issuer()}/[a-z/]+$`));
    expect(found.scopes_supported).toContain('openid');
    expect(found.response_types_supported).toContain('code');
    expect(found.subject_types_supported).toEqual(['pairwise']);
    expect(found.id_token_signing_alg_values_supported).toEqual(expect.arrayContaining(['RS256', 'ES256']));
    expect(found.token_endpoint_auth_methods_supported).toContain('client_secret_basic');
    // Where keys sign a client in it wants to be told by which algorithms, and that `none` is not among them.
    const algorithms = found.token_endpoint_auth_signing_alg_values_supported;
    expect(algorithms?.length).toBeGreaterThan(0);
    expect(algorithms).not.toContain('none');
  });

  it('signs in with a challenge and a nonce, and reads subject and name from the identity token alone', async () => {
    const { begun, back, tokens } = await signUp(undefined, 'fen_2');
    expect(back.get('state')).toBe(begun.query.state);
    expect(begun.verifier).toBeDefined();
    const claims = await verified(tokens.id_token, 'matrix');
    expect(claims.nonce).toBe(begun.nonce);
    if (claims.at_hash !== undefined) expect(claims.at_hash).toBe(half(tokens.access_token));
    if (claims.c_hash !== undefined) expect(claims.c_hash).toBe(half(back.get('code')!));
    expect(claims).toMatchObject({
      sub: expect.stringMatching(/^[a-z2-7]{52}$/),
      preferred_username: 'fen_2',
    });
    // `localpart: require` takes it as it is: nothing in it that a Matrix id may not have.
    expect(claims.preferred_username).toMatch(/^[a-z0-9._=/+-]+$/);
    // `email` is not asked for, so that there is none to import.
    expect(claims).not.toHaveProperty('email');
  });

  it('with fetch_userinfo gets the same subject, as JSON and unsigned', async () => {
    const { tokens } = await signUp();
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const response = await fetch(`${issuer()}/me`, { headers });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toMatchObject({ sub: (await verified(tokens.id_token, 'matrix')).sub });
  });

  it('with discovery_mode: disabled finds everything at the addresses of its settings, and sends no challenge', async () => {
    const begun = await begin('matrix', false);
    expect(begun.verifier).toBeUndefined();
    const back = await clientOf(scene, 'matrix').signUp(scene.network.enrol(), begun.query);
    expect((await verified((await exchange(begun, back)).id_token, 'matrix')).nonce).toBe(begun.nonce);
  });

  it('with id_token_signed_response_alg: ES256 needs the same in our settings', async () => {
    const begun = await begin('es');
    const back = await clientOf(scene, 'es').signUp(scene.network.enrol(), begun.query);
    const { id_token } = await exchange(begun, back);
    expect((await verified(id_token, 'es', 'ES256')).nonce).toBe(begun.nonce);
    await expect(verified(id_token, 'es')).rejects.toThrow();
  });

  it.each([
    ['without the nonce that it always sends', { nonce: '' }, 'invalid_request'],
    ['with a scope that lacks openid', { scope: 'profile' }, 'invalid_request'],
  ])('gets its state back with an error: %s', async (_sin, change, error) => {
    const { query } = await begin();
    const sent = Object.fromEntries(Object.entries({ ...query, ...change }).filter(([, value]) => value));
    const { url } = await clientOf(scene, 'matrix').send(sent);
    const back = new URL(url).searchParams;
    expect([back.get('error'), back.get('state')]).toEqual([error, query.state]);
  });

  it('cannot use a code twice, or with another verifier than it began with', async () => {
    const { begun, back } = await signUp();
    const form = { grant_type: 'authorization_code', code: back.get('code')!, redirect_uri };
    const client = clientOf(scene, 'matrix');
    const again = await client.token({ ...form, code_verifier: begun.verifier! }, basic('matrix', token));
    expect(again.body.error).toBe('invalid_grant');
    const next = await begin();
    const fresh = (await client.signUp(scene.network.enrol(), next.query)).get('code')!;
    const wrong = { ...form, code: fresh, code_verifier: begun.verifier! };
    expect((await client.token(wrong, basic('matrix', token))).body.error).toBe('invalid_grant');
  });

  it('takes our logout token by every rule that it has, and finds the sessions by subject and session together', async () => {
    const person = scene.network.enrol();
    const { tokens } = await signUp(person);
    const begun = await begin();
    const back = await clientOf(scene, 'matrix').signIn(person, begun.query);
    // What `logout_all` looks for: the claims of each sign-in, kept as they came.
    const kept = [
      await verified(tokens.id_token, 'matrix'),
      await verified((await exchange(begun, back)).id_token, 'matrix'),
    ];
    const { origin } = scene.config;
    const scope = { protocol: 'openid', kind: 'platform', origin, platform: 'matrix' } as const;
    const response = await fetch(`${origin}/account/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signCall(person, scope, 'gateway', { kind: 'close' })),
    });
    expect(response.status).toBe(200);
    await expect.poll(() => heard.length).toBe(1);
    const [{ path, type, form }] = heard as [(typeof heard)[number]];
    expect(path).toBe(`/upstream/backchannel-logout/${ulid}`);
    expect(type).toMatch(/^application\/x-www-form-urlencoded/);
    const claims = await verified(form.get('logout_token')!, 'matrix');
    expect(claims).not.toHaveProperty('nonce');
    expect(claims.events).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
    const { sub, sid } = claims;
    expect([sub, sid].every((one) => typeof one === 'string')).toBe(true);
    expect(kept.filter((one) => one.sub === sub && one.sid === sid)).toHaveLength(2);
  });
});
