/**
 * Joins, invitations, and whose account of a server is whose. Whoever can modify these tables can give an account
 * of the server to another person here, keep one from being taken down or have one taken down; and cannot learn
 * who anybody is.
 */
import { sql } from 'kysely';
import type { Sanction } from '../policy.ts';
import { tellAgain } from '../sanctions/queue-tellings.ts';
import { namedSanctions } from '../sanctions/sanction-store.ts';
import { type Db, locking, type Trx } from '../store.ts';
import type { BlueskyTables, Revoked } from './bluesky-schema.ts';
import { type Newcomer, whyRevoked } from './policy.ts';

const oweMax = 100;
/** Accounts that are asked for again in one round, to see whether somebody brought them back. */
const askAgainMax = 20;

export type BlueskyStore = ReturnType<typeof blueskyStore>;

export interface OpenInvitation {
  mark: string;
  code: string | null;
  brings: string | null;
  expires_at: Date | null;
}

/** An account of the server that is somebody's here, with what holds them. */
export interface HeldAccount {
  did: string;
  sub: string;
  down: boolean;
  theirs: boolean;
  closed: boolean;
  sanctions: Sanction[];
}

export function blueskyStore(db: Db) {
  return {
    async begin(join: { id: string; platform: string; browser: string; expires: Date }): Promise<void> {
      const { expires: expires_at, ...values } = join;
      await db
        .insertInto('bluesky_join')
        .values({ ...values, expires_at, sub: null })
        .execute();
    },

    join: (id: string, now: Date) =>
      db
        .selectFrom('bluesky_join')
        .select(['id', 'platform', 'browser', 'sub', 'expires_at'])
        .where('id', '=', id)
        .where('expires_at', '>', now)
        .executeTakeFirst(),

    /** Who the browser of this join is from now on, until `expires`. */
    async goOn(id: string, sub: string, expires: Date): Promise<void> {
      await db.updateTable('bluesky_join').set({ sub, expires_at: expires }).where('id', '=', id).execute();
    },

    /** The server's account of `sub`. */
    accountOf: (sub: string) =>
      db.selectFrom('bluesky_account').select(['did', 'down']).where('sub', '=', sub).executeTakeFirst(),

    invitationOf: (sub: string): Promise<OpenInvitation | undefined> =>
      db
        .selectFrom('bluesky_invitation')
        .select(['mark', 'code', 'brings', 'expires_at'])
        .where('sub', '=', sub)
        .where('state', '=', 'open')
        .executeTakeFirst(),

    /** False if there is an open one. */
    async invite(invitation: {
      mark: string;
      platform: string;
      sub: string;
      brings: string | null;
      expires_at: Date;
    }): Promise<boolean> {
      const done = await db
        .insertInto('bluesky_invitation')
        .values({ ...invitation, code: null, state: 'open' })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return done.numInsertedOrUpdatedRows === 1n;
    },

    /** False if the invitation is not open any more. */
    async keepCode(mark: string, code: string): Promise<boolean> {
      const done = await db
        .updateTable('bluesky_invitation')
        .set({ code })
        .where('mark', '=', mark)
        .where('state', '=', 'open')
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },

    /** After the server has ended the code and whoever used it is read back. One that was used stays used. */
    async endInvitation(mark: string): Promise<void> {
      await db
        .updateTable('bluesky_invitation')
        .set({ state: 'over', code: null, expires_at: null })
        .where('mark', '=', mark)
        .where('state', '=', 'open')
        .execute();
    },

    invitationsOver: (platform: string, now: Date) =>
      db
        .selectFrom('bluesky_invitation')
        .select('mark')
        .where('platform', '=', platform)
        .where('state', '=', 'open')
        .where('expires_at', '<=', now)
        .limit(oweMax)
        .execute(),

    readTo: (platform: string) =>
      db.selectFrom('bluesky_server').select('cursor').where('platform', '=', platform).executeTakeFirst(),

    async keepReadTo(platform: string, cursor: string | null): Promise<void> {
      await db.updateTable('bluesky_server').set({ cursor }).where('platform', '=', platform).execute();
    },

    /** All accounts that were there before any code of ours, once; who comes second changes nothing. */
    keepThoseOfBefore: (platform: string, dids: readonly string[], cursor: string | null) =>
      locking(db, async (trx) => {
        const first = await trx
          .insertInto('bluesky_server')
          .values({ platform, cursor })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (first.numInsertedOrUpdatedRows !== 1n) return;
        for (const did of dids) await keepAccount(trx, { ...nobodys, platform, did });
      }),

    async unknownOf(platform: string, dids: readonly string[]): Promise<string[]> {
      if (dids.length === 0) return [];
      const rows = await db
        .selectFrom('bluesky_account')
        .select('did')
        .where('platform', '=', platform)
        .where('did', 'in', [...dids])
        .execute();
      const there = new Set(rows.map(({ did }) => did));
      return dids.filter((did) => !there.has(did));
    },

    keepOwn: (platform: string, did: string) =>
      locking(db, (trx) => keepAccount(trx, { ...nobodys, platform, did })),

    /** Binds an account to whom its code was for, or records why it cannot stay. Nothing is told to the server yet. */
    settle: (newcomer: Omit<Newcomer, 'invitation'> & { deskName: string }) =>
      locking(db, (trx) => settle(trx, newcomer)),

    /** Accounts that cannot stay and are not down yet. */
    revokedUp: (platform: string) =>
      db
        .selectFrom('bluesky_account')
        .select(['did', 'revoked'])
        .where('platform', '=', platform)
        .where('revoked', 'is not', null)
        .where('down', '=', false)
        .limit(oweMax)
        .execute(),

    /** Accounts that are closed, whose person was ever sanctioned, or that are down. */
    async held(platform: string): Promise<HeldAccount[]> {
      const rows = await db
        .selectFrom('bluesky_account as b')
        .innerJoin('account as a', 'a.sub', 'b.sub')
        .select(['b.did', 'a.sub', 'a.person', 'a.closed_day', 'b.down', 'b.theirs'])
        .where('b.platform', '=', platform)
        .where((eb) =>
          eb.or([
            eb('b.down', '=', true),
            eb('b.theirs', '=', true),
            eb('a.closed_day', 'is not', null),
            eb.exists(eb.selectFrom('sanction as s').select('s.id').whereRef('s.person', '=', 'a.person')),
          ]),
        )
        .execute();
      return Promise.all(
        rows.map(async ({ person, closed_day, ...row }) => ({
          ...row,
          closed: closed_day !== null,
          sanctions: await namedSanctions(db, person),
        })),
      );
    },

    /** Some of those that somebody else took down. */
    async someOfTheirs(platform: string): Promise<string[]> {
      const rows = await db
        .selectFrom('bluesky_account')
        .select('did')
        .where('platform', '=', platform)
        .where('theirs', '=', true)
        .orderBy(sql`random()`)
        .limit(askAgainMax)
        .execute();
      return rows.map(({ did }) => did);
    },

    async keepDown(platform: string, did: string, down: boolean, theirs = false): Promise<void> {
      await db
        .updateTable('bluesky_account')
        .set({ down, theirs })
        .where('platform', '=', platform)
        .where('did', '=', did)
        .execute();
    },

    /** Why accounts that came with codes of `sub` could not stay. */
    async revokedWithCodesOf(sub: string): Promise<Revoked[]> {
      const rows = await db
        .selectFrom('bluesky_account as b')
        .innerJoin('bluesky_invitation as i', 'i.mark', 'b.mark')
        .select('b.revoked')
        .where('i.sub', '=', sub)
        .where('b.revoked', 'is not', null)
        .execute();
      return rows.flatMap(({ revoked }) => revoked ?? []);
    },

    /** For each of `names` that is one, which account of ours a desk means by it; and the other way round. */
    async namedByDesk(names: readonly string[]): Promise<{ sub: string; deskName: string }[]> {
      if (names.length === 0) return [];
      const rows = await db
        .selectFrom('bluesky_account')
        .select(['sub', 'desk_name'])
        .where('sub', 'is not', null)
        .where((eb) => eb.or([eb('desk_name', 'in', [...names]), eb('sub', 'in', [...names])]))
        .execute();
      return rows.map(({ sub, desk_name }) => ({ sub: sub!, deskName: desk_name ?? sub! }));
    },

    async sweep(now: Date): Promise<void> {
      await db.deleteFrom('bluesky_join').where('expires_at', '<', now).execute();
    },
  };
}

async function settle(
  trx: Trx,
  { platform, did, cameWith, deskName }: Omit<Newcomer, 'invitation'> & { deskName: string },
): Promise<void> {
  const invitation = cameWith
    ? await trx
        .selectFrom('bluesky_invitation')
        .select(['sub', 'platform', 'brings', 'expires_at', 'state'])
        .where('mark', '=', cameWith.mark)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  const revoked =
    whyRevoked({ platform, did, cameWith, invitation }) ??
    ((await hasAccount(trx, invitation!.sub)) ? 'code-used-before' : null);
  const sub = revoked === null ? invitation!.sub : null;
  const mark = invitation ? cameWith!.mark : null;
  // One account there for one here: if two of us read at once, the unique index lets the second try again later.
  const desk_name = sub === null ? null : deskName;
  await keepAccount(trx, { platform, did, sub, revoked, mark, desk_name });
  if (sub !== null) await tellAgain(trx, sub);
  // Its one use is spent either way; an account that came second changes nothing for the first.
  if (cameWith?.uses[0]?.did !== did) return;
  const state = sub === null ? 'over' : 'used';
  const spent = trx.updateTable('bluesky_invitation').set({ state, code: null, expires_at: null });
  await spent.where('mark', '=', cameWith.mark).where('state', '=', 'open').execute();
}

async function hasAccount(trx: Trx, sub: string): Promise<boolean> {
  const found = trx.selectFrom('bluesky_account').select('did').where('sub', '=', sub);
  return (await found.executeTakeFirst()) !== undefined;
}

const nobodys = { sub: null, revoked: null, mark: null, desk_name: null };

/** Before an account is erased: its DID stays, as one that is closed and nobody's, or it could come back there. */
export async function forgetSub(trx: Trx, sub: string): Promise<void> {
  const nobody = { sub: null, mark: null, desk_name: null, revoked: 'closed' } as const;
  await trx.updateTable('bluesky_account').set(nobody).where('sub', '=', sub).execute();
  for (const table of ['bluesky_invitation', 'bluesky_join'] as const)
    await trx.deleteFrom(table).where('sub', '=', sub).execute();
}

/** What is known of an account stays. */
async function keepAccount(
  trx: Trx,
  account: Omit<BlueskyTables['bluesky_account'], 'down' | 'theirs'>,
): Promise<void> {
  await trx
    .insertInto('bluesky_account')
    .values({ ...account, down: false, theirs: false })
    .onConflict((conflict) => conflict.columns(['platform', 'did']).doNothing())
    .execute();
}
