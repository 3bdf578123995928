/**
 * The sign-in for an emergency: one code for one platform, for minutes, once. Whoever can modify these tables can
 * let somebody in as the operator's account of a platform; never as a member's.
 * Must never: keep a code, or let one be used without its record.
 */
import { randomBytes } from 'node:crypto';
import { after, dayOf } from '@answerable/kit/clock';
import { hashToken } from '@answerable/kit/sign-in';
import { endSessions } from '../sanctions/queue-tellings.ts';
import { type Db, locking } from '../store.ts';

const codeBytes = 16;

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

    /**
     * A code that is armed is over, and whoever came in by one is signed out here and, where the platform takes that
     * from us, there. Recorded with the reason, which everybody reads.
     */
    end: (
      account: { platform: string; sub: string; clientId: string },
      reason: string,
      now: Date,
    ): Promise<void> =>
      locking(db, async (trx) => {
        const { platform, sub, clientId } = account;
        await trx.deleteFrom('break_glass_code').where('platform', '=', platform).execute();
        await endSessions(trx, [{ sub, clientId }]);
        await trx
          .insertInto('break_glass_record')
          .values({ platform, what: 'ended', reason, day: dayOf(now) })
          .execute();
      }),

    /** Until when a code is armed, by platform. */
    async armed(now: Date): Promise<ReadonlyMap<string, Date>> {
      const codes = db.selectFrom('break_glass_code').select(['platform', 'expires_at']);
      const rows = await codes.where('expires_at', '>', now).execute();
      return new Map(rows.map(({ platform, expires_at }) => [platform, expires_at]));
    },

    /** Newest first, at most `max`: those before the line numbered `before`, and whether there are older ones. */
    async records(max: number, before?: number) {
      let lines = db.selectFrom('break_glass_record').select(['seq', 'platform', 'what', 'reason', 'day']);
      if (before !== undefined) lines = lines.where('seq', '<', before);
      const found = await lines
        .orderBy('seq', 'desc')
        .limit(max + 1)
        .execute();
      const records = found.slice(0, max);
      return { records, older: found.length > max ? records.at(-1)?.seq : undefined };
    },
  };
}
