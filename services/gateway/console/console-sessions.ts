/**
 * Sessions of the people who work at the console, kept as hashes of their tokens. Whoever can read this table can
 * sign in as nobody; whoever can write to it can. What somebody may do is read from their row at every request; a
 * session that began with a link and not with a passkey has no role at all,
 * and one that began with a passkey ends when that is removed.
 */
import type { Clock } from '@answerable/kit/clock';
import { isReferenceGone } from '@answerable/kit/database';
import type { SessionStore } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Db } from '../store.ts';

export function consoleSessions(db: Db, clock: Clock): SessionStore {
  return {
    async open(hash, { id, roles, passkey }, until) {
      if (id === undefined) throw new Error('bug: everybody at this console has a row');
      await db.deleteFrom('staff_session').where('until', '<=', clock.now()).execute();
      const row = { hash, staff_id: id, by_passkey: roles.length > 0, passkey: passkey ?? null, until };
      const opened = db.insertInto('staff_session').values(row).execute();
      await opened.catch((error) => {
        // Its passkey was removed a moment ago.
        throw isReferenceGone(error) ? new Refusal('passkey_refused') : error;
      });
    },

    async find(hash, now) {
      const row = await db
        .selectFrom('staff_session')
        .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
        .select(['staff.id', 'staff.name', 'staff.role', 'by_passkey'])
        .where('hash', '=', hash)
        .where('until', '>', now)
        .where('staff.removed', 'is', null)
        .executeTakeFirst();
      return row && { id: row.id, name: row.name, roles: row.by_passkey ? [row.role] : [] };
    },

    async close(hash) {
      await db.deleteFrom('staff_session').where('hash', '=', hash).execute();
    },
  };
}
