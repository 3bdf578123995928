/** Bad input over HTTP, to a whole network: everything to every address, attacks that cross services, a
 * database that goes away. */
import { readdirSync, readFileSync } from 'node:fs';
import { roleNames } from '@answerable/practice-constellation/network';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addresses } from './addresses.ts';
import { attacks } from './attacks.ts';
import { canary } from './hostile.ts';
import { startFaultNetwork } from './network.ts';
import { outage } from './outage.ts';
import { type Stage, setStage } from './stage.ts';
import { sweep } from './sweep.ts';

/** Where addresses stand, for the test that none is left out of the sweep. */
const sources = [
  ...['registrar', 'keeper', 'guardian', 'logbook', 'desk'].map((name) => `services/${name}/app.ts`),
  ...readdirSync(new URL('../../services/gateway', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\btesting\b|node_modules/.test(path))
    .map((path) => `services/gateway/${path}`),
  ...['intake', 'disclosure'].map((room) => `services/desk/${room}/mount.ts`),
  ...['policy-signer', 'sign-in', 'witness'].map((name) => `packages/kit/${name}.ts`),
  'apps/authority/app.ts',
  'practice/commons/app.ts',
  'practice/identity-provider/provider.ts',
];

function* routesIn(source: string): Generator<string> {
  const text = readFileSync(new URL(`../../${source}`, import.meta.url), 'utf8');
  for (const [, route] of text.matchAll(/app\.(?:post|put|delete|on)\((?:\[[^\]]*\], )?'([^']+)'/g))
    yield route!;
  // operations of an API that describes itself
  for (const [, route] of text.matchAll(/method: '(?:post|put|delete)',\s*path: '([^']+)'/g)) yield route!;
  const verbs = /const verbs = \{([^}]*)\}/.exec(text)?.[1] ?? '';
  for (const [, quoted, plain] of verbs.matchAll(/(?:'([^']+)'|(\w+)):/g))
    yield `/cases/:caseId/${quoted ?? plain}`;
}

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(await startFaultNetwork());
});
afterAll(() => stage?.close());

it('the sweep knows every address that takes a body', () => {
  const known = new Set(addresses.map(({ route }) => route));
  const routes = sources.flatMap((source) => [...routesIn(source)]);
  expect(routes.length).toBeGreaterThan(60);
  expect(routes.filter((route) => !known.has(route))).toEqual([]);
});

sweep(() => stage);
attacks(() => stage);
outage(() => stage);

it('after all that, whoever works there is still signed in', async () => {
  const { network, headersOf } = stage;
  for (const [role, path, who] of [
    ['desk', '/me', 'moderator'],
    ['guardian-1', '/api/session', 'judge'],
    ['authority', '/api/session', 'officer'],
    ['commons', '/me', 'member'],
  ] as const) {
    const headers = { accept: 'application/json', ...headersOf(who) };
    expect([role, (await fetch(network.roles[role].origin + path, { headers })).status]).toEqual([role, 200]);
  }
});

it('after all that, everybody is there, nobody was surprised, and no journal has a word of it', async () => {
  for (const role of roleNames) {
    const health = await fetch(`${stage.network.roles[role].origin}/health`);
    expect([role, health.status]).toEqual([role, 200]);
  }
  const lines = stage.journals();
  expect(lines.split('\n').filter((line) => line.includes('unexpected error'))).toEqual([]);
  expect(lines).not.toContain(canary);
});
