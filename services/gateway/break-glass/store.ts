/**
 * The sign-in for an emergency: one code for one platform, for minutes, once. Whoever can modify these tables can
 * let somebody in as the operator's account of a platform; never as a member's.
 * Must never: keep a code, or let one be used without its record.
 */
import { randomBytes } from 'node:crypto';
import { after, dayOf } from '@answerable/kit/clock';
import { hashToken } from '@answerable/kit/sign-in';
import { type Db, locking } from '../store.ts';

const codeBytes = 16;
const shownMax = 200;

export type BreakGlassStore = ReturnType<typeof breakGlassStore>;

export function breakGlassStore(db: Db) {
  return {
    /** The code, shown once. A code that was armed before for this platform is over. */
    arm: (platform: string, minutes: number, reason: string, now: Date): Promise<string> =>
      locking(db, async (trx) => {
        const code = randomBytes(codeBytes).toString('base64url');
        const values = { hash: hashToken(code), platform, expires_at: after(now, { minutes }) };
        await trx.deleteFrom('break_glass_code').where('platform', '=', platform).execute();
        await trx
          .insertInto('break_glass_record')
          .values({ platform, what: 'armed', reason, day: dayOf(now) })
          .execute();
        await trx.insertInto('break_glass_code').values(values).execute();
        return code;
      }),

    /** Spends the code and records it in one transaction; false if it does not open this platform now. */
    use: (code: string, platform: string, now: Date): Promise<boolean> =>
      locking(db, async (trx) => {
        const spent = await trx
          .deleteFrom('break_glass_code')
          .where('hash', '=', hashToken(code))
          .where('platform', '=', platform)
          .where('expires_at', '>', now)
          .executeTakeFirst();
        if (spent.numDeletedRows !== 1n) return false;
        await trx
          .insertInto('break_glass_record')
          .values({ platform, what: 'used', reason: '', day: dayOf(now) })
          .execute();
        return true;
      }),

    /** Newest first. */
    records: () =>
      db
        .selectFrom('break_glass_record')
        .select(['platform', 'what', 'reason', 'day'])
        .orderBy('seq', 'desc')
        .limit(shownMax)
        .execute(),
  };
}
