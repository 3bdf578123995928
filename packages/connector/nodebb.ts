/**
 * NodeBB through its write API v3 (docs/platforms/nodebb.md). Addresses: `12` is a post, `topic:3` and
 * `category:4` are pages, `12` of an account is its uid. Deleting is soft there, and undone by the same API.
 */
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { createCaller, segment } from './call.ts';
import { foreignLocator, foreignSub } from './foreign-name.ts';
import type { ConnectorMemory } from './memory.ts';
import { abilitiesOf, addressOf, bringBack, performing, putAway, type Switch } from './perform.ts';
import { instantOf } from './plain-words.ts';
import { type AccountSought, type Acted, byHand, type ForeignFlag, type Platform } from './platform.ts';
import type { SettingsOf } from './settings.ts';

const textCharsMax = 10_000;
/** Who is banned reads no messages there, and this API sends no e-mail. */
const unread = 'The account is banned and reads no messages. Send these words by e-mail.';
/** Flags of one round, the newest first; the rest comes when these are resolved there. */
const flagsMax = 50;
const recordPostsMax = 20;
/** How long NodeBB is told to mute; who asked for it ends it on its day. */
const mutedUntilMs = Date.UTC(3000, 0);

const id = z.union([z.int(), z.string().max(400)]).transform(String);
const flagOf = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((one) => Number(one) === 1);
const post = z.object({
  pid: id,
  tid: id,
  uid: id,
  content: z.string(),
  timestamp: z.number(),
  deleted: flagOf,
});
const topic = z.object({
  tid: id,
  uid: id,
  title: z.string(),
  timestamp: z.number(),
  deleted: flagOf,
  locked: flagOf,
});
/** A category that is not there is answered with 200 and nothing in it. */
const category = z
  .object({ cid: id, name: z.string(), description: z.string().nullish(), disabled: flagOf })
  .or(z.strictObject({}));
const user = z.object({
  uid: id,
  username: z.string(),
  userslug: z.string().nullish(),
  aboutme: z.string().nullish(),
  joindate: z.number().nullish(),
  banned: flagOf,
  muted: flagOf,
});
const self = z.object({ username: z.string(), isAdmin: flagOf, isGlobalModerator: flagOf.optional() });
const room = z.object({ roomId: id });
const messages = z.object({ messages: z.array(z.object({ content: z.string() })).catch([]) });
const flagList = z.object({
  flags: z.array(z.object({ flagId: id, type: z.enum(['post', 'user']), targetId: id })).max(1_000),
});
const flagDetail = z.object({
  reports: z
    .array(z.object({ value: z.string().max(10_000), timestamp: z.number() }))
    .max(200)
    .catch([]),
});
/** What nodebb-plugin-sso-oauth2-multiple says of whom it let in by the gateway's word. */
const letIn = z.object({ userData: z.object({ uid: id }) });
const anything = z.unknown();

const undefinedIfGone = (error: unknown): undefined => {
  if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
};

const abilities = abilitiesOf({
  'hide-item': 'yes',
  'restore-item': 'yes',
  'hold-page': {
    does: 'partly',
    words: 'A topic is hidden, a category switched off. A group has to be hidden by hand.',
  },
  'shut-page': {
    does: 'partly',
    words: 'A topic is hidden and locked, a category switched off. A group by hand.',
  },
  'restore-page': 'yes',
  'suspend-account': 'yes',
  'restore-account': 'yes',
  'restrict-account': { does: 'yes', words: 'As muted: it reads, and does not post.' },
  'end-restriction': 'yes',
  'show-help': {
    does: 'partly',
    words: 'As a chat message to the author; nothing is shown beside the post.',
  },
  'tell-account': { does: 'yes', words: 'As a chat message from the desk’s account.' },
});

export function nodebb(settings: SettingsOf<'nodebb'>, memory: ConnectorMemory): Platform {
  const { name: platform, origin, token, uid, strategy = platform } = settings;
  const call = createCaller(origin, { authorization: `Bearer ${token}` });
  const query: Record<string, string> = uid === undefined ? {} : { _uid: String(uid) };
  /** The write API wraps every answer in `response`. */
  const write = async <T>(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    schema: z.ZodType<T>,
    body?: object,
  ) => {
    const wrapped = z.object({ response: schema });
    const { response } = await call(`/api/v3/${path}`, {
      method,
      query,
      schema: wrapped,
      ...(method === 'GET' ? {} : { body: body ?? {} }),
    });
    return response;
  };
  const get = <T>(path: string, schema: z.ZodType<T>) => write('GET', path, schema);

  const hidden = (what: 'posts' | 'topics', which: string): Switch => {
    const path = `${what}/${segment(which)}`;
    return {
      look: async () => ({ away: (await get(path, z.object({ deleted: flagOf }))).deleted }),
      putAway: () => write('DELETE', `${path}/state`, anything),
      bringBack: () => write('PUT', `${path}/state`, anything),
    };
  };
  const locked = (tid: string): Switch => ({
    look: async () => ({ away: (await get(`topics/${segment(tid)}`, topic)).locked }),
    putAway: () => write('PUT', `topics/${segment(tid)}/lock`, anything),
    bringBack: () => write('DELETE', `topics/${segment(tid)}/lock`, anything),
  });
  const categoryOf = async (cid: string) => {
    const found = await get(`categories/${segment(cid)}`, category);
    if (!('cid' in found)) throw new Refusal('not_found');
    return found;
  };
  const off = (cid: string): Switch => ({
    look: async () => ({ away: (await categoryOf(cid)).disabled }),
    putAway: () => write('PUT', `categories/${segment(cid)}`, anything, { disabled: 1 }),
    bringBack: () => write('PUT', `categories/${segment(cid)}`, anything, { disabled: 0 }),
  });
  const banned = (which: string, reason: string): Switch => ({
    look: async () => ({ away: (await get(`users/${segment(which)}`, user)).banned }),
    putAway: () => write('PUT', `users/${segment(which)}/ban`, anything, { reason }),
    bringBack: () => write('DELETE', `users/${segment(which)}/ban`, anything),
  });
  const muted = (which: string, reason: string): Switch => ({
    look: async () => ({ away: (await get(`users/${segment(which)}`, user)).muted }),
    putAway: () => write('PUT', `users/${segment(which)}/mute`, anything, { until: mutedUntilMs, reason }),
    bringBack: () => write('DELETE', `users/${segment(which)}/mute`, anything),
  });

  async function page(
    address: string,
    target: string,
    way: 'hold' | 'shut' | 'restore',
  ): Promise<Acted | undefined> {
    const [kind, which = ''] = address.split(':');
    const move = way === 'restore' ? bringBack : putAway;
    if (kind === 'category') return move(memory, target, off(which));
    if (kind !== 'topic')
      return byHand('A group has no switch in this API. Hide it in NodeBB, without deleting it.');
    if (way !== 'hold') await move(memory, `${target} locked`, locked(which));
    return move(memory, target, hidden('topics', which));
  }

  /** Words in the private room with an account, once: each carries a mark by which it is found again. */
  async function tell(whom: string, act: string, words: string): Promise<Acted | undefined> {
    if ((await get(`users/${segment(whom)}`, user)).banned) return byHand(unread);
    // Letters and numbers only: what comes back has been through Markdown.
    const mark = `(${act.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 8)})`;
    const known = await get(`users/${segment(whom)}/chat`, z.object({ roomId: id.nullish() }));
    const isRoom = known.roomId && known.roomId !== '0';
    const roomId = isRoom
      ? known.roomId!
      : (await write('POST', 'chats', room, { uids: [Number(whom)] })).roomId;
    const { messages: said } = await get(`chats/${segment(roomId)}`, messages);
    if (!said.some(({ content }) => content.includes(mark)))
      await write('POST', `chats/${segment(roomId)}`, anything, { message: `${words} ${mark}` });
    return undefined;
  }

  const keepAccount = (sub: string, which: string) =>
    memory.keepNames([
      { locator: `account/${sub}`, platform, address: which, url: `${origin}/uid/${segment(which)}` },
    ]);
  /** Under this field the sign-in plugin keeps what it was told; any other is its holder's to write. */
  const word = `${strategy}Id`;
  const signedIn = z.object({ [word]: wire.sub.nullish().catch(null) });
  /** As the gateway calls them too, so that a decision reaches their person; everybody else by a name of ours. */
  async function author(which: string): Promise<string | null> {
    if (which === '0') return null;
    // Who writes from another server has an address and no number.
    const known = /^\d+$/.test(which)
      ? await get(`users/${segment(which)}`, signedIn).catch(undefinedIfGone)
      : undefined;
    const sub = known?.[word] ?? foreignSub(platform, which);
    await keepAccount(sub, which);
    return sub;
  }
  const locatorFor = async (kind: 'post' | 'page', address: string, url: string): Promise<string> => {
    const locator = foreignLocator(kind, platform, address);
    await memory.keepNames([{ locator, platform, address, url }]);
    return locator;
  };
  const common = { platform, language: 'und' };

  /**
   * Who signed in under this word: the plugin keeps it, and its holder cannot change it, as they can their address
   * and name there. Without the plugin by the address that was made for this account alone; never by a name, which
   * somebody else may bear by now.
   */
  async function uidOf({ sub, email }: AccountSought): Promise<string | undefined> {
    const provider = `plugins/oauth2-multiple/provider/${segment(strategy)}`;
    try {
      return (await get(`${provider}/user/${segment(sub)}`, letIn)).userData.uid;
    } catch (error) {
      // Not by this plugin, or not told to who is no administrator.
      const code = error instanceof Refusal ? error.code : undefined;
      if (code !== 'not_found' && code !== 'forbidden') throw error;
    }
    if (!email) return undefined;
    const { uid } = await call(`/api/user/email/${segment(email)}`, {
      query,
      schema: z.object({ uid: id }),
    });
    return uid;
  }

  return {
    act: performing(
      memory,
      {
        'hide-item': (pid, { target }) => putAway(memory, target, hidden('posts', pid)),
        'restore-item': (pid, { target }) => bringBack(memory, target, hidden('posts', pid)),
        'hold-page': (address, { target }) => page(address, target, 'hold'),
        'shut-page': (address, { target }) => page(address, target, 'shut'),
        'restore-page': (address, { target }) => page(address, target, 'restore'),
        'suspend-account': (which, { target, notice }) => putAway(memory, target, banned(which, notice)),
        'restore-account': (which, { target }) => bringBack(memory, target, banned(which, '')),
        'restrict-account': (which, { target, notice }) =>
          putAway(memory, `${target} restricted`, muted(which, notice)),
        'end-restriction': (which, { target }) => bringBack(memory, `${target} restricted`, muted(which, '')),
        'tell-account': (which, { act, notice }) => tell(which, act, notice),
        'show-help': async (pid, { act, notice }) =>
          tell((await get(`posts/${segment(pid)}`, post)).uid, act, notice),
      },
      abilities,
    ),
    async item(locator) {
      const address = await addressOf(memory, locator);
      if (locator.startsWith('post/')) {
        const found = await get(`posts/${segment(address)}`, post);
        const text = found.content.slice(0, textCharsMax);
        return {
          ...common,
          kind: 'post',
          locator,
          author: await author(found.uid),
          text,
          posted: instantOf(found.timestamp),
        };
      }
      if (locator.startsWith('account/')) {
        const { uid: which, username, aboutme, joindate } = await get(`users/${segment(address)}`, user);
        const text = [username, aboutme ?? ''].join('\n\n').trim().slice(0, textCharsMax);
        return {
          ...common,
          kind: 'account',
          locator,
          author: await author(which),
          text,
          posted: instantOf(joindate ?? 0),
        };
      }
      const [kind, which = ''] = address.split(':');
      if (kind === 'topic') {
        const { title, uid: by, timestamp } = await get(`topics/${segment(which)}`, topic);
        return {
          ...common,
          kind: 'page',
          locator,
          author: await author(by),
          text: title.slice(0, textCharsMax),
          posted: instantOf(timestamp),
        };
      }
      const { name, description } = await categoryOf(which);
      const text = [name, description ?? ''].join('\n\n').trim().slice(0, textCharsMax);
      return { ...common, kind: 'page', locator, author: null, text, posted: instantOf(0) };
    },
    async pageRecord(locator) {
      const [kind, which = ''] = (await addressOf(memory, locator)).split(':');
      const found = await this.item(locator);
      if (kind !== 'topic') return { page: found, posts: [], warnings: [] };
      const { posts } = await call(`/api/topic/${segment(which)}`, {
        query,
        schema: z.object({ posts: z.array(z.object({ pid: id })) }),
      });
      const shown = [];
      for (const { pid } of posts.slice(0, recordPostsMax))
        shown.push(await this.item(await locatorFor('post', pid, `${origin}/post/${pid}`)));
      return { page: found, posts: shown, warnings: [] };
    },
    async locate(url, kind) {
      const path = url.startsWith(`${origin}/`) ? new URL(url).pathname : '';
      const pid = /^\/post\/(\d{1,15})$/.exec(path)?.[1];
      if (pid) return locatorFor('post', pid, url);
      const [, tid, index] = /^\/topic\/(\d{1,15})(?:\/[^/]*(?:\/(\d{1,9}))?)?$/.exec(path) ?? [];
      if (tid && kind === 'page') return locatorFor('page', `topic:${tid}`, url);
      if (tid) {
        // The number in the address counts posts from one; the topic itself knows their own numbers.
        const { posts } = await call(`/api/topic/${tid}${index ? `/x/${index}` : ''}`, {
          query,
          schema: z.object({ posts: z.array(z.object({ pid: id, index: z.number() })) }),
        });
        const found = posts.find((one) => one.index === Number(index ?? 1) - 1);
        return found && locatorFor('post', found.pid, url);
      }
      const cid = /^\/category\/(\d{1,15})(?:\/.*)?$/.exec(path)?.[1];
      return cid && locatorFor('page', `category:${cid}`, url);
    },
    async account(sought) {
      const locator = `account/${sought.sub}`;
      const uid = await uidOf(sought).catch(undefinedIfGone);
      const kept = await memory.name(locator);
      if (uid === undefined) return kept && locator;
      // Who deleted their account there and came in anew has another one now.
      const anew = kept !== undefined && kept.address !== uid;
      const called = anew ? foreignSub(platform, uid) : sought.sub;
      await keepAccount(called, uid);
      return `account/${called}`;
    },
    async check() {
      try {
        const { username, isAdmin, isGlobalModerator } = await call('/api/self', { query, schema: self });
        const missing = isAdmin
          ? []
          : isGlobalModerator
            ? ['Administrator (to switch categories off)']
            : ['Administrator'];
        return { reached: true, as: username, missing };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const said = error.code === 'unauthorised' || error.code === 'forbidden';
        return { reached: said, as: null, missing: said ? ['The API token'] : [] };
      }
    },
    abilities,
    async flags() {
      const { flags: listed } = await call('/api/flags', {
        query: { ...query, state: 'open', perPage: String(flagsMax) },
        schema: flagList,
      });
      const found: ForeignFlag[] = [];
      for (const { flagId, type, targetId } of listed.slice(0, flagsMax)) {
        if (type === 'user' && targetId === '0') continue;
        const locator =
          type === 'user'
            ? `account/${await author(targetId)}`
            : await locatorFor('post', targetId, `${origin}/post/${segment(targetId)}`);
        const { reports } = await get(`flags/${segment(flagId)}`, flagDetail);
        for (const { value, timestamp } of reports)
          found.push({ id: `nodebb/${flagId}/${timestamp}`, locator, words: value });
      }
      return found;
    },
  };
}
