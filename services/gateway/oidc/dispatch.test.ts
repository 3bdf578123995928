/** The door between a socket and the OpenID provider: what a caller writes into headers and addresses decides nothing. */
import { request } from 'node:http';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import type { Running } from '@answerable/kit/run';
import { stillClock } from '@answerable/kit/testing/still-clock';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from '../start.ts';
import { browser } from '../testing/browser.ts';
import { type Scene, startScene } from '../testing/scene.ts';

const origin = 'https://gateway.example';
const clock = stillClock();
let scene: Scene;
let behindTls: Running;
let at: string;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' };
  scene = await startScene({
    clock,
    proxies: 1,
    others: [
      {
        name: 'keyed',
        platform: {
          clientAuth: 'private_key_jwt',
          clientSecret: undefined,
          clientJwks: { keys: [jwk as { kty: string }] },
        },
      },
    ],
  });
  const port = await freePort();
  behindTls = await start({ ...scene.config, origin, port }, { journal: silentJournal, clock });
  at = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await behindTls?.close();
  await scene?.close();
});

describe('a host that a caller writes', () => {
  const evil = 'evil.example';
  it.each<[string, Record<string, string>]>([
    ['into x-forwarded-host', { 'x-forwarded-host': evil }],
    ['there twice', { 'x-forwarded-host': `${evil}, gateway.example` }],
  ])('%s is in no address that platforms are told', async (_sin, headers) => {
    const response = await fetch(`${at}/oidc/.well-known/openid-configuration`, { headers });
    const text = await response.text();
    expect(text).not.toContain(evil);
    expect(JSON.parse(text).token_endpoint).toBe(`${origin}/oidc/token`);
  });

  it('makes no proof that a platform gave to another provider count here', async () => {
    const proves = async (audience: string, headers: Record<string, string>) => {
      const client_assertion = await new SignJWT({ jti: String(Math.random()) })
        .setProtectedHeader({ alg: 'ES256', kid: 'own' })
        .setIssuer('keyed')
        .setSubject('keyed')
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(keys.privateKey);
      const form = {
        grant_type: 'authorization_code',
        code: 'none',
        redirect_uri: 'http://localhost:9/keyed/callback',
        client_assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      };
      const response = await fetch(`${at}/oidc/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      });
      // The code is no code, which is looked at after the proof.
      return ((await response.json()) as { error: string }).error;
    };
    expect(await proves(`${origin}/oidc/token`, {})).toBe('invalid_grant');
    expect(await proves(`https://${evil}/oidc/token`, {})).toBe('invalid_client');
    expect(await proves(`https://${evil}/oidc/token`, { 'x-forwarded-host': evil })).toBe('invalid_client');
  });
});

describe('a browser into which another host of the site has put the cookies of a sign-in of its own', () => {
  const redirect_uri = 'http://localhost:9/callback';
  const query = { client_id: 'forum', response_type: 'code', scope: 'openid', redirect_uri };
  const begin = async () => {
    const visitor = browser();
    const began = await visitor.fetch(`${at}/oidc/auth?${new URLSearchParams(query)}`);
    const address = `${at}${began.headers.get('location')}`;
    expect((await visitor.fetch(`${address}/request`)).status).toBe(200);
    return { visitor, address };
  };
  const as = (cookies: readonly { name: string; value: string }[]) => ({
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  });

  it('is another browser: neither asked nor heard, and led nowhere', async () => {
    const { visitor, address } = await begin();
    // Names with this prefix no browser takes from another host.
    const planted = visitor.cookies().filter(({ name }) => !name.startsWith('__Host-'));
    expect(planted.length).toBeGreaterThan(2);
    const headers = { ...as(planted), 'content-type': 'application/json' };
    for (const [path, method] of [
      ['', 'GET'],
      ['/request', 'GET'],
      ['/break-glass', 'GET'],
      ['/cancel', 'POST'],
    ] as const) {
      const response = await fetch(address + path, { method, headers, redirect: 'manual' });
      expect([path, response.status, (await response.json()).code]).toEqual([path, 403, 'wrong_browser']);
    }
  });

  it('its own sign-in does not help: each has a mark by itself', async () => {
    const [theirs, own] = [await begin(), await begin()];
    const planted = theirs.visitor.cookies().filter(({ name }) => !name.startsWith('__Host-'));
    const marks = own.visitor.cookies().filter(({ name }) => name.startsWith('__Host-'));
    expect(marks).toHaveLength(1);
    const response = await fetch(`${theirs.address}/request`, { headers: as([...planted, ...marks]) });
    expect((await response.json()).code).toBe('wrong_browser');
  });
});

/** As no browser writes it. */
const raw = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'x-forwarded-for': '198.51.100.77' };
    const { port } = scene.config;
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });

it('the limit on strangers is not gone around by a fragment, which no browser sends', async () => {
  const kept = () =>
    withConnection(scene.databaseUrl, (run) => run("select 1 from oidc_state where model = 'Session'"));
  while ((await raw('/oidc/session/end')) !== 429);
  const before = (await kept()).length;
  for (const path of ['/oidc/session/end#', '/oidc/session/end/#x', '/oidc/SESSION/END#?x'])
    expect([path, await raw(path)]).toEqual([path, 429]);
  expect((await kept()).length).toBe(before);
});
