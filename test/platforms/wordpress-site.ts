/**
 * A WordPress that an operator runs already, from both sides: as its administrator, by PHP on its own machine
 * (wordpress-admin.php), and as somebody who comes with a browser and presses the button of its login page.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Credential } from '@answerable/core/presentation/credential';
import { type Browser, browser } from '@answerable/gateway/testing/browser';
import { postJson, type Scene } from '@answerable/gateway/testing/scene';
import { answerAsKnown, answerAsNew } from '@answerable/gateway/testing/wallet';
import { signedAdmissionRequest } from '@answerable/protocol/admission/request';
import { z } from 'zod';

const phpTimeoutMs = 20_000;
const script = fileURLToPath(new URL('./wordpress-admin.php', import.meta.url));

const looked = z.object({
  version: z.string(),
  php: z.string(),
  url: z.string(),
  plugin: z.string().nullable(),
  ours: z.boolean(),
  secret: z.string().nullable(),
  apiToken: z.string().nullable(),
  settings: z.unknown(),
});
const users = z.array(
  z.object({
    id: z.int(),
    sub: z.string(),
    login: z.string(),
    nicename: z.string(),
    shown: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
  }),
);
const comments = z.array(z.object({ id: z.int(), approved: z.string() }));

export function administrator(folder: string, url: string) {
  const run = (word: string, given: object = {}): unknown => {
    const { status, stdout, error } = spawnSync('php', [script, folder, url, word], {
      input: JSON.stringify(given),
      encoding: 'utf8',
      timeout: phpTimeoutMs,
    });
    if (error || status !== 0) throw new Error(`php could not do “${word}” at this WordPress.`);
    return JSON.parse(stdout);
  };
  return {
    look: () => looked.parse(run('look')),
    /** Types fields by what they are called on the plugin's page; says which one is not there. */
    type: (fields: readonly (readonly [string, string])[]) =>
      z.object({ unknown: z.string().nullable() }).parse(run('type', { fields })).unknown,
    usersShown: (shown: string) => users.parse(run('user', { shown })),
    oldAccount: (login: string, password: string) =>
      z.object({ id: z.int() }).parse(run('old-account', { login, password })).id,
    /** Whether the password would be taken if our file were not there. */
    wouldOpen: (login: string, password: string) =>
      z.object({ opens: z.boolean() }).parse(run('would-open', { login, password })).opens,
    setPassword: (id: number, password: string) => run('password', { id, password }),
    newPage: () => z.object({ id: z.int(), address: z.url() }).parse(run('page')),
    comments: (page: number) => comments.parse(run('comments', { page })),
    approve: (comment: number) => run('approve', { comment }),
    putBack: (settings: unknown, pages: readonly number[], made: readonly [id: number, sub: string][]) =>
      run('put-back', { settings, pages, users: made }),
  };
}

export interface Arrived {
  visitor: Browser;
  /** of the gateway's answer: undefined if somebody came back signed in */
  refused: string | undefined;
  /** where they ended up */
  address: string;
}

/** The first thing in a page that `where` finds, as a browser reads it; '' if there is none. */
export const firstIn = (html: string, where: RegExp): string =>
  (where.exec(html)?.[1] ?? '').replaceAll('&#038;', '&').replaceAll('&amp;', '&');

export interface Coming {
  slot?: number;
  /** for somebody new */
  handle?: string;
  visitor?: Browser;
  /** where the button is; the login page by itself */
  page?: string;
}

/** Through a page with the plugin's button, the gateway, and back. */
export async function signInAt(
  scene: Scene,
  url: string,
  person: Credential,
  { slot = 1, handle, visitor = browser(), page = `${url}/wp-login.php` }: Coming = {},
): Promise<Arrived> {
  const html = await (await visitor.fetch(page)).text();
  const link = firstIn(html, /<div class="openid-connect-login-button"[\s\S]*?href="([^"]+)"/);
  if (!link.startsWith(scene.config.origin)) throw new Error('the login page has no button for this gateway');
  const { url: address } = await visitor.follow(link);
  const asked = signedAdmissionRequest.parse(await (await visitor.fetch(`${address}/request`)).json());
  const checkpoint = scene.network.log.checkpoint();
  const name = asked.message.claims?.handle ?? handle;
  const answer = name
    ? answerAsNew(person, asked, scene.network.policy, { slot, handle: name, checkpoint })
    : answerAsKnown(person, asked, slot);
  const reply = await postJson(visitor, `${address}/answer`, answer);
  const { resume, code } = z
    .object({ resume: z.string().optional(), code: z.string().optional() })
    .parse(await reply.json());
  if (!resume) return { visitor, refused: code ?? 'nothing was said', address };
  const arrived = await visitor.follow(resume);
  return { visitor, refused: undefined, address: arrived.url };
}

/** Who is signed in there, by the name that the site shows to them; undefined: nobody. */
export async function whoIsIn(visitor: Browser, url: string): Promise<string | undefined> {
  const { url: at, response } = await visitor.follow(`${url}/wp-admin/profile.php`);
  if (at.includes('wp-login.php')) return undefined;
  return /<span class="display-name">([^<]+)</.exec((await response?.text()) ?? '')?.[1];
}

/** With a password, as everybody did before. */
export async function signInWithPassword(url: string, login: string, password: string): Promise<Browser> {
  const visitor = browser();
  await visitor.fetch(`${url}/wp-login.php`);
  await visitor.fetch(`${url}/wp-login.php`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ log: login, pwd: password, testcookie: '1' }).toString(),
  });
  return visitor;
}

/** Somebody changes the name that is shown with what they write, in their profile. */
export async function nameThemself(visitor: Browser, url: string, shown: string): Promise<void> {
  const html = await (await visitor.fetch(`${url}/wp-admin/profile.php`)).text();
  const user = firstIn(html, /name="user_id"[^>]*value="(\d+)"/);
  const form = {
    _wpnonce: firstIn(html, /name="_wpnonce" value="([^"]+)"/),
    email: firstIn(html, /name="email"[^>]*value="([^"]+)"/),
    action: 'update',
    from: 'profile',
    checkuser_id: user,
    user_id: user,
    nickname: shown,
    display_name: shown,
  };
  await visitor.fetch(`${url}/wp-admin/profile.php`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}
