/**
 * What WordPress with the plugin OpenID Connect Generic really sends and reads, replayed request by request. The real
 * one is driven by `npm run test:platforms -- --wordpress`; this runs everywhere.
 */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser } from '../testing/browser.ts';
import { claimsIn, clientOf } from '../testing/client.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';

const redirect_uri = 'http://localhost:9/wp-admin/admin-ajax.php?action=openid-connect-authorize';
const client_id = 'wordpress';
const scope = 'openid profile email';
const policy = { relayAddress: true } as const;
const clientAuth = 'client_secret_post';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    relayDomain: 'relay.example',
    others: [
      {
        name: client_id,
        policy,
        platform: { clientAuth, redirectUris: [redirect_uri], postLogoutOrigins: ['http://localhost:9'] },
      },
      { name: 'elsewhere', policy, platform: { clientAuth, redirectUris: ['http://localhost:9/back'] } },
    ],
  });
});
afterAll(() => scene?.close());
const issuer = () => `${scene.config.origin}/oidc`;

const signUp = async (handle: string) => {
  const client = clientOf(scene, client_id);
  const query = { client_id, response_type: 'code', redirect_uri };
  const state = createHash('md5').update(handle).digest('hex');
  const back = await client.signUp(scene.network.enrol(), { ...query, scope, state }, { handle });
  // The address has a query of its own: the code comes beside it.
  expect([back.get('action'), back.get('state')]).toEqual(['openid-connect-authorize', state]);
  const form = {
    code: back.get('code')!,
    client_id,
    client_secret: token,
    redirect_uri,
    grant_type: 'authorization_code',
    scope,
  };
  return { client, form };
};

it('sends id, secret and scope in the body, reads the person by GET, and makes the handle its username', async () => {
  const { client, form } = await signUp('fern_2');
  const { body } = await client.token(form);
  expect(body).toMatchObject({ token_type: 'Bearer', id_token: expect.any(String) });
  const info = await client.userInfo(body.access_token);
  expect(info).toEqual({
    sub: claimsIn(body.id_token).sub,
    preferred_username: 'fern_2',
    email: expect.stringMatching(/^[a-z0-9]+@relay\.example$/),
    email_verified: true,
    answerable: true,
    standing: 'good',
  });
  // What no JSON comes back for it asks once more, by POST.
  expect(await client.userInfo(body.access_token, 'POST')).toEqual(info);
  // As WordPress cleans a username: nothing of a handle is lost.
  expect(String(info.preferred_username).replaceAll(/[^a-z0-9 _.\-@]/gi, '')).toBe('fern_2');
});

it('asks for the token without the port in its Host, as the plugin does', async () => {
  const { form } = await signUp('bracken');
  const { hostname, port } = new URL(issuer());
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { host: hostname, 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(`http://${hostname}:${port}/oidc/token`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end(new URLSearchParams(form).toString());
  });
  expect(status).toBe(200);
});

describe('signing out', () => {
  const leave = async (idToken: string, address: string) => {
    const visitor = browser();
    const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: address });
    const headers = { accept: 'text/html' };
    const html = await (await visitor.fetch(`${issuer()}/session/end?${query}`, { headers })).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1];
    if (!xsrf) return html;
    const done = await visitor.fetch(`${issuer()}/session/end/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
    });
    return done.headers.get('location');
  };
  let idToken = '';
  beforeAll(async () => {
    const { client, form } = await signUp('sedge');
    idToken = (await client.token(form)).body.id_token;
  });

  it.each([
    ['its login page, in whatever language', 'http://localhost:9/wp-login.php?loggedout=true&wp_lang=de_DE'],
    ['the page that somebody was reading', 'http://localhost:9/2026/11/a-walk/?replytocom=3'],
  ])('leads back to %s', async (_page, address) => {
    expect(await leave(idToken, address)).toBe(address);
  });

  it.each([
    ['another site', 'http://evil.example/wp-login.php'],
    ['another port', 'http://localhost:10/wp-login.php'],
    ['another scheme', 'https://localhost:9/wp-login.php'],
    ['a site whose name is in front', 'http://localhost:9@evil.example/'],
    ['a name and a password in front of its own', 'http://somebody:secret@localhost:9/'],
    ['a script', 'javascript://localhost:9/%0aalert(1)'],
    ['no address at all', 'wp-login.php'],
  ])('does not lead to %s', async (_sin, address) => {
    expect(await leave(idToken, address)).toContain('You are signed out here');
  });

  it('leads nowhere at a platform that names no origin', async () => {
    const client = clientOf(scene, 'elsewhere');
    const own = { client_id: 'elsewhere', redirect_uri: 'http://localhost:9/back' };
    const back = await client.signUp(scene.network.enrol(), { ...own, response_type: 'code', scope });
    const form = { ...own, grant_type: 'authorization_code', code: back.get('code')!, client_secret: token };
    const { body } = await client.token(form);
    expect(await leave(body.id_token, 'http://localhost:9/')).toContain('You are signed out here');
  });
});
