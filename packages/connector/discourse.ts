/**
 * Discourse through its API with an admin key (docs/platforms/discourse.md). Addresses: `12` is a post,
 * `topic:3` and `category:4` are pages, `12` of an account is its user id. Deleting is soft there, and undone by
 * the same API.
 */
import { realClock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { createCaller, segment } from './call.ts';
import { foreignLocator, foreignSub } from './foreign-name.ts';
import type { ConnectorMemory } from './memory.ts';
import { abilitiesOf, accountOf, addressOf, bringBack, performing, putAway, type Switch } from './perform.ts';
import { instantOf, textOfHtml } from './plain-words.ts';
import { type Acted, byHand, type Platform } from './platform.ts';
import type { SettingsOf } from './settings.ts';

const textCharsMax = 10_000;
/** Who is suspended reads no messages there, and this API sends no e-mail afterwards. */
const unread = 'The account is suspended and reads no messages. Send these words by e-mail.';
const recordPostsMax = 20;
/** How long Discourse is told to suspend; the desk itself ends it on its day. */
const suspendedUntil = '3000-01-01';
const slowSeconds = 900;
/** What Discourse's OpenID plugin calls the way by which accounts of a gateway come. */
const signInProvider = 'oidc';
const titleOfWords = 'From the moderators';

const id = z.int().transform(String);
const post = z.object({
  id,
  username: z.string(),
  user_id: id.nullish(),
  topic_id: id,
  post_number: z.int(),
  created_at: z.string(),
  raw: z.string().nullish(),
  cooked: z.string().catch(''),
  deleted_at: z.string().nullish(),
  notice: z.unknown(),
});
const topic = z.object({
  id,
  title: z.string(),
  created_at: z.string(),
  deleted_at: z.string().nullish(),
  slow_mode_seconds: z.number().nullish(),
  post_stream: z.object({ posts: z.array(post) }).catch({ posts: [] }),
});
const category = z.object({
  category: z.object({
    id,
    name: z.string(),
    color: z.string(),
    text_color: z.string(),
    description_text: z.string().nullish(),
    group_permissions: z.array(z.object({ permission_type: z.int(), group_name: z.string() })).catch([]),
  }),
});
const user = z.object({
  id,
  username: z.string(),
  created_at: z.string(),
  suspended_till: z.string().nullish(),
  silenced_till: z.string().nullish(),
});
/** Told to staff alone; what stands there was told by the sign-in, and its holder cannot write it. */
const signedIn = z.object({
  external_ids: z.object({ [signInProvider]: wire.sub.nullish().catch(null) }).catch({}),
});
const session = z.object({
  current_user: z.object({
    username: z.string(),
    admin: z.boolean().catch(false),
    moderator: z.boolean().catch(false),
  }),
});
const named = z.object({ user: z.object({ id, username: z.string() }) });
const anything = z.unknown();
/** Who may still see a category that is put away. */
const onlyStaff = { staff: 1 };

const abilities = abilitiesOf({
  'hide-item': { does: 'yes', words: 'The first post of a topic takes the topic with it.' },
  'restore-item': 'yes',
  'hold-page': {
    does: 'partly',
    words: 'A topic is hidden, a category left to staff. A group has to be hidden by hand.',
  },
  'shut-page': {
    does: 'partly',
    words: 'A topic is hidden, a category left to staff. A group has to be shut by hand.',
  },
  'restore-page': 'yes',
  'suspend-account': 'yes',
  'restore-account': 'yes',
  'restrict-account': { does: 'yes', words: 'As silenced: it reads, and writes to moderators only.' },
  'end-restriction': 'yes',
  'show-help': { does: 'yes', words: 'As a notice above the post.' },
  'tell-account': { does: 'yes', words: 'As a private message from the key’s account.' },
  'slow-replies': { does: 'yes', words: 'As slow mode of the topic: one reply in a quarter of an hour.' },
  'restore-replies': 'yes',
});

export function discourse(settings: SettingsOf<'discourse'>, memory: ConnectorMemory): Platform {
  const { name: platform, origin, token, username } = settings;
  const call = createCaller(origin, { 'api-key': token, 'api-username': username });
  const get = <T>(path: string, schema: z.ZodType<T>) => call(`/${path}.json`, { schema });
  const send = (method: 'PUT' | 'POST' | 'DELETE', path: string, body: object = {}) =>
    call(`/${path}.json`, { method, body, schema: anything });

  const hiddenPost = (which: string): Switch => ({
    look: async () => ({ away: Boolean((await get(`posts/${segment(which)}`, post)).deleted_at) }),
    putAway: () => send('DELETE', `posts/${segment(which)}`),
    bringBack: () => send('PUT', `posts/${segment(which)}/recover`),
  });
  const hiddenTopic = (which: string): Switch => ({
    look: async () => ({ away: Boolean((await get(`t/${segment(which)}`, topic)).deleted_at) }),
    putAway: () => send('DELETE', `t/${segment(which)}`),
    bringBack: () => send('PUT', `t/${segment(which)}/recover`),
  });
  const permissionsOf = async (which: string) => {
    const { category: one } = await get(`c/${segment(which)}/show`, category);
    const permissions = Object.fromEntries(
      one.group_permissions.map((p) => [p.group_name, p.permission_type]),
    );
    return { ...one, permissions: one.group_permissions.length === 0 ? { everyone: 1 } : permissions };
  };
  const closedCategory = (which: string): Switch => {
    const put = async (permissions: object) => {
      const { name, color, text_color } = await permissionsOf(which);
      return send('PUT', `categories/${segment(which)}`, { name, color, text_color, permissions });
    };
    return {
      async look() {
        const detail = JSON.stringify((await permissionsOf(which)).permissions);
        return { away: detail === JSON.stringify(onlyStaff), detail };
      },
      putAway: () => put(onlyStaff),
      bringBack: (detail) => put(JSON.parse(detail)),
    };
  };
  const suspended = (which: string, reason: string): Switch => ({
    async look() {
      const { suspended_till } = await get(`admin/users/${segment(which)}`, user);
      return { away: suspended_till != null && Date.parse(suspended_till) > realClock.now().getTime() };
    },
    putAway: () =>
      send('PUT', `admin/users/${segment(which)}/suspend`, { suspend_until: suspendedUntil, reason }),
    bringBack: () => send('PUT', `admin/users/${segment(which)}/unsuspend`),
  });
  const silenced = (which: string, reason: string): Switch => ({
    async look() {
      const { silenced_till } = await get(`admin/users/${segment(which)}`, user);
      return { away: silenced_till != null && Date.parse(silenced_till) > realClock.now().getTime() };
    },
    putAway: () =>
      send('PUT', `admin/users/${segment(which)}/silence`, { silenced_till: suspendedUntil, reason }),
    bringBack: () => send('PUT', `admin/users/${segment(which)}/unsilence`),
  });
  const slow = (which: string): Switch => ({
    async look() {
      const seconds = (await get(`t/${segment(which)}`, topic)).slow_mode_seconds ?? 0;
      return { away: seconds >= slowSeconds, detail: String(seconds) };
    },
    putAway: () => send('PUT', `t/${segment(which)}/slow_mode`, { seconds: slowSeconds }),
    bringBack: (seconds) => send('PUT', `t/${segment(which)}/slow_mode`, { seconds: Number(seconds) }),
  });

  async function page(address: string, target: string, restore = false): Promise<Acted | undefined> {
    const [kind, which = ''] = address.split(':');
    if (kind !== 'topic' && kind !== 'category')
      return byHand('A group has no switch in this API. Hide it in Discourse, without deleting it.');
    const thing = kind === 'topic' ? hiddenTopic(which) : closedCategory(which);
    return restore ? bringBack(memory, target, thing) : putAway(memory, target, thing);
  }
  /** The topic in which replies are slowed: that of a post, or the page itself. */
  async function topicAt(address: string): Promise<string> {
    const [kind, which] = address.split(':');
    return kind === 'topic' && which ? which : (await get(`posts/${segment(address)}`, post)).topic_id;
  }
  /** A message carries the act as its id outside; Discourse keeps such ids unique, so the look finds it. */
  async function tell(whom: string, act: string, words: string): Promise<Acted | undefined> {
    if ((await suspended(whom, '').look()).away) return byHand(unread);
    const { username: name } = await get(`admin/users/${segment(whom)}`, user);
    const known = await call(`/t/external_id/${segment(act)}.json`, {
      schema: anything,
      redirectIs: 'found',
    }).then(
      () => true,
      (error) => {
        if (error instanceof Refusal && error.code === 'not_found') return false;
        throw error;
      },
    );
    const message = {
      title: titleOfWords,
      raw: words,
      archetype: 'private_message',
      target_recipients: name,
    };
    if (!known) await send('POST', 'posts', { ...message, external_id: act });
    return undefined;
  }
  async function help(pid: string, words: string): Promise<undefined> {
    const { notice } = await get(`posts/${segment(pid)}`, post);
    if (!JSON.stringify(notice ?? '').includes(JSON.stringify(words).slice(1, -1)))
      await send('PUT', `posts/${segment(pid)}/notice`, { notice: words });
    return undefined;
  }

  /** As the gateway calls who came in through it, so that a decision reaches their person; others by a name of ours. */
  async function subOf(which: string): Promise<string> {
    const known = await get(`admin/users/${segment(which)}`, signedIn).catch((error) => {
      // Deleted since, or the key is of somebody who may not see it.
      if (error instanceof Refusal && ['not_found', 'forbidden'].includes(error.code)) return undefined;
      throw error;
    });
    return known?.external_ids[signInProvider] ?? foreignSub(platform, which);
  }
  type Known = Map<string, string>;
  async function author(
    which: string | null | undefined,
    name: string,
    known: Known = new Map(),
  ): Promise<string | null> {
    if (which == null) return null;
    const sub = known.get(which) ?? (await subOf(which));
    known.set(which, sub);
    const url = `${origin}/u/${segment(name)}`;
    await memory.keepNames([{ locator: `account/${sub}`, platform, address: which, url }]);
    return sub;
  }
  async function locatorFor(kind: 'post' | 'page', address: string, url: string): Promise<string> {
    const locator = foreignLocator(kind, platform, address);
    await memory.keepNames([{ locator, platform, address, url }]);
    return locator;
  }
  const common = { platform, language: 'und' };
  const itemOfPost = async (locator: string, one: z.infer<typeof post>, known?: Known) => ({
    ...common,
    kind: 'post' as const,
    locator,
    author: await author(one.user_id, one.username, known),
    text: (one.raw ?? textOfHtml(one.cooked)).slice(0, textCharsMax),
    posted: instantOf(one.created_at),
  });

  return {
    act: performing(
      memory,
      {
        'hide-item': (pid, { target }) => putAway(memory, target, hiddenPost(pid)),
        'restore-item': (pid, { target }) => bringBack(memory, target, hiddenPost(pid)),
        'hold-page': (address, { target }) => page(address, target),
        'shut-page': (address, { target }) => page(address, target),
        'restore-page': (address, { target }) => page(address, target, true),
        'suspend-account': (which, { target, notice }) => putAway(memory, target, suspended(which, notice)),
        'restore-account': (which, { target }) => bringBack(memory, target, suspended(which, '')),
        'restrict-account': (which, { target, notice }) =>
          putAway(memory, `${target} restricted`, silenced(which, notice)),
        'end-restriction': (which, { target }) =>
          bringBack(memory, `${target} restricted`, silenced(which, '')),
        'show-help': (pid, { notice }) => help(pid, notice),
        'tell-account': (which, { act, notice }) => tell(which, act, notice),
        'slow-replies': async (at, { target }) =>
          putAway(memory, `${target} replies`, slow(await topicAt(at))),
        'restore-replies': async (at, { target }) =>
          bringBack(memory, `${target} replies`, slow(await topicAt(at))),
      },
      abilities,
    ),
    async item(locator) {
      const address = await addressOf(memory, locator);
      if (locator.startsWith('post/'))
        return itemOfPost(locator, await get(`posts/${segment(address)}`, post));
      if (locator.startsWith('account/')) {
        const { username: text, created_at } = await get(`admin/users/${segment(address)}`, user);
        return {
          ...common,
          kind: 'account',
          locator,
          author: await author(address, text),
          text,
          posted: instantOf(created_at),
        };
      }
      const [kind, which = ''] = address.split(':');
      if (kind === 'topic') {
        const { title, created_at, post_stream } = await get(`t/${segment(which)}`, topic);
        const first = post_stream.posts[0];
        const by = first ? await author(first.user_id, first.username) : null;
        return {
          ...common,
          kind: 'page',
          locator,
          author: by,
          text: title.slice(0, textCharsMax),
          posted: instantOf(created_at),
        };
      }
      const { name, description_text } = await permissionsOf(which);
      const text = [name, description_text ?? ''].join('\n\n').trim().slice(0, textCharsMax);
      return { ...common, kind: 'page', locator, author: null, text, posted: instantOf(0) };
    },
    async pageRecord(locator) {
      const [kind, which = ''] = (await addressOf(memory, locator)).split(':');
      const found = await this.item(locator);
      if (kind !== 'topic') return { page: found, posts: [], warnings: [] };
      const { post_stream } = await get(`t/${segment(which)}`, topic);
      const posts = [];
      // Discourse counts what a key asks in a minute: each author once.
      const known: Known = new Map();
      for (const one of post_stream.posts.slice(0, recordPostsMax))
        posts.push(await itemOfPost(await locatorFor('post', one.id, `${origin}/p/${one.id}`), one, known));
      return { page: found, posts, warnings: [] };
    },
    async locate(url, kind) {
      const path = url.startsWith(`${origin}/`) ? new URL(url).pathname : '';
      const pid = /^\/p\/(\d{1,15})(?:\/\d+)?$/.exec(path)?.[1];
      if (pid) return locatorFor('post', pid, url);
      const [, tid, number = '1'] = /^\/t\/(?:[^/]*\/)?(\d{1,15})(?:\/(\d{1,9}))?$/.exec(path) ?? [];
      if (tid && kind === 'page') return locatorFor('page', `topic:${tid}`, url);
      if (tid) return locatorFor('post', (await get(`posts/by_number/${tid}/${number}`, post)).id, url);
      const cid = /^\/c\/(?:[^/]+\/)+(\d{1,15})$/.exec(path)?.[1];
      if (cid) return locatorFor('page', `category:${cid}`, url);
      const name = /^\/u\/([\w.-]{1,100})$/.exec(path)?.[1];
      if (!name) return undefined;
      const found = await get(`u/${segment(name)}`, named);
      return `account/${await author(found.user.id, found.user.username)}`;
    },
    account: (sought) =>
      accountOf(memory, platform, sought, async () => {
        const found = await get(`u/by-external/${segment(sought.sub)}/${signInProvider}`, named);
        const { id: address, username: name } = found.user;
        return { address, url: `${origin}/u/${segment(name)}` };
      }),
    async check() {
      try {
        const { current_user: me } = await get('session/current', session);
        const missing = me.admin
          ? []
          : me.moderator
            ? ['Admin (for categories and suspensions of staff)']
            : ['Admin'];
        return { reached: true, as: me.username, missing };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const said = ['unauthorised', 'forbidden', 'not_found'].includes(error.code);
        return { reached: said, as: null, missing: said ? ['The API key'] : [] };
      }
    },
    abilities,
  };
}
