/** The OpenID provider by its specification: what it says of itself, each way to prove who a platform is, errors, ends. */
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { silentJournal } from '@answerable/kit/journal';
import { decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from '../start.ts';
import { type Browser, browser } from '../testing/browser.ts';
import { basic, claimsIn, clientOf } from '../testing/client.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';
import { answerAsNew, signCall } from '../testing/wallet.ts';

let scene: Scene;
let own: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  own = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(own.publicKey)), kty: 'EC', kid: 'own', alg: 'ES256', use: 'sig' };
  scene = await startScene({
    platform: { postLogoutRedirectUris: ['http://localhost:9/bye'] },
    others: [
      {
        name: 'keyed',
        platform: {
          clientAuth: 'private_key_jwt',
          clientSecret: undefined,
          clientJwks: { keys: [jwk] },
          idTokenAlg: 'ES256',
        },
      },
      {
        name: 'other',
        platform: {
          redirectUris: ['http://localhost:9/b', 'https://other.example/b'],
          postLogoutRedirectUris: ['http://localhost:9/other-bye'],
        },
      },
    ],
  });
});
afterAll(() => scene?.close());

const redirect_uri = 'http://localhost:9/callback';
const query = { client_id: 'forum', response_type: 'code', scope: 'openid profile', redirect_uri };
const codeForm = (code: string | null, uri = redirect_uri) => ({
  grant_type: 'authorization_code',
  code: code ?? '',
  redirect_uri: uri,
});
const assertion = (jti: string, key = own.privateKey, audience = `${scene.config.origin}/oidc`) =>
  new SignJWT({ jti })
    .setProtectedHeader({ alg: 'ES256', kid: 'own' })
    .setIssuer('keyed')
    .setSubject('keyed')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(key);

it('says of itself what it does, and nothing that it does not', async () => {
  const response = await fetch(`${scene.config.origin}/oidc/.well-known/openid-configuration`);
  const found = await response.json();
  expect(found).toMatchObject({
    issuer: `${scene.config.origin}/oidc`,
    subject_types_supported: ['pairwise'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    id_token_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256']),
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    code_challenge_methods_supported: ['S256'],
    end_session_endpoint: `${scene.config.origin}/oidc/session/end`,
    backchannel_logout_supported: true,
  });
  for (const absent of ['registration_endpoint', 'introspection_endpoint', 'device_authorization_endpoint'])
    expect(found).not.toHaveProperty(absent);
});

describe('a platform with a key of its own', () => {
  const uri = 'http://localhost:9/keyed/callback';
  const asked = { ...query, client_id: 'keyed', redirect_uri: uri };
  const form = async (code: string | null, jwt: string) => ({
    ...codeForm(code, uri),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: jwt,
  });

  it('proves itself by it, and gets tokens signed as it asked', async () => {
    const client = clientOf(scene, 'keyed');
    const back = await client.signUp(scene.network.enrol(), asked);
    const { body } = await client.token(await form(back.get('code'), await assertion('one')));
    expect(decodeProtectedHeader(body.id_token).alg).toBe('ES256');
  });

  it('is refused with a proof that was used, by another key, for somebody else, or with a secret', async () => {
    const client = clientOf(scene, 'keyed');
    const back = await client.signUp(scene.network.enrol(), asked);
    const stranger = await generateKeyPair('ES256');
    for (const jwt of [
      await assertion('one'),
      await assertion('two', stranger.privateKey),
      await assertion('three', own.privateKey, 'https://elsewhere.example'),
    ])
      expect((await client.token(await form(back.get('code'), jwt))).body.error).toBe('invalid_client');
    const withSecret = await client.token(codeForm(back.get('code'), uri), basic('keyed', token));
    expect(withSecret.body.error).toBe('invalid_client');
  });
});

it('gives two platforms of one gateway nothing about one person that is the same', async () => {
  const person = scene.network.enrol();
  const uri = 'http://localhost:9/b';
  const [here, there] = [clientOf(scene), clientOf(scene, 'other')];
  const visitor = browser();
  const signedUp = async (client: typeof here, asked: Record<string, string>, handle: string) => {
    const visit = await client.arrive(asked, visitor);
    const chosen = { checkpoint: scene.network.log.checkpoint(), handle };
    const back = await client.goOn(visit, answerAsNew(person, visit.request, scene.network.policy, chosen));
    const exchange = codeForm(back.get('code'), asked.redirect_uri);
    const { body } = await client.token(exchange, basic(asked.client_id!, token));
    return { ...claimsIn(body.id_token), ...(await client.userInfo(body.access_token)) };
  };
  const one = await signedUp(here, query, 'elsa');
  const two = await signedUp(there, { ...query, client_id: 'other', redirect_uri: uri }, 'ingrid');
  // What stands in both is what is the same for everybody.
  const shared = Object.entries(one).filter(
    ([claim, value]) => (two as Record<string, unknown>)[claim] === value,
  );
  const ofEverybody = ['iss', 'answerable', 'standing', 'iat', 'exp'];
  expect(shared.map(([claim]) => claim).filter((claim) => !ofEverybody.includes(claim))).toEqual([]);
  expect(one.sub).not.toBe(two.sub);
});

it('takes a code once, of eight exchanges at the same instant', async () => {
  const client = clientOf(scene);
  const back = await client.signUp(scene.network.enrol(), query);
  const exchange = codeForm(back.get('code'));
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => client.token(exchange, basic('forum', token))),
  );
  expect(answers.filter(({ body }) => body.id_token !== undefined)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(7);
});

describe('errors', () => {
  it('go back to the platform with its state where the address is known to be its own', async () => {
    for (const [sent, error] of [
      [{ prompt: 'none' }, 'login_required'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ max_age: '-1' }, 'invalid_request'],
    ] as const) {
      const { url } = await clientOf(scene).send({ ...query, state: 'kept', ...sent });
      const back = new URL(url);
      const values = new URLSearchParams(back.search || back.hash.slice(1));
      expect([values.get('error'), values.get('state')]).toEqual([error, 'kept']);
    }
  });

  it.each([
    ['an address that is not the platform’s', { redirect_uri: 'http://evil.example/x' }],
    ['a platform that nobody knows', { client_id: 'nobody-at-all' }],
  ])('are a kind page for %s, which repeats nothing', async (_name, sent) => {
    const visitor = browser();
    const address = `${scene.config.origin}/oidc/auth?${new URLSearchParams({ ...query, ...sent })}`;
    const response = await visitor.fetch(address, { headers: { accept: 'text/html' } });
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).toContain('This sign-in did not work');
    for (const value of Object.values(sent)) expect(html).not.toContain(value);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('asks the wallet each time, whatever the platform says of earlier sign-ins', async () => {
    const person = scene.network.enrol();
    const visitor = browser();
    const client = clientOf(scene);
    const first = await client.arrive({ ...query, prompt: 'login', max_age: '0' }, visitor);
    const chosen = { checkpoint: scene.network.log.checkpoint() };
    await client.goOn(first, answerAsNew(person, first.request, scene.network.policy, chosen));
    const { url } = await client.send(query, visitor);
    expect(url).toContain('/interaction/');
  });
});

describe('an end', () => {
  it('asked for by the platform leads back to it', async () => {
    const back = await clientOf(scene).signUp(scene.network.enrol(), query);
    const { body } = await clientOf(scene).token(codeForm(back.get('code')), basic('forum', token));
    const leave = {
      id_token_hint: body.id_token,
      post_logout_redirect_uri: 'http://localhost:9/bye',
      state: 's',
    };
    const visitor = browser();
    const page = await visitor.fetch(`${scene.config.origin}/oidc/session/end?${new URLSearchParams(leave)}`);
    const html = await page.text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const done = await visitor.fetch(`${scene.config.origin}/oidc/session/end/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
    });
    expect(done.headers.get('location')).toBe('http://localhost:9/bye?state=s');
    const elsewhere = { ...leave, post_logout_redirect_uri: 'http://evil.example/' };
    const refused = await visitor.fetch(
      `${scene.config.origin}/oidc/session/end?${new URLSearchParams(elsewhere)}`,
      { headers: { accept: 'text/html' } },
    );
    expect(await refused.text()).toContain('You are signed out here');
  });

  it('is asked for alike, whether or not somebody in this browser is signed in to another platform', async () => {
    const member = browser();
    const visit = await clientOf(scene).arrive(query, member);
    const chosen = { checkpoint: scene.network.log.checkpoint(), handle: 'seen_by_nobody' };
    await clientOf(scene).goOn(
      visit,
      answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, chosen),
    );
    const sent = { client_id: 'other', post_logout_redirect_uri: 'http://localhost:9/other-bye' };
    const shownTo = async (visitor: Browser) => {
      const page = await visitor.fetch(
        `${scene.config.origin}/oidc/session/end?${new URLSearchParams(sent)}`,
      );
      const drawn = /value="[0-9a-f]{48}"|nonce-?="?[^"']+["']?|'nonce-[^']+'/g;
      const policy = page.headers.get('content-security-policy') ?? '';
      return [page.status, policy.replace(drawn, ''), (await page.text()).replace(drawn, '')];
    };
    const asked = await shownTo(member);
    expect(asked[2]).toContain('Sign out');
    expect(await shownTo(browser())).toEqual(asked);
  });

  it('of an account ends its tokens and its codes at once, at each gateway on the same database', async () => {
    const port = await freePort();
    const replica = await start({ ...scene.config, port }, { journal: silentJournal });
    try {
      const person = scene.network.enrol();
      const client = clientOf(scene);
      const back = await client.signUp(person, query);
      const { body } = await client.token(codeForm(back.get('code')), basic('forum', token));
      const unspent = (await client.signIn(person, query)).get('code');
      const at = (path: string, init: RequestInit) => fetch(`http://localhost:${port}/oidc${path}`, init);
      const headers = { authorization: `Bearer ${body.access_token}` };
      expect((await at('/me', { headers })).status).toBe(200);
      const scope = {
        protocol: 'openid',
        kind: 'platform',
        origin: scene.config.origin,
        platform: 'forum',
      } as const;
      await fetch(`${scene.config.origin}/account/calls`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(signCall(person, scope, 'gateway', { kind: 'close' })),
      });
      expect((await at('/me', { headers })).status).toBe(401);
      const exchange = await at('/token', {
        method: 'POST',
        headers: { ...basic('forum', token), 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(codeForm(unspent)).toString(),
      });
      expect(await exchange.json()).toMatchObject({ error: 'invalid_grant' });
    } finally {
      await replica.close();
    }
  });
});

it('never answers from the session of another sign-in, however its address is written', async () => {
  const person = scene.network.enrol();
  const visitor = browser();
  const here = clientOf(scene);
  const visit = await here.arrive(query, visitor);
  const chosen = { checkpoint: scene.network.log.checkpoint(), handle: 'kept_apart' };
  await here.goOn(visit, answerAsNew(person, visit.request, scene.network.policy, chosen));
  const asked = new URLSearchParams({ ...query, client_id: 'other', redirect_uri: 'http://localhost:9/b' });
  for (const path of ['auth', 'AUTH', 'Auth/', 'aUth'])
    for (const prompt of ['', '&prompt=none']) {
      const { headers } = await visitor.fetch(`${scene.config.origin}/oidc/${path}?${asked}${prompt}`);
      expect([path, headers.get('location') ?? '']).toEqual([path, expect.not.stringContaining('code=')]);
    }
});

it('tells a platform nothing of an account of another, whatever led there', async () => {
  const client = clientOf(scene);
  const back = await client.signUp(scene.network.enrol(), query);
  const { body } = await client.token(codeForm(back.get('code')), basic('forum', token));
  const userinfo = async () => {
    const headers = { authorization: `Bearer ${body.access_token}` };
    return (await fetch(`${scene.config.origin}/oidc/me`, { headers })).status;
  };
  expect(await userinfo()).toBe(200);
  // As if a fault of the library's, or of ours, had given the other platform's name to all that it keeps of this.
  await withConnection(scene.databaseUrl, (run) =>
    run(
      `update oidc_state set payload = replace(payload::text, '"forum"', '"other"')::jsonb where account =
        (select account from oidc_state where model = 'AccessToken' order by expires_at desc limit 1)`,
    ),
  );
  expect(await userinfo()).toBe(401);
});
