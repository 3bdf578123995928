/**
 * Mastodon through its admin API (docs/platforms/mastodon.md). Accounts can be frozen, limited and suspended;
 * single posts cannot be touched by this API, so those acts are done by hand. Addresses: the id of a status or
 * of an account, as this server numbers them.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import { z } from 'zod';
import { createCaller, segment } from './call.ts';
import { foreignLocator, foreignSub } from './foreign-name.ts';
import { mastodonAccount, mastodonStatus, snapshotOfAccount, snapshotOfStatus } from './mastodon-shapes.ts';
import type { ConnectorMemory } from './memory.ts';
import {
  abilitiesOf,
  accountOf,
  addressOf,
  bringBack,
  performing,
  putAway,
  type Switch,
  writeOnce,
} from './perform.ts';
import type { Acted, Platform } from './platform.ts';
import type { SettingsOf } from './settings.ts';

const recordPosts = 40;

const adminAccount = z.object({
  id: z.string(),
  domain: z.string().nullable(),
  suspended: z.boolean(),
  silenced: z.boolean(),
  disabled: z.boolean().nullable(),
  account: mastodonAccount,
});
const anything = z.object({});
const credentials = z.object({
  acct: z.string(),
  role: z
    .object({
      permissions: z
        .string()
        .regex(/^\d{1,30}$/)
        .or(z.int().min(0)),
    })
    .nullish(),
});

/** Bits of a role's permissions that we need, any of the first suffices for all. */
const administrator = 0x1n;
const rights: readonly [bit: bigint, words: string][] = [
  [0x10n, 'Manage Reports'],
  [0x400n, 'Manage Users'],
];

const post = { does: 'no' } as const;
const byMessage = {
  does: 'partly',
  words: 'As a private message from the desk’s account to the author; nothing is shown beside the post.',
} as const;
const abilities = abilitiesOf({
  'hide-item': {
    ...post,
    words:
      'In Mastodon open the report, or the account’s posts, and mark this post as sensitive. Deleting it cannot be undone.',
  },
  'restore-item': { ...post, words: 'In Mastodon take the sensitive mark from this post again.' },
  'hold-page': {
    does: 'partly',
    words: 'The account is limited: hidden from everybody who does not follow it.',
  },
  'shut-page': {
    does: 'partly',
    words: 'The account is suspended. Mastodon deletes its posts after 30 days; until then it can be undone.',
  },
  'restore-page': 'yes',
  'suspend-account': {
    does: 'partly',
    words:
      'An account of this server is frozen: it cannot be used, its posts stay. One of another server is limited.',
  },
  'restore-account': 'yes',
  'restrict-account': {
    does: 'partly',
    words: 'The account is limited: it can post, and only those who follow it see that.',
  },
  'end-restriction': 'yes',
  'show-help': byMessage,
  'tell-account': {
    does: 'yes',
    words: 'As a private message; by e-mail, as a warning, to an account that cannot sign in.',
  },
});

export function mastodon(settings: SettingsOf<'mastodon'>, memory: ConnectorMemory): Platform {
  const { name: platform, origin, token } = settings;
  const call = createCaller(origin, { authorization: `Bearer ${token}` });
  const admin = (id: string) => `/api/v1/admin/accounts/${segment(id)}`;
  const account = (id: string) => call(admin(id), { schema: adminAccount });
  const action = (id: string, type: string) =>
    call(`${admin(id)}/action`, { body: { type, send_email_notification: false }, schema: anything });
  const undo = (id: string, verb: string) => call(`${admin(id)}/${verb}`, { body: {}, schema: anything });

  const frozen = (id: string): Switch => ({
    async look() {
      const { domain, disabled, silenced } = await account(id);
      const local = domain === null;
      return { away: local ? disabled === true : silenced, detail: local ? 'local' : 'remote' };
    },
    putAway: async () => action(id, (await account(id)).domain === null ? 'disable' : 'silence'),
    bringBack: (detail) => undo(id, detail === 'local' ? 'enable' : 'unsilence'),
  });
  const limited = (id: string): Switch => ({
    async look() {
      const { silenced, suspended } = await account(id);
      return { away: silenced || suspended };
    },
    putAway: () => action(id, 'silence'),
    bringBack: () => undo(id, 'unsilence'),
  });
  const suspended = (id: string): Switch => ({
    look: async () => ({ away: (await account(id)).suspended }),
    putAway: () => action(id, 'suspend'),
    bringBack: () => undo(id, 'unsuspend'),
  });
  /** A hold and a shut page are two switches of one account, so each remembers for itself. */
  const shutTarget = (target: string) => `${target} suspended`;

  async function tell(id: string, act: string, words: string): Promise<Acted | undefined> {
    const { account: whom, disabled, suspended: shut, domain } = await account(id);
    if (domain === null && (disabled || shut)) {
      // Who cannot sign in reads no messages: as a warning, Mastodon sends the words by e-mail.
      const body = { type: 'none', text: words, send_email_notification: true };
      return writeOnce(memory, act, () => call(`${admin(id)}/action`, { body, schema: anything }));
    }
    const body = { status: `@${whom.acct} ${words}`, visibility: 'direct' };
    // Mastodon keeps the key for an hour, longer than any lost answer is waited for.
    await call('/api/v1/statuses', { body, headers: { 'idempotency-key': act }, schema: anything });
    return undefined;
  }
  const status = (id: string) => call(`/api/v1/statuses/${segment(id)}`, { schema: mastodonStatus });

  async function keep(snapshot: ItemSnapshot, id: string, url: string | null): Promise<ItemSnapshot> {
    if (snapshot.author) {
      const locator = `account/${snapshot.author}`;
      await memory.keepNames([{ locator, platform, address: id, url }]);
    }
    return snapshot;
  }

  return {
    act: performing(
      memory,
      {
        'suspend-account': (id, { target }) => putAway(memory, target, frozen(id)),
        'restore-account': (id, { target }) => bringBack(memory, target, frozen(id)),
        'restrict-account': (id, { target }) => putAway(memory, `${target} restricted`, limited(id)),
        'end-restriction': (id, { target }) => bringBack(memory, `${target} restricted`, limited(id)),
        'hold-page': (id, { target }) => putAway(memory, target, limited(id)),
        'shut-page': (id, { target }) => putAway(memory, shutTarget(target), suspended(id)),
        async 'restore-page'(id, { target }) {
          await bringBack(memory, shutTarget(target), suspended(id));
          return bringBack(memory, target, limited(id));
        },
        'tell-account': (id, { act, notice }) => tell(id, act, notice),
        'show-help': async (id, { act, notice }) => tell((await status(id)).account.id, act, notice),
      },
      abilities,
    ),
    async item(locator) {
      const id = await addressOf(memory, locator);
      if (locator.startsWith('post/')) {
        const found = await status(id);
        return keep(snapshotOfStatus(platform, locator, found), found.account.id, found.account.url);
      }
      const found = (await account(id)).account;
      return keep(snapshotOfAccount(platform, locator, found), found.id, found.url);
    },
    async pageRecord(locator) {
      const id = await addressOf(memory, locator);
      const page = await this.item(locator);
      const query = { limit: String(recordPosts), exclude_reblogs: 'true' };
      const posts = await call(`/api/v1/accounts/${segment(id)}/statuses`, {
        query,
        schema: z.array(mastodonStatus).max(recordPosts),
      });
      const names = posts.map((one) => ({
        locator: foreignLocator('post', platform, one.id),
        platform,
        address: one.id,
        url: one.url ?? null,
      }));
      await memory.keepNames(names);
      const shown = posts.map((one, n) => snapshotOfStatus(platform, names[n]!.locator, one));
      return { page, posts: shown, warnings: [] };
    },
    async locate(url, kind) {
      const path = url.startsWith(`${origin}/`) ? new URL(url).pathname : '';
      const id = /^\/(?:@[^/]{1,200}|users\/[^/]{1,200}\/statuses)\/(\d{1,32})$/.exec(path)?.[1];
      if (id) {
        const locator = foreignLocator('post', platform, id);
        await memory.keepNames([{ locator, platform, address: id, url }]);
        return locator;
      }
      const acct = /^\/(?:@|users\/)([\w.@-]{1,200})$/.exec(path)?.[1];
      if (!acct) return undefined;
      const found = await call('/api/v1/accounts/lookup', { query: { acct }, schema: mastodonAccount }).catch(
        (error) => {
          if (error instanceof Refusal && error.code === 'not_found') return undefined;
          throw error;
        },
      );
      if (!found) return undefined;
      const locator =
        kind === 'page'
          ? foreignLocator('page', platform, found.id)
          : `account/${foreignSub(platform, found.id)}`;
      await memory.keepNames([{ locator, platform, address: found.id, url: found.url }]);
      return locator;
    },
    account: (sought) =>
      accountOf(memory, platform, sought, async () => {
        // The address is this account's alone; a name may have been somebody's before there was a gateway.
        const { email, handle } = sought;
        const query = { local: 'true', limit: '2', ...(email ? { email } : { username: handle }) };
        const found = await call('/api/v1/admin/accounts', { query, schema: z.array(adminAccount) });
        const matching = found.filter((one) => one.domain === null && (email || one.account.acct === handle));
        const [only, second] = matching;
        return only && !second ? { address: only.id, url: only.account.url } : undefined;
      }),
    async check() {
      try {
        const { acct, role } = await call('/api/v1/accounts/verify_credentials', { schema: credentials });
        const held = BigInt(role?.permissions ?? 0);
        const missing = rights
          .filter(([bit]) => (held & (bit | administrator)) === 0n)
          .map(([, words]) => words);
        const listed = await call('/api/v1/admin/accounts', {
          query: { limit: '1' },
          schema: z.array(anything),
        }).catch((error) => (error instanceof Refusal ? error.code : 'internal'));
        if (listed === 'forbidden') missing.push('the scope admin:read:accounts');
        return { reached: true, as: acct, missing };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const said = error.code === 'unauthorised' || error.code === 'forbidden';
        return { reached: said, as: null, missing: said ? ['The access token'] : [] };
      }
    },
    abilities,
  };
}
