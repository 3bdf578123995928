/** Every operation of /admin, to everybody who may not: it is refused, and the description names exactly what is served. */
import { practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { type ConsoleVisit, consoleVisit, firstAdmin } from '@answerable/practice-people/console-visit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, startScene, token } from '../testing/scene.ts';
import { adminApi } from './admin-api.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';
const clock = practiceClock();
let scene: Scene;
let admin: ConsoleVisit;
let operations: { method: string; path: string; role: string }[] = [];
const tokens: Record<string, string> = {};

const ask = (method: string, path: string, bearer?: string, body?: unknown) =>
  fetch(scene.config.origin + path, {
    method,
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  });
const codeOf = async (answer: Promise<Response>) => ((await (await answer).json()) as { code?: string }).code;
const filled = (path: string) => path.replace(/\{platform\}/, 'forum').replace(/\{\w+\}/g, 'A'.repeat(22));

async function makeToken(visit: ConsoleVisit, role: string, days = '30'): Promise<string> {
  const { text } = await visit.send('/you/tokens', { purpose: `as ${role}`, role, days });
  return /value="(answerable_[\w-]+)"/.exec(text)?.[1] ?? '';
}
async function invited(name: string, role: string): Promise<ConsoleVisit> {
  const { text } = await admin.send('/people', { name, role });
  const visit = consoleVisit(scene.config.origin);
  await visit.comeIn(/\/join\?token=[\w-]+/.exec(text)![0]);
  return visit;
}

beforeAll(async () => {
  scene = await startScene({ adminToken, platform: { apiToken }, clock });
  admin = await firstAdmin(scene.config.origin, adminToken);
  for (const role of ['admin', 'operator', 'viewer']) tokens[role] = await makeToken(admin, role);
  const described = await (await ask('GET', '/admin/openapi.json')).json();
  operations = Object.entries(
    described.paths as Record<string, Record<string, { description: string }>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { description }]) => ({
      method: method.toUpperCase(),
      path,
      role: /^For role (\w+)/.exec(description)?.[1] ?? '',
    })),
  );
});
afterAll(() => scene?.close());

describe('every operation', () => {
  it('is described, with the role it needs, and nothing else is served below /admin', async () => {
    expect(operations.length).toBeGreaterThan(5);
    for (const { role } of operations) expect(['admin', 'operator', 'viewer']).toContain(role);
    const served = adminApi({ console: { config: {} } } as never).routes.filter(
      ({ path, method }) => path.startsWith('/admin/') && method !== 'ALL',
    );
    const names = new Set(served.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`));
    names.delete('GET /admin/openapi.json');
    expect([...names].sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
    expect((await ask('GET', '/admin/anything', tokens.admin)).status).toBe(404);
  });

  it.each<[string, () => string | undefined]>([
    ['no token', () => undefined],
    ['the token of the desk', () => token],
    ['the token of the platform', () => apiToken],
    ['the token of the machine cut short', () => adminToken.slice(0, -1)],
    ['a token that nobody made', () => `answerable_${'A'.repeat(32)}`],
    ['a token that is too long', () => `answerable_${'A'.repeat(700)}`],
  ])('refuses %s', async (_sin, bearer) => {
    for (const { method, path } of operations)
      expect([path, await codeOf(ask(method, filled(path), bearer()))]).toEqual([path, 'unauthorised']);
  });

  it('refuses a role below its own before it reads the body', async () => {
    for (const { method, path, role } of operations)
      for (const lower of { admin: ['operator', 'viewer'], operator: ['viewer'] }[role] ?? [])
        expect([path, lower, await codeOf(ask(method, filled(path), tokens[lower]))]).toEqual([
          path,
          lower,
          'forbidden',
        ]);
  });

  it('control: with its own role it is not refused for that', async () => {
    for (const { method, path, role } of operations)
      expect([path, await codeOf(ask(method, filled(path), tokens[role]))]).not.toEqual([
        path,
        expect.stringMatching(/unauthorised|forbidden/),
      ]);
  });
});

describe('a token', () => {
  it('is shown once and kept as its hash', async () => {
    const kept = await withConnection(scene.databaseUrl, (run) => run('select * from api_token'));
    expect(kept.length).toBeGreaterThan(2);
    for (const one of Object.values(tokens)) expect(JSON.stringify(kept)).not.toContain(one);
    expect((await admin.page('/you')).text).not.toContain(tokens.admin);
  });

  it('is never above who made it', async () => {
    const viewer = await invited('Vi', 'viewer');
    expect((await viewer.send('/you/tokens', { purpose: 'more', role: 'admin', days: '1' })).status).toBe(
      403,
    );
  });

  it('ends when its maker steps down below it, and when its maker goes', async () => {
    const brief = await invited('Brief', 'operator');
    const own = await makeToken(brief, 'operator');
    expect((await ask('GET', '/admin/self', own)).status).toBe(200);
    const rows = await withConnection(scene.databaseUrl, (run) =>
      run("select id from staff where name = 'Brief'"),
    );
    await admin.send(`/people/${rows[0]?.id}/role`, { role: 'viewer' });
    expect((await ask('GET', '/admin/self', own)).status).toBe(401);
    const low = await makeToken(brief, 'viewer');
    await admin.send(`/people/${rows[0]?.id}/removal`, {});
    expect((await ask('GET', '/admin/self', low)).status).toBe(401);
  });

  it('is over on its day, for every operation', async () => {
    const short = await makeToken(admin, 'admin', '1');
    expect((await ask('GET', '/admin/self', short)).status).toBe(200);
    clock.advance({ days: 1, seconds: 1 });
    for (const { method, path } of operations)
      expect([path, await codeOf(ask(method, filled(path), short))]).toEqual([path, 'unauthorised']);
    expect((await ask('GET', '/admin/self', tokens.viewer)).status).toBe(200);
  });

  it.each(['0', '366', '-1', '1e3', ''])('is not made for %j days', async (days) => {
    await admin.signIn();
    expect((await admin.send('/you/tokens', { purpose: 'odd', role: 'viewer', days })).status).toBe(400);
  });
});
