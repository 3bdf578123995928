/**
 * Accounts from before the gateway, and which account of a person each became. Whoever can modify these tables
 * can hand somebody's old account to another person (the admission record of whoever got it names the account,
 * signed by gateway and wallet); and cannot learn who anybody is.
 * Must never: keep a code or a cookie as it is; attach an account twice.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { AfterClaim } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import { sql } from 'kysely';
import type { PlatformConfig } from '../config.ts';
import { wordsOfWaiting } from '../sanctions/words.ts';
import { type Db, locking, type Trx } from '../store.ts';
import { carrierOf, queueEnds } from './carry-out.ts';
import { attachedCounts } from './claim-end.ts';

const secretBytes = 24;
const pageMax = 500;

export interface LegacyAccount {
  account: string;
  handle: string;
}
export type ClaimStore = ReturnType<typeof claimStore>;

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const draw = (): string => randomBytes(secretBytes).toString('base64url');

export function claimStore(db: Db, platformNamed: (name: string) => PlatformConfig) {
  return {
    /** How many were new. A handle that somebody has at this platform keeps the account out: `taken`. */
    import: (platform: string, accounts: readonly LegacyAccount[]) =>
      locking(db, async (trx) => {
        await lockHandles(trx, platform);
        const counts = { added: 0, known: 0, taken: 0 };
        for (const legacy of accounts) counts[await add(trx, platform, legacy)]++;
        return counts;
      }),

    /** A code for one account; earlier ones of it are worth nothing any more. Refuses `account_attached`. */
    issue: (platform: string, legacy: LegacyAccount, returnTo: string, expires: Date) =>
      locking(db, async (trx) => {
        await lockHandles(trx, platform);
        if ((await add(trx, platform, legacy)) === 'taken') throw new Refusal('handle_taken');
        const { account } = legacy;
        const row = await lockLegacy(trx, platform, account);
        if (row?.handle !== legacy.handle) throw new Refusal('malformed', 'handle');
        if (row.sub !== null || row.ended !== null) throw new Refusal('account_attached');
        await trx
          .deleteFrom('claim_code')
          .where('platform', '=', platform)
          .where('account', '=', account)
          .execute();
        const code = draw();
        const values = { platform, account, return_to: returnTo, expires_at: expires, spent: false };
        await trx
          .insertInto('claim_code')
          .values({ ...values, code: digest(code), browser: null, request: null })
          .execute();
        return code;
      }),

    /** The account that a code stands for. Refuses `claim_unknown`, or `wrong_browser` for another's code. */
    async show(code: string, cookie: string | undefined, now: Date) {
      const found = await codeRow(db, now).where('claim_code.code', '=', digest(code)).executeTakeFirst();
      if (!found) throw new Refusal('claim_unknown');
      if (found.browser !== null && (!cookie || digest(cookie) !== found.browser))
        throw new Refusal('wrong_browser');
      return found;
    },

    /** Binds a code to the browser that brings it first; returns the cookie that says so. */
    async bind(code: string, now: Date): Promise<string | undefined> {
      const cookie = draw();
      const done = await db
        .updateTable('claim_code')
        .set({ browser: digest(cookie) })
        .where('code', '=', digest(code))
        .where('browser', 'is', null)
        .where('spent', '=', false)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n ? cookie : undefined;
    },

    /** The claim of this browser at this platform, joined to the request that is about to be shown in it. */
    async join(cookie: string, platform: string, request: string, now: Date): Promise<string | undefined> {
      const browser = digest(cookie);
      const found = await codeRow(db, now)
        .where('claim_code.browser', '=', browser)
        .where('claim_code.platform', '=', platform)
        .executeTakeFirst();
      if (!found || found.sub !== null) return undefined;
      await db.updateTable('claim_code').set({ request }).where('browser', '=', browser).execute();
      return found.handle;
    },

    /** What the person does not want attached after all. */
    async drop(cookie: string): Promise<void> {
      await db.deleteFrom('claim_code').where('browser', '=', digest(cookie)).execute();
    },

    async list(
      platform: string,
      { after = '', account }: { after?: string | undefined; account?: string | undefined },
    ) {
      return db
        .selectFrom('legacy_account')
        .select(['account', 'handle', 'sub', 'attached_day', 'ended', 'ended_day'])
        .where('platform', '=', platform)
        .where('account', '>', after)
        .$if(account !== undefined, (query) => query.where('account', '=', account!))
        .orderBy('account')
        .limit(pageMax)
        .execute();
    },

    /** What the last day brings, or has brought, to whom: the same list before and after; and how far that is. */
    async lastDay(platform: string, claim: { afterwards: AfterClaim }, after: string) {
      const rows = await db
        .selectFrom('legacy_account as one')
        .leftJoin('telling', (join) =>
          join
            .onRef('telling.target', '=', 'one.platform')
            .onRef('telling.legacy', '=', 'one.account')
            .on('telling.way', '=', 'claim'),
        )
        .select(['one.account', 'one.handle', 'one.ended', 'telling.state', 'telling.code', 'telling.could'])
        .where('one.platform', '=', platform)
        .where('one.sub', 'is', null)
        .where('one.account', '>', after)
        .orderBy('one.account')
        .limit(pageMax)
        .execute();
      return {
        accounts: rows.map(({ account, handle, ended }) => ({
          account,
          handle,
          brings: ended ?? claim.afterwards,
        })),
        notDone: rows.flatMap(({ account, state, code, could }) =>
          state === 'undone' || (state === 'pending' && code !== null)
            ? [{ account, words: state === 'undone' ? (could ?? '') : wordsOfWaiting(code) }]
            : [],
        ),
      };
    },

    /** The account from before that its platform calls so. */
    legacy: (platform: string, account: string) =>
      db
        .selectFrom('legacy_account')
        .select(['sub', 'ended'])
        .where('platform', '=', platform)
        .where('account', '=', account)
        .executeTakeFirst(),

    ended: (platform: string) =>
      db
        .selectFrom('claim_end')
        .select(['until', 'afterwards', 'day', 'attached', 'unattached', 'carried'])
        .where('platform', '=', platform)
        .orderBy('until')
        .execute(),

    /** Once for each last day: what was not attached meets its end, and how many were is written down. */
    end: (platform: string, claim: { until: string; afterwards: AfterClaim }, day: string) =>
      locking(db, async (trx) => {
        await lockHandles(trx, platform);
        const before = trx.selectFrom('claim_end').select('day').where('platform', '=', platform);
        if (await before.where('until', '=', claim.until).executeTakeFirst()) return;
        const { attached, unattached } = await attachedCounts(trx, platform);
        const ended = await trx
          .updateTable('legacy_account')
          .set({ ended: claim.afterwards, ended_day: day })
          .where('platform', '=', platform)
          .where('sub', 'is', null)
          .where('ended', 'is', null)
          .returning('account')
          .execute();
        const there = platformNamed(platform);
        const carried = carrierOf(there, claim.afterwards);
        await trx
          .insertInto('claim_end')
          .values({ platform, ...claim, day, attached, unattached, carried })
          .execute();
        if (carried !== 'gateway' || claim.afterwards === 'stays-open') return;
        const accounts = ended.map(({ account }) => account).sort();
        await queueEnds(trx, there, accounts, claim.afterwards);
      }),

    async sweep(now: Date): Promise<void> {
      await db.deleteFrom('claim_code').where('expires_at', '<', now).execute();
    },
  };
}

/**
 * In the transaction of an admission: attaches the account that the request claims, or makes sure that a name
 * which waits for its holder goes to nobody else. `until`: the last day, if there is one.
 */
export async function attach(
  trx: Trx,
  { platform, request, claims, handle, sub, day, until }: Attaching,
): Promise<void> {
  if (!claims) {
    // Beside each other, but not beside an import that gives the same name to an account from before.
    await sql`select pg_advisory_xact_lock_shared(hashtext(${`handles ${platform}`}))`.execute(trx);
    const waiting = trx.selectFrom('legacy_account').select('account').where('platform', '=', platform);
    if (await waiting.where('handle', '=', handle).where('sub', 'is', null).executeTakeFirst())
      throw new Refusal('handle_taken');
    return;
  }
  await lockHandles(trx, platform);
  if (handle !== claims.handle) throw new Refusal('malformed', 'handle');
  if (until === undefined || day > until) throw new Refusal('claim_over');
  const spent = await trx
    .updateTable('claim_code')
    .set({ spent: true })
    .where('request', '=', request)
    .where('spent', '=', false)
    .returning(['account'])
    .executeTakeFirst();
  if (!spent) throw new Refusal('claim_unknown');
  const done = await trx
    .updateTable('legacy_account')
    .set({ sub, attached_day: day })
    .where('platform', '=', platform)
    .where('account', '=', spent.account)
    .where('sub', 'is', null)
    .where('ended', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) throw new Refusal('account_attached');
}

export interface Attaching {
  platform: string;
  request: string;
  claims: { handle: string } | undefined;
  handle: string;
  sub: string;
  day: string;
  until: string | undefined;
}

/** One after the other: a name is reserved and given away under the same lock. */
const lockHandles = (trx: Trx, platform: string) =>
  sql`select pg_advisory_xact_lock(hashtext(${`handles ${platform}`}))`.execute(trx);

async function add(trx: Trx, platform: string, legacy: LegacyAccount): Promise<'added' | 'known' | 'taken'> {
  if (await lockLegacy(trx, platform, legacy.account)) return 'known';
  const { handle } = legacy;
  for (const table of ['account', 'legacy_account'] as const) {
    const holder = trx.selectFrom(table).select('handle').where('platform', '=', platform);
    if (await holder.where('handle', '=', handle).executeTakeFirst()) return 'taken';
  }
  const values = { platform, ...legacy, sub: null, attached_day: null, ended: null, ended_day: null };
  await trx.insertInto('legacy_account').values(values).execute();
  return 'added';
}

const lockLegacy = (trx: Trx, platform: string, account: string) =>
  trx
    .selectFrom('legacy_account')
    .selectAll()
    .where('platform', '=', platform)
    .where('account', '=', account)
    .forUpdate()
    .executeTakeFirst();

const codeRow = (db: Db, now: Date) =>
  db
    .selectFrom('claim_code')
    .innerJoin('legacy_account', (join) =>
      join
        .onRef('legacy_account.platform', '=', 'claim_code.platform')
        .onRef('legacy_account.account', '=', 'claim_code.account'),
    )
    .select([
      'claim_code.platform',
      'claim_code.browser',
      'claim_code.return_to',
      'legacy_account.handle',
      'legacy_account.sub',
    ])
    .where('claim_code.spent', '=', false)
    .where('claim_code.expires_at', '>', now);
