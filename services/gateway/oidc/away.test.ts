/** While the database is away, the OpenID provider and the pages beside it say so, and when to come again. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type { browser } from '../testing/browser.ts';
import { basic } from '../testing/client.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';

const redirect_uri = 'http://localhost:9/callback';
const query = { client_id: 'forum', response_type: 'code', scope: 'openid', redirect_uri };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
let scene: Scene;
let visited: Awaited<ReturnType<Scene['arrive']>>;
let resume: string;
beforeAll(async () => {
  scene = await startScene();
  visited = await scene.arrive();
  const admitted = await scene.admit(scene.network.enrol());
  resume = admitted.body.resume!;
  visitor = admitted.browser;
});
let visitor: ReturnType<typeof browser>;
afterAll(() => scene?.close());

const name = () => new URL(scene.databaseUrl).pathname.slice(1);
const administer = (...texts: string[]) =>
  withConnection(inject('postgresAdminUrl'), async (run) => {
    for (const text of texts) await run(text);
  });
async function away<T>(work: () => Promise<T>): Promise<T> {
  await administer(
    `alter database "${name()}" allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name()}'`,
  );
  try {
    return await work();
  } finally {
    await administer(`alter database "${name()}" allow_connections true`);
  }
}
const at = (path: string, init: RequestInit = {}) =>
  fetch(scene.config.origin + path, { redirect: 'manual', ...init });
const code = { grant_type: 'authorization_code', code: 'A'.repeat(43), redirect_uri };

it.each<[string, () => Promise<Response>]>([
  [
    'a code to be exchanged',
    () => {
      const headers = { ...form, ...basic('forum', token) };
      return at('/oidc/token', { method: 'POST', headers, body: new URLSearchParams(code).toString() });
    },
  ],
  ['userinfo', () => at('/oidc/me', { headers: { authorization: `Bearer ${'A'.repeat(43)}` } })],
  [
    'a sign-in that begins, by software',
    () => at(`/oidc/auth?${new URLSearchParams(query)}`, { headers: { accept: 'application/json' } }),
  ],
])('software: %s', async (_what, ask) => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const lines = scene.journal.length;
  const answer = await away(ask);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  const text = await answer.text();
  if (answer.headers.get('content-type')?.includes('json'))
    expect(JSON.parse(text)).toMatchObject({ error: 'temporarily_unavailable' });
  expect(text).not.toMatch(/connection|database|terminat/i);
  // It is nobody's mistake here: no line says that something unexpected happened.
  expect(scene.journal.slice(lines).join()).not.toContain('unexpected error');
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

it.each<[string, () => Promise<Response>]>([
  [
    'a sign-in that begins',
    () => visitor.fetch(`${scene.config.origin}/oidc/auth?${new URLSearchParams(query)}`),
  ],
  ['a sign-in that comes back', () => visitor.fetch(resume)],
  [
    'a signing out',
    () => visitor.fetch(`${scene.config.origin}/oidc/session/end`, { headers: { accept: 'text/html' } }),
  ],
  ['the question', () => visited.browser.fetch(visited.address, { headers: { accept: 'text/html' } })],
  ['what everybody can read', () => at('/break-glass', { headers: { accept: 'text/html' } })],
])('a person: %s', async (_what, ask) => {
  const answer = await away(ask);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  const text = await answer.text();
  expect(text).toContain('Please try again in a moment');
  expect(text).toContain('nothing was lost');
});

it('afterwards the sign-in that was under way goes on', async () => {
  expect((await visitor.fetch(resume)).status).toBe(303);
});
