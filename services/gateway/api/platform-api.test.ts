import { afterAll, beforeAll, expect, it } from 'vitest';
import { gatewayConfig } from '../config.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';

const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';
let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ platform: { apiToken } });
});
afterAll(() => scene.close());

const ask = (path: string, bearer?: string) =>
  fetch(`${scene.config.origin}/platform${path}`, {
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });

it('tells the platform whose token it is which policy holds', async () => {
  const response = await ask('/policy', apiToken);
  expect(response.status).toBe(200);
  expect((await response.json()).policy.platform).toBe('forum');
});

it.each([
  ['no token', undefined],
  ['the token of the desk', token],
  ['a token cut short', apiToken.slice(0, -1)],
  ['a token that is too long', apiToken.padEnd(600, 'x')],
])('refuses %s', async (_name, bearer) => {
  const response = await ask('/policy', bearer);
  expect(response.status).toBe(401);
  expect((await response.json()).code).toBe('unauthorised');
});

it('describes each of its operations to anybody, and only those', async () => {
  const described = await (await ask('/openapi.json')).json();
  expect(described.openapi).toBe('3.1.0');
  expect(described.paths['/platform/policy'].get.security).toEqual([{ token: [] }]);
});

it.each(['operatorToken', 'adminToken', 'domainToken'] as const)(
  'no settings give a platform, or who conducts the founding, the %s as well',
  (other) => {
    const shared = 'one-token-for-two-purposes-with-many-characters';
    const takes = (changed: object) => gatewayConfig.safeParse({ ...scene.config, ...changed }).success;
    const [forum] = scene.config.platforms;
    const platforms = [{ ...forum, apiToken: shared }];
    expect(takes({ platforms, [other]: shared })).toBe(false);
    expect(takes({ ceremonyToken: shared, [other]: shared })).toBe(false);
    expect(takes({ platforms, ceremonyToken: `${shared}-2`, [other]: `${shared}-3` })).toBe(true);
  },
);
