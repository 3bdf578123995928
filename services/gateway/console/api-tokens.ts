/**
 * Tokens for programs that work at /admin in somebody's name: shown once, kept as a hash, with a role not above
 * their maker's and an end. Whoever can write to this table can do what an admin can; who reads it can do nothing.
 */
import { randomBytes } from 'node:crypto';
import { after, type Clock, dayOf } from '@answerable/kit/clock';
import { hashToken, newToken } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Db } from '../store.ts';
import { record } from './record.ts';
import { isAtLeast, type Role } from './roles.ts';

export const tokenDaysMax = 365;
const tokensMax = 20;
const idBytes = 16;

export interface TokenWish {
  label: string;
  role: Role;
  days: number;
}
/** Who asks at /admin, and as what. */
export interface Caller {
  name: string;
  role: Role;
}
export type ApiTokens = ReturnType<typeof apiTokens>;

export function apiTokens(db: Db, clock: Clock) {
  const list = (staffId: string) =>
    db
      .selectFrom('api_token')
      .select(['id', 'label', 'role', 'made', 'until'])
      .where('staff_id', '=', staffId)
      .where('until', '>', clock.now())
      .orderBy('made')
      .execute();
  return {
    list,

    /** The token, which is not kept. Refuses `forbidden` above the maker's own role. */
    async make(
      by: { id: string; name: string; role: Role },
      { label, role, days }: TokenWish,
    ): Promise<string> {
      if (!isAtLeast(by.role, role)) throw new Refusal('forbidden');
      if ((await list(by.id)).length >= tokensMax) throw new Refusal('too_many_requests');
      const token = `answerable_${newToken()}`;
      const now = clock.now();
      const row = {
        id: randomBytes(idBytes).toString('base64url'),
        hash: hashToken(token),
        staff_id: by.id,
        label,
        role,
        made: dayOf(now),
        until: after(now, { days }),
      };
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('api_token').where('until', '<=', now).execute();
        await trx.insertInto('api_token').values(row).execute();
        await record(trx, now, by.name, { kind: 'token-made', label, role, until: dayOf(row.until) });
      });
      return token;
    },

    async remove(by: { id: string; name: string }, id: string): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const gone = await trx
          .deleteFrom('api_token')
          .where('id', '=', id)
          .where('staff_id', '=', by.id)
          .returning('label')
          .executeTakeFirst();
        if (!gone) throw new Refusal('not_found');
        await record(trx, clock.now(), by.name, { kind: 'token-removed', label: gone.label });
      });
    },

    /** Refuses `unauthorised` for a token that is not known or is over, or whose maker may no more. */
    async caller(token: string): Promise<Caller> {
      const row = await db
        .selectFrom('api_token')
        .innerJoin('staff', 'staff.id', 'api_token.staff_id')
        .select(['staff.name', 'staff.role as held', 'api_token.role', 'label'])
        .where('hash', '=', hashToken(token))
        .where('until', '>', clock.now())
        .where('staff.removed', 'is', null)
        .executeTakeFirst();
      if (!row || !isAtLeast(row.held, row.role)) throw new Refusal('unauthorised');
      return { name: `${row.name} (${row.label})`, role: row.role };
    },
  };
}
