/** A real NodeBB that an operator runs already, as its own pages and its write API answer. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@answerable/gateway/testing/browser';
import { z } from 'zod';

const plugin = 'nodebb-plugin-sso-oauth2-multiple';
/** A newcomer waits this long for a first post there, and a little more. */
const firstPostSeconds = 15;

export interface ForumSettings {
  /** the checkout, to read its version */
  path: string;
  url: string;
  /** of its write API; uid 0, because new members write through it */
  masterToken: string;
  /** for whom it acts, an administrator, and a category to post in */
  uid: number;
  cid: number;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the forum says
export type Said = { status: number; body: any };

/** One of the plugin's, as the forum has it. */
export type Strategy = z.infer<typeof strategyShape>;
const strategyShape = z.object({
  enabled: z.literal(true),
  authUrl: z.url(),
  id: z.string().min(1),
  secret: z.string().min(32),
  // As text where NodeBB keeps its data in Redis.
  trustEmailVerified: z.literal(['1', 1]),
  callbackUrl: z.url(),
});

export interface RealForum {
  origin: string;
  versions: string;
  ask(method: string, address: string, body?: object, as?: number): Promise<Said>;
  /** undefined: the forum has no such strategy */
  strategy(name: string): Promise<Strategy | undefined>;
  /** Ticks what the forum asks of newcomers (its consent page), if it asks. */
  agree(browser: Browser): Promise<void>;
  /** A topic of a new member's, through whatever keeps newcomers' first posts back. */
  topic(member: number): Promise<{ tid: number; pid: number }>;
  member(uid: number): Promise<{ banned: boolean; muted: boolean }>;
  /** who the forum takes this browser for */
  whoIs(browser: Browser): Promise<{ uid: number; username: string; email: string } | undefined>;
}

export async function realForum(settings: ForumSettings): Promise<RealForum> {
  const { path, url, masterToken, uid, cid } = settings;
  const { origin } = new URL(url);
  const version = versionIn(path, 'nodebb');
  if (version === undefined) throw new Error('--nodebb: there is no NodeBB at this path.');
  const ofPlugin = versionIn(join(path, 'node_modules', plugin), plugin);

  const ask: RealForum['ask'] = async (method, address, body, as = uid) => {
    const at = new URL(address, origin);
    at.searchParams.set('_uid', String(as));
    const response = await fetch(at, {
      method,
      headers: { authorization: `Bearer ${masterToken}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  const self = await ask('GET', '/api/self');
  if (self.status !== 200 || !self.body.isAdmin)
    throw new Error('--url, --token, --uid: the forum does not answer to this token as to an administrator.');

  return {
    origin,
    versions: `NodeBB ${version}; ${plugin} ${ofPlugin ?? 'is not installed'}.`,
    ask,
    async strategy(name) {
      // The plugin stumbles over a name that it does not have.
      const { status, body } = await ask('GET', `/api/v3/plugins/oauth2-multiple/strategies/${name}`);
      if (status !== 200) return undefined;
      const found = strategyShape.safeParse(body.response.strategy);
      if (!found.success)
        throw new Error(`The strategy ${name} is not as "answerable gateway add nodebb" prints it.`);
      return found.data;
    },
    async agree(browser) {
      const { csrf_token } = await (await browser.fetch(`${origin}/api/config`)).json();
      await browser.fetch(`${origin}/register/complete`, {
        method: 'POST',
        headers: { 'x-csrf-token': csrf_token },
        body: new URLSearchParams({ gdpr_agree_data: 'on', gdpr_agree_email: 'on' }),
      });
    },
    async topic(member) {
      const wish = { cid, title: 'A topic for trying', content: 'Words for trying, **no more**.' };
      const until = Date.now() + firstPostSeconds * 1000;
      let said = await ask('POST', '/api/v3/topics', wish, member);
      while (said.status === 400 && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        said = await ask('POST', '/api/v3/topics', wish, member);
      }
      const { response } = said.body;
      if (said.status === 200) return { tid: response.tid, pid: response.mainPid };
      if (said.status !== 202) throw new Error(`The forum takes no topic: ${said.status}.`);
      const taken = await ask('POST', `/api/v3/posts/queue/${response.id}`, {});
      const { tid, pid } = taken.body.response.post;
      return { tid, pid };
    },
    async member(of) {
      const { body } = await ask('GET', `/api/v3/users/${of}`);
      const { banned, muted } = body.response;
      return { banned: Boolean(banned), muted: Boolean(muted) };
    },
    async whoIs(browser) {
      const response = await browser.fetch(`${origin}/api/self`);
      return response.status === 200 ? await response.json() : undefined;
    },
  };
}

function versionIn(folder: string, name: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const read = JSON.parse(readFileSync(file, 'utf8'));
  return read.name === name ? String(read.version) : undefined;
}
