/**
 * A forum's accounts, sessions and words. Whoever can modify these tables can put words into people's mouths and
 * read every session away; whoever can read them learns, under the ban, everybody's legal name, and under the
 * answerable rule a `sub` that leads nowhere from here.
 */
import { createHash, randomBytes } from 'node:crypto';
import { uniqueViolation } from '@answerable/kit/database';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Settings } from './policy.ts';
import type { ForumTables } from './schema.ts';

const listMax = 100;
const repliesMax = 500;
const idBytes = 16;

export type Db = Kysely<ForumTables>;
export type Account = Selectable<ForumTables['account']>;
export type Post = Selectable<ForumTables['post']>;
export type Page = Selectable<ForumTables['page']>;
export type Started = Selectable<ForumTables['started']>;
/** A post with what is shown of its author. */
export type Shown = Post & {
  handle: string;
  way: Account['way'];
  legal_name: string | null;
  memorial_notice: string | null;
  subject: string | null;
};
export type ForumStore = ReturnType<typeof forumStore>;

export const newId = (): string => randomBytes(idBytes).toString('base64url');
export const hashed = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export function forumStore(db: Db) {
  const shown = () =>
    db
      .selectFrom('post')
      .innerJoin('account', 'account.id', 'post.author')
      .selectAll('post')
      .select([
        'account.handle',
        'account.way',
        'account.legal_name',
        'account.subject',
        'account.memorial_notice',
      ]);

  return {
    async settings(): Promise<Settings> {
      const row = await db.selectFrom('setting').selectAll().executeTakeFirstOrThrow();
      return { rule: row.rule, forUk: row.for_uk, geography: row.geography };
    },
    async beginWith({ rule, forUk, geography }: Settings): Promise<void> {
      const values = { one: true as const, rule, for_uk: forUk, geography };
      await db
        .insertInto('setting')
        .values(values)
        .onConflict((c) => c.doNothing())
        .execute();
    },
    async changeSettings(changed: Partial<Settings>): Promise<void> {
      const values = {
        ...(changed.rule === undefined ? {} : { rule: changed.rule }),
        ...(changed.forUk === undefined ? {} : { for_uk: changed.forUk }),
        ...(changed.geography === undefined ? {} : { geography: changed.geography }),
      };
      if (Object.keys(values).length > 0) await db.updateTable('setting').set(values).execute();
    },

    account: (id: string) => db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst(),
    accountByHandle: (handle: string) =>
      db.selectFrom('account').selectAll().where('handle', '=', handle).executeTakeFirst(),
    accountBySubject: (way: Account['way'], subject: string) =>
      db
        .selectFrom('account')
        .selectAll()
        .where('way', '=', way)
        .where('subject', '=', subject)
        .executeTakeFirst(),
    /** Refuses `handle_taken`. */
    async addAccount(account: Account): Promise<void> {
      await db
        .insertInto('account')
        .values(account)
        .execute()
        .catch((error) => {
          throw uniqueViolation(error) === 'account_handle' ? new Refusal('handle_taken') : error;
        });
    },
    async changeAccount(id: string, changed: Partial<Account>): Promise<void> {
      await db.updateTable('account').set(changed).where('id', '=', id).execute();
    },
    /** False if there is no such account. */
    async approve(handle: string): Promise<boolean> {
      const done = await db
        .updateTable('account')
        .set({ awaits_moderator: false })
        .where('handle', '=', handle)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },

    async openSession(token: string, account: string, expires: Date): Promise<void> {
      await db
        .insertInto('session')
        .values({ token_hash: hashed(token), account, expires_at: expires })
        .execute();
    },
    sessionAccount: (token: string, now: Date): Promise<Account | undefined> =>
      db
        .selectFrom('session')
        .innerJoin('account', 'account.id', 'session.account')
        .selectAll('account')
        .where('token_hash', '=', hashed(token))
        .where('expires_at', '>', now)
        .executeTakeFirst(),
    endSession: (token: string) => db.deleteFrom('session').where('token_hash', '=', hashed(token)).execute(),
    endSessions: (account: string) => db.deleteFrom('session').where('account', '=', account).execute(),

    async keepStarted(started: Started): Promise<void> {
      await db.deleteFrom('started').where('expires_at', '<', sql<Date>`now()`).execute();
      await db.insertInto('started').values(started).execute();
    },
    /** A started sign-in serves once. */
    takeStarted: (id: string, now: Date) =>
      db
        .deleteFrom('started')
        .where('id_hash', '=', hashed(id))
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst(),

    threads: (): Promise<Shown[]> =>
      shown().where('title', 'is not', null).orderBy('posted_at', 'desc').limit(listMax).execute(),
    post: (id: string): Promise<Shown | undefined> => shown().where('post.id', '=', id).executeTakeFirst(),
    replies: (parent: string): Promise<Shown[]> =>
      shown().where('parent', '=', parent).orderBy('posted_at').limit(repliesMax).execute(),
    async lastReply(thread: string, author: string): Promise<Date | undefined> {
      const row = await db
        .selectFrom('post')
        .select('posted_at')
        .where('parent', '=', thread)
        .where('author', '=', author)
        .orderBy('posted_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.posted_at;
    },
    /** Whether `author` has written to `other`, under something that `other` wrote. */
    async hasRepliedTo(author: string, other: string): Promise<boolean> {
      const found = await db
        .selectFrom('post')
        .innerJoin('post as above', 'above.id', 'post.parent')
        .select('post.id')
        .where('post.author', '=', author)
        .where('above.author', '=', other)
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
    postsOfPage: (page: string): Promise<Shown[]> =>
      shown()
        .where('post.page', '=', page)
        .where('parent', 'is', null)
        .orderBy('posted_at')
        .limit(repliesMax)
        .execute(),
    postsOf: (author: string): Promise<Shown[]> =>
      shown().where('author', '=', author).orderBy('posted_at', 'desc').limit(listMax).execute(),
    async addPost(post: Post): Promise<void> {
      await db.insertInto('post').values(post).execute();
    },

    pages: () => db.selectFrom('page').selectAll().orderBy('posted_at', 'desc').limit(listMax).execute(),
    page: (id: string) => db.selectFrom('page').selectAll().where('id', '=', id).executeTakeFirst(),
    async addPage(page: Page): Promise<void> {
      await db.insertInto('page').values(page).execute();
    },
    warnings: (page: string) =>
      db.selectFrom('page_warning').select(['day', 'text']).where('page', '=', page).orderBy('day').execute(),
  };
}
