/**
 * Sessions of the people who work here, kept as hashes of their tokens. Whoever can read this table can sign in
 * as nobody; whoever can write to it can. What somebody may do is read from their row at every request: a
 * change of role holds at once, and who was removed is out. A session that
 * began with a passkey ends when that is removed.
 */
import type { Clock } from '@answerable/kit/clock';
import { isReferenceGone } from '@answerable/kit/database';
import type { SessionStore, Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Kysely, Selectable } from 'kysely';
import type { DeskTables } from '../schema.ts';

export function createSessionStore(db: Kysely<DeskTables>, clock: Clock): SessionStore {
  return {
    async open(hash, staff, until) {
      const { id, passkey, ...said } = staff;
      const who =
        id === undefined ? { staff_id: null, staff: JSON.stringify(said) } : { staff_id: id, staff: null };
      await db.deleteFrom('staff_session').where('until', '<=', clock.now().toISOString()).execute();
      const row = { hash, ...who, passkey: passkey ?? null, until: until.toISOString() };
      const opened = db.insertInto('staff_session').values(row).execute();
      await opened.catch((error) => {
        // Its passkey was removed a moment ago.
        throw isReferenceGone(error) ? new Refusal('passkey_refused') : error;
      });
    },

    async find(hash, now) {
      const row = await db
        .selectFrom('staff_session')
        .leftJoin('staff', 'staff.id', 'staff_session.staff_id')
        .select(['staff_session.staff as said', 'staff.id', 'staff.name', 'staff.roles', 'staff.queues'])
        .where('hash', '=', hash)
        .where('until', '>', now.toISOString())
        .where('staff.removed_at', 'is', null)
        .executeTakeFirst();
      if (!row) return undefined;
      const { said, id, name, roles, queues } = row;
      if (id !== null && name !== null && roles !== null) return staffOf({ id, name, roles, queues });
      return said ?? undefined;
    },

    async close(hash) {
      await db.deleteFrom('staff_session').where('hash', '=', hash).execute();
    },
  };
}

export function staffOf({
  id,
  name,
  roles,
  queues,
}: Pick<Selectable<DeskTables['staff']>, 'id' | 'name' | 'roles' | 'queues'>): Staff {
  return { id, name, roles, ...(queues === null ? {} : { queues }) };
}
