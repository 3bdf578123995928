/**
 * Who works at the console. Whoever can modify these tables can let anybody in, and cannot make them somebody who
 * was here before: what was done keeps its names, and who changed what stands in the record. A link is kept as
 * the hash of its token; it opens once, and until its time is over.
 */
import { randomBytes } from 'node:crypto';
import { after, type Clock, type Duration, dayOf } from '@answerable/kit/clock';
import { uniqueViolation } from '@answerable/kit/database';
import { hashToken, newToken, type Staff } from '@answerable/kit/sign-in';
import { nameKey } from '@answerable/kit/working-name';
import { Refusal } from '@answerable/protocol/refusal';
import { type Selectable, sql } from 'kysely';
import type { GatewayTables } from '../schema.ts';
import type { Db, Trx } from '../store.ts';
import { record } from './record.ts';
import type { Role } from './roles.ts';

const staffMax = 1_000;
const idBytes = 16;
const invitationTime: Duration = { days: 3 };

export interface Link {
  token: string;
  until: Date;
}
export type StaffRow = Selectable<GatewayTables['staff']>;
export type PeopleStore = ReturnType<typeof peopleStore>;

/** Whoever holds the settings file of this gateway, at its machine. */
export const operatorOfMachine = 'the machine';

export function peopleStore(db: Db, clock: Clock) {
  const today = () => dayOf(clock.now());
  const change = <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      // One change at a time: two admins who remove each other at once leave one.
      await sql`select pg_advisory_xact_lock(hashtextextended('staff', 0))`.execute(trx);
      return work(trx);
    });

  return {
    list: () => listOf(db),
    find: (id: string) => findIn(db, id),

    /** Somebody new, and the link by which they come in. Throws Refusal `handle_taken`. */
    invite: (who: string, name: string, role: Role): Promise<Link> =>
      change(async (trx) => {
        const id = await addStaff(trx, name, role, today());
        await record(trx, clock.now(), who, { kind: 'invited', name, role });
        return addLink(trx, id, clock);
      }),

    /** An admin by the word of the machine: new, or one who was here and lost every passkey. */
    machineLink: (name: string): Promise<Link> =>
      change(async (trx) => {
        const known = await trx
          .selectFrom('staff')
          .selectAll()
          .where('name_key', '=', nameKey(name))
          .where('removed', 'is', null)
          .executeTakeFirst();
        if (known && known.role !== 'admin') throw new Refusal('handle_taken');
        const id = known?.id ?? (await addStaff(trx, name, 'admin', today()));
        if (known) await shutOut(trx, id);
        await record(trx, clock.now(), operatorOfMachine, { kind: 'link-made', name: known?.name ?? name });
        return addLink(trx, id, clock);
      }),

    /** Another role, which holds at their next request; tokens above it end. Throws Refusal `last_admin`. */
    place: (who: string, id: string, role: Role): Promise<void> =>
      change(async (trx) => {
        const { name } = await findIn(trx, id);
        await trx.updateTable('staff').set({ role }).where('id', '=', id).execute();
        if (!(await hasAdmin(trx))) throw new Refusal('last_admin');
        await record(trx, clock.now(), who, { kind: 'role-changed', name, role });
      }),

    /** Their sessions, links, passkeys and tokens end with them; their name stays theirs. Throws `last_admin`. */
    remove: (who: string, id: string): Promise<void> =>
      change(async (trx) => {
        const { name } = await findIn(trx, id);
        await trx.updateTable('staff').set({ removed: today() }).where('id', '=', id).execute();
        if (!(await hasAdmin(trx))) throw new Refusal('last_admin');
        await trx.deleteFrom('staff_link').where('staff_id', '=', id).execute();
        await shutOut(trx, id);
        await record(trx, clock.now(), who, { kind: 'removed', name });
      }),

    /**
     * A new link for somebody who lost their passkeys: these, every session and every token end, so that nobody
     * can come in beside them unnoticed.
     */
    newLink: (who: string, id: string): Promise<Link> =>
      change(async (trx) => {
        const { name } = await findIn(trx, id);
        await shutOut(trx, id);
        await record(trx, clock.now(), who, { kind: 'link-made', name });
        return addLink(trx, id, clock);
      }),

    /** Whose link this is, without using it. Throws Refusal `link_over`. */
    async lookAt(token: string): Promise<StaffRow> {
      return findIn(db, (await linkOf(db, token, clock)).staff_id);
    },

    /** Uses the link. Who comes in by it may make a passkey, and nothing else. Throws Refusal `link_over`. */
    take: (token: string): Promise<Staff> =>
      change(async (trx) => {
        const link = await linkOf(trx, token, clock);
        await trx.deleteFrom('staff_link').where('hash', '=', link.hash).execute();
        const { id, name, joined } = await findIn(trx, link.staff_id);
        if (joined === null) {
          await trx.updateTable('staff').set({ joined: today() }).where('id', '=', id).execute();
          await record(trx, clock.now(), name, { kind: 'joined', name });
        }
        return { id, name, roles: [] };
      }),
  };
}

const listOf = (db: Db) =>
  db
    .selectFrom('staff')
    .selectAll()
    .select((is) =>
      is
        .selectFrom('passkey')
        .select((of) => of.fn.countAll<number>().as('count'))
        .whereRef('passkey.staff_id', '=', 'staff.id')
        .as('passkeys'),
    )
    .orderBy('staff.name_key')
    .limit(staffMax)
    .execute();

async function findIn(db: Db, id: string): Promise<StaffRow> {
  const found = db.selectFrom('staff').selectAll().where('id', '=', id).where('removed', 'is', null);
  const row = await found.executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return row;
}

async function addStaff(trx: Trx, name: string, role: Role, day: string): Promise<string> {
  const id = randomBytes(idBytes).toString('base64url');
  const row = { id, name, name_key: nameKey(name), role, invited: day, joined: null, removed: null };
  await trx
    .insertInto('staff')
    .values(row)
    .execute()
    .catch((error) => {
      throw uniqueViolation(error) ? new Refusal('handle_taken') : error;
    });
  return id;
}

async function addLink(trx: Trx, staffId: string, clock: Clock): Promise<Link> {
  const token = newToken();
  const until = after(clock.now(), invitationTime);
  await trx.deleteFrom('staff_link').where('staff_id', '=', staffId).execute();
  const row = { hash: hashToken(token), staff_id: staffId, until };
  await trx.insertInto('staff_link').values(row).execute();
  return { token, until };
}

async function linkOf(db: Db, token: string, clock: Clock) {
  const row = await db
    .selectFrom('staff_link')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .where('until', '>', clock.now())
    .executeTakeFirst();
  if (!row) throw new Refusal('link_over');
  return row;
}

async function shutOut(trx: Trx, staffId: string): Promise<void> {
  for (const table of ['passkey', 'staff_session', 'api_token'] as const)
    await trx.deleteFrom(table).where('staff_id', '=', staffId).execute();
}

async function hasAdmin(trx: Trx): Promise<boolean> {
  const admins = trx.selectFrom('staff').select('id').where('role', '=', 'admin');
  return (await admins.where('removed', 'is', null).limit(1).executeTakeFirst()) !== undefined;
}
