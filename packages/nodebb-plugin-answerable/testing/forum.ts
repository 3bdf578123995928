/** A NodeBB as small as it can be: the modules that the plugin reads, and a host that fires hooks as NodeBB does. */
import { createRequire } from 'node:module';
import type { makePlugin as make } from '../plugin.js';

const require = createRequire(import.meta.url);
const { makePlugin }: { makePlugin: typeof make } = require('../plugin.js');
const { hooks } = require('../plugin.json') as { hooks: { hook: string; method: string }[] };

export const url = 'https://forum.example';

interface Account {
  username: string;
  sub?: string;
  runsIt?: boolean;
  joined?: number;
}
interface Chat {
  shared?: boolean;
  uids?: number[];
  messages?: { fromuid: number; system?: number }[];
}
export interface Forum {
  accounts: Record<string, Account>;
  topics: Record<string, { cid: number; uid: number | string; mainPid: number }>;
  posts: Record<string, { uid: number | string; tid: number; toPid?: number }>;
  chats: Record<string, Chat>;
}
type Route = (req: object, res: object, next: (error?: unknown) => void) => unknown;

export function startForum(forum: Forum, answerable: unknown, at: string = url) {
  const log: string[] = [];
  const pages: Record<string, Route> = {};
  const posted: Record<string, Route> = {};
  const gotten: Record<string, Route> = {};
  const attaching: { value: string; score: number }[] = [];
  /** as the sign-in plugin keeps it: whose account a `sub` is */
  const letIn: Record<string, number> = {};
  const earlier: { since?: number } = {};
  for (const [uid, { sub }] of Object.entries(forum.accounts)) if (sub) letIn[sub] = Number(uid);
  const slugs = (text: string) => text.toLowerCase().replace(/[^\p{L}\d]+$/u, '');
  const uidOf = (slug: string) =>
    Number(Object.keys(forum.accounts).find((uid) => slugs(forum.accounts[uid]!.username) === slug)) || null;
  const between = (a: number, b: number) =>
    Object.entries(forum.chats).find(
      ([, { uids = [] }]) => uids.length === 2 && uids.includes(a) && uids.includes(b),
    );
  const modules: Record<string, object> = {
    nconf: { get: (key: string) => ({ answerable, url: at })[key] },
    winston: { error: (line: string) => log.push(line), warn: (line: string) => log.push(line) },
    './src/database': {
      getObjectField: async (key: string, field: string) => {
        if (key === 'townId:uid') return letIn[field] ?? null;
        if (key === 'answerable:earlier') return earlier.since ?? null;
        return field === 'townId' ? (forum.accounts[key.slice('user:'.length)]?.sub ?? null) : null;
      },
      async setObjectField(key: string, field: string, value: string) {
        if (key === 'townId:uid') letIn[field] = Number(value);
        else if (key === 'answerable:earlier') earlier.since = Number(value);
        else if (field === 'townId') forum.accounts[key.slice('user:'.length)]!.sub = value;
      },
      async sortedSetAdd(_: string, score: number, value: string) {
        attaching.push({ value, score });
      },
      async sortedSetRemove(_: string, value: string) {
        attaching.splice(0, attaching.length, ...attaching.filter((one) => one.value !== value));
      },
      sortedSetScore: async (_: string, value: string) =>
        attaching.find((one) => one.value === value)?.score ?? null,
      getSortedSetRevRangeWithScores: async (_: string, from: number, to: number) =>
        attaching.toSorted((a, b) => b.score - a.score).slice(from, to + 1),
      getSortedSetRangeByScore: async (_: string, from: number, count: number, __: string, max: number) =>
        Object.entries(forum.accounts)
          .filter(([, { joined }]) => joined !== undefined && joined <= max)
          .map(([uid]) => uid)
          .slice(from, from + count),
      getSortedSetRevRange: async (key: string) => {
        const [what, id] = key.split(':').slice(0, 2) as [string, string];
        if (what === 'uid')
          return Object.keys(forum.posts).filter((pid) => String(forum.posts[pid]!.uid) === id);
        return (forum.chats[key.split(':')[2]!]?.messages ?? []).map((_, n) => `${key.split(':')[2]}/${n}`);
      },
    },
    './src/user': {
      isAdminOrGlobalMod: async (uid: number) => forum.accounts[uid]?.runsIt ?? false,
      getUidByUserslug: async (slug: string) => uidOf(slug),
      getUserFields: async (uid: number) => {
        const { username } = forum.accounts[uid]!;
        return { username, userslug: slugs(username) };
      },
    },
    './src/posts': {
      getPostsFields: async (pids: string[]) => pids.map((pid) => forum.posts[pid] ?? {}),
      getPostFields: async (pid: string) => forum.posts[pid] ?? {},
    },
    './src/topics': {
      getTopicsFields: async (tids: string[]) => tids.map((tid) => forum.topics[tid] ?? {}),
      getTopicFields: async (tid: string) => forum.topics[tid] ?? {},
    },
    './src/messaging': {
      isRoomPublic: async (id: string) => forum.chats[id]?.shared ?? false,
      getUidsInRoom: async (id: string) => (forum.chats[id]?.uids ?? []).map(String),
      hasPrivateChat: async (a: number, b: number) => between(Number(a), Number(b))?.[0] ?? 0,
      getMessagesFields: async (mids: string[]) =>
        mids.map((mid) => {
          const [room, n] = mid.split('/') as [string, string];
          return forum.chats[room]!.messages![Number(n)];
        }),
    },
    './src/slugify': slugs,
    './src/controllers/helpers': {
      redirect: (res: { redirect(to: string): void }, to: string) => res.redirect(to),
    },
    './src/routes/helpers': {
      setupPageRoute: (_: object, path: string, __: object[], page: Route) => {
        pages[path] = page;
      },
    },
  };
  const plugin = makePlugin((path) => modules[path]) as unknown as Record<
    string,
    (given: object) => Promise<object>
  >;
  return {
    log,
    attaching,
    letIn,
    /** Something that looks at a request and lets it go on. */
    async get(path: string, req: object): Promise<string> {
      let went = '';
      await gotten[path]!(req, {}, (error) => {
        went = error ? String(error) : 'next';
      });
      return went;
    },
    /** As NodeBB does: whoever listens gets it, and what they throw reaches whoever acts. */
    async fire(hook: string, given: object): Promise<object> {
      for (const { method } of hooks.filter((one) => one.hook === hook))
        given = (await plugin[method]!(given)) ?? given;
      return given;
    },
    load: () =>
      plugin.load!({
        router: {
          post: (path: string, _: unknown, route: Route) => (posted[path] = route),
          get: (path: string, route: Route) => (gotten[path] = route),
        },
        middleware: {},
      }),
    /** What a page is shown with, or where the browser is sent. */
    async show(path: string, req: object): Promise<Record<string, unknown>> {
      let shown: Record<string, unknown> = {};
      const res = {
        render: (template: string, given: object) => (shown = { template, ...given }),
        redirect: (to: string) => (shown = { to }),
      };
      await pages[path]!({ query: {}, params: {}, ...req }, res, () => (shown = { next: true }));
      return shown;
    },
    async post(path: string, req: object): Promise<string> {
      let sent = '';
      const res = { redirect: (_: number, to: string) => (sent = to) };
      // What is put into a session is there for the next page once it is kept.
      const { session: stored = {}, ...rest } = req as { session?: object };
      const session: Record<string, unknown> = { ...stored };
      session.save = (done: () => void) => {
        const { save: _, ...kept } = session;
        Object.assign(stored, kept);
        done();
      };
      await posted[path]!(
        { query: {}, params: {}, body: {}, ...rest, session },
        res,
        (error) => (sent = String(error)),
      );
      return sent;
    },
  };
}
