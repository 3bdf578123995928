/** People who work at a console, without a window: a sign-in link from the operator, a session, its CSRF token. */
import { callJson } from '@answerable/kit/http-client';
import type { RoleName } from '@answerable/practice-constellation/network';
import { type Browser, createBrowser } from '@answerable/practice-people/browser';
import { z } from 'zod';
import { answerOf } from './cast.ts';
import type { World } from './world.ts';

export interface Worker {
  name: string;
  at: RoleName;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
}

const session = z.object({ csrf: z.string() });

/** Signs somebody in at the console of a desk, a guardian or the authority. Once per person and world. */
export async function worker(
  world: World,
  at: RoleName,
  name: string,
  roles?: readonly string[],
): Promise<Worker> {
  const key = `worker ${at} ${name}`;
  const known = world.notes.get(key) as Worker | undefined;
  if (known) return known;
  const { origin } = world.network.roles[at];
  const { path } = await callJson(`${origin}/operator/sign-in-links`, {
    body: roles ? { name, roles } : { name },
    headers: { authorization: `Bearer ${world.network.tokens.operator}` },
    schema: z.object({ path: z.string() }),
  });
  const browser = createBrowser();
  await browser.fetch(`${origin}${path}`);
  const where = at === 'desk' ? '/me' : '/api/session';
  const { csrf } = session.parse(await answerOf(await browser.fetch(`${origin}${where}`, asJson())));
  const made: Worker = {
    name,
    at,
    get: async (address) => answerOf(await browser.fetch(`${origin}${address}`, asJson())),
    post: async (address, body = {}) => answerOf(await post(browser, `${origin}${address}`, csrf, body)),
  };
  world.notes.set(key, made);
  return made;
}

const asJson = (): RequestInit => ({ headers: { accept: 'application/json' } });

const post = (browser: Browser, url: string, csrf: string, body: unknown): Promise<Response> =>
  browser.fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': csrf,
      origin: new URL(url).origin,
    },
    body: JSON.stringify(body),
  });

/** Three people work at the desk of Commons: nobody decides alone where two are needed. */
export const moderators = (world: World) =>
  Promise.all([
    worker(world, 'desk', 'Moderator A', ['moderator']),
    worker(world, 'desk', 'Moderator B', ['moderator']),
    worker(world, 'desk', 'Moderator C', ['moderator', 'appeals']),
  ]);

/** Waits until `look` finds something; throws after `seconds`. */
export async function until<T>(look: () => Promise<T | undefined>, what: string, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} did not come within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
