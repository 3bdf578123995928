/**
 * Everything hostile in every field of every page of the desk: addresses and field names are read from its sources,
 * so that a new room is swept as soon as it is there. No answer is a failure of ours, none runs what was typed, and
 * a refusal repeats nothing. (Messages between services: network.test.ts.)
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '@answerable/desk/testing/desk-world';
import { subOf } from '@answerable/desk/testing/example-case';
import { connectorToken, domainToken } from '@answerable/desk/testing/fake-neighbours';
import { Refusal, refusals } from '@answerable/protocol/refusal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canary, hostileBodies } from './hostile.ts';

const desk = fileURLToPath(new URL('../../services/desk', import.meta.url));
const away = ['unavailable', 'not_ready'];
const together = 12;

const sources = readdirSync(desk, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/test\.tsx?$|^testing|node_modules/.test(path))
  .map((path) => readFileSync(join(desk, path), 'utf8'));
const everyMatch = (pattern: RegExp) => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, found]) => found!))),
];
const verbs = sources.flatMap((text) =>
  [...(/const verbs = \{([^}]*)\}/.exec(text)?.[1] ?? '').matchAll(/(?:'([^']+)'|(\w+)):/g)].map(
    ([, quoted, plain]) => `/cases/:caseId/${quoted ?? plain}`,
  ),
);
// Set-up answers only before there is a desk; signing out is no page of a room.
const left = /^\/(set-up|sign-out)/;
const addressesOf = (verb: string) =>
  everyMatch(new RegExp(`app\\.${verb}\\(\\s*['\`]([^'\`]+)['\`]`, 'g'))
    .map((route) => route.replace(/^\$\{base\}/, '/settings'))
    .filter((route) => !/\$\{/.test(route) && !left.test(route));
const posts = [...new Set([...addressesOf('post'), ...verbs])].toSorted();
const gets = addressesOf('get').toSorted();
const fields = everyMatch(/name="([a-zA-Z]+)"/g);
const queries = everyMatch(/query\('([a-zA-Z]+)'\)/g);

const hostileTexts = [
  '',
  `${canary}\0`,
  `\u202e${canary}\u0007\u2066`,
  `${canary}' or 1=1; drop table event; --`,
  `<script>${canary}</script>`,
  `"><img src=x onerror=${canary}>`,
  '__proto__',
  '1e309',
  '2026-02-31',
  canary.repeat(3_000),
];
const hostileWords = [
  '%00',
  '%',
  '%FF%FE',
  '..%2f..%2fetc%2fpasswd',
  '__proto__',
  '1e309',
  `${canary}'--`,
  'A'.repeat(5_000),
];

let world: DeskWorld;
let caseId = '';

beforeAll(async () => {
  world = await deskWorld('desk-sweep');
  await world.report([snapshot('post/s1', subOf('s'))], {}, connectorToken);
  ({ caseId } = await world.caseOf(await world.signIn('Moderator A'), 'post/s1'));
});
afterAll(() => world?.close());

const at = (route: string, word = 'A'.repeat(22)) =>
  route.replace(':caseId', word.length === 22 ? caseId : word).replaceAll(/:[a-z]+/gi, word);

/** What is wrong with this answer, in words; nothing if it is as it should be. */
async function faultsIn(name: string, answer: Response): Promise<string[]> {
  const text = await answer.text();
  const faults: string[] = [];
  const page = answer.headers.get('content-type')?.startsWith('text/html');
  if (page && (text.includes(`<script>${canary}`) || text.includes(`<img src=x onerror=${canary}`)))
    faults.push('it would run');
  if (answer.status < 400) return faults.map((fault) => `${name}: ${fault}`);
  const problem = answer.headers.get('content-type') === 'application/problem+json';
  const code = problem ? (JSON.parse(text) as { code: keyof typeof refusals }).code : undefined;
  if (answer.status >= 500 && !away.includes(code ?? '')) faults.push(`${answer.status} ${code}`);
  if (code && (!Object.hasOwn(refusals, code) || new Refusal(code).status !== answer.status))
    faults.push(`${code} with ${answer.status}`);
  if (problem && text.includes(canary)) faults.push('what was sent came back');
  return faults.map((fault) => `${name}: ${fault}`);
}

async function all(asked: (() => Promise<string[]>)[]): Promise<string[]> {
  const found: string[] = [];
  while (asked.length > 0)
    found.push(...(await Promise.all(asked.splice(0, together).map((ask) => ask()))).flat());
  return found;
}

/** Somebody who may do everything, and the tokens of the other services. */
const headersOf = (who: Moderator, route: string): Record<string, string> =>
  route.startsWith('/holder/')
    ? { authorization: `Bearer ${domainToken}` }
    : { cookie: who.cookie, 'x-csrf-token': who.csrf };

it('the sweep has found the rooms', () => {
  expect([posts.length, gets.length, fields.length]).toEqual([
    expect.toSatisfy((n: number) => n > 60),
    expect.toSatisfy((n: number) => n > 30),
    expect.toSatisfy((n: number) => n > 80),
  ]);
});

describe.each([
  ['somebody who works there', true],
  ['a stranger', false],
] as const)('sent by %s', (_who, known) => {
  let who: Moderator;
  beforeAll(async () => {
    who = await world.signIn('Admin', ['moderator', 'admin']);
    if (!known) who = { ...who, cookie: '', csrf: '' };
  });

  it.each(posts)('POST %s', async (route) => {
    const send = (name: string, contentType: string, body: string) => async () => {
      const headers = { accept: 'application/json', 'content-type': contentType, ...headersOf(who, route) };
      const answer = await fetch(world.origin + at(route), {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
      });
      return faultsIn(name, answer);
    };
    const urlencoded = 'application/x-www-form-urlencoded';
    const forms = known
      ? hostileTexts.map((text) => {
          const filled = fields.map((field): [string, string] => [field, text]);
          return send(`${text.slice(0, 30)} everywhere`, urlencoded, `${new URLSearchParams(filled)}`);
        })
      : [];
    const bodies = hostileBodies.filter(([name]) =>
      known ? !/large|deep/.test(name) : /empty|form|large/.test(name),
    );
    const found = await all([...forms, ...bodies.map(([name, type, body]) => send(name, type, body))]);
    expect(found).toEqual([]);
  });

  it('GET everything', async () => {
    const asked = gets.flatMap((route) =>
      hostileWords.map((word) => async () => {
        const query = queries.map((name) => `${name}=${word.slice(0, 200)}`).join('&');
        const headers = { accept: 'application/json', ...headersOf(who, route) };
        const answer = await fetch(`${world.origin}${at(route, word)}?${query}`, {
          headers,
          redirect: 'manual',
        });
        return faultsIn(`${route} ${word.slice(0, 20)}`, answer);
      }),
    );
    expect(await all(asked)).toEqual([]);
  });
});

it('after all that the desk is there, and its case is as it was', async () => {
  expect((await fetch(`${world.origin}/health`)).status).toBe(200);
  const { body } = await (await world.signIn('Moderator B')).get(`/cases/${caseId}`);
  expect([body.items.length, body.decided]).toEqual([1, null]);
});
