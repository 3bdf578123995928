/**
 * Who works at the console. Whoever can modify these tables can let anybody in, and cannot make them somebody who
 * was here before: what was done keeps its names, and who changed what stands in the record. A link is kept as
 * the hash of its token; it opens once, and until its time is over.
 */
import { after, type Clock, type Duration, dayOf } from '@answerable/kit/clock';
import { uniqueViolation } from '@answerable/kit/database';
import { hashToken, newToken, type Staff } from '@answerable/kit/sign-in';
import { nameKey } from '@answerable/kit/working-name';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { randomId } from '../random-id.ts';
import type { RegistrarTables } from '../schema.ts';
import { record } from './record.ts';
import { setKeys } from './referee-key-store.ts';
import type { Role } from './roles.ts';

const staffMax = 1_000;
export const invitationTime: Duration = { days: 3 };

export interface Link {
  token: string;
  until: Date;
}
export interface Place {
  roles: readonly Role[];
  /** for a referee, and for nobody else */
  organisation: string | null;
}
type Trx = Transaction<RegistrarTables>;
export type StaffRow = Selectable<RegistrarTables['staff']>;
export type PeopleStore = ReturnType<typeof peopleStore>;

/** Who makes the first link, and one for an admin who lost every passkey. */
const operator = 'operator';

export function peopleStore(db: Kysely<RegistrarTables>, clock: Clock) {
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
    invite: (who: string, name: string, place: Place): Promise<{ id: string; link: Link }> =>
      change(async (trx) => {
        const id = await addStaff(trx, name, place, today());
        await record(trx, today(), who, { kind: 'invited', name, ...place });
        return { id, link: await addLink(trx, id, clock) };
      }),

    /** An admin by the operator's word: new, or one who was here and lost every passkey. */
    operatorLink: (name: string): Promise<Link> =>
      change(async (trx) => {
        const known = await trx
          .selectFrom('staff')
          .selectAll()
          .where('name_key', '=', nameKey(name))
          .where('removed', 'is', null)
          .executeTakeFirst();
        if (known && !known.roles.includes('admin')) throw new Refusal('handle_taken');
        const place: Place = { roles: ['admin', 'reviewer'], organisation: null };
        const id = known?.id ?? (await addStaff(trx, name, place, today()));
        if (known) await dropPasskeys(trx, known);
        await record(trx, today(), operator, { kind: 'link-made', name: known?.name ?? name });
        return addLink(trx, id, clock);
      }),

    /** Their sessions, links and passkeys end with them; their name stays theirs. Throws Refusal `last_admin`. */
    remove: (who: string, id: string): Promise<void> =>
      change(async (trx) => {
        const row = await findIn(trx, id);
        await trx.updateTable('staff').set({ removed: today() }).where('id', '=', id).execute();
        if (row.roles.includes('admin') && !(await hasAdmin(trx))) throw new Refusal('last_admin');
        await trx.deleteFrom('staff_link').where('staff_id', '=', id).execute();
        await dropPasskeys(trx, row);
        await record(trx, today(), who, { kind: 'removed', name: row.name });
      }),

    /**
     * A new link for somebody who lost their passkeys: these and every session end, so that nobody can come in
     * beside them unnoticed.
     */
    newLink: (who: string, id: string): Promise<Link> =>
      change(async (trx) => {
        const row = await findIn(trx, id);
        await dropPasskeys(trx, row);
        await record(trx, today(), who, { kind: 'link-made', name: row.name });
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
          await record(trx, today(), name, { kind: 'joined', name });
        }
        return { id, name, roles: [] };
      }),
  };
}

const listOf = (db: Kysely<RegistrarTables>) =>
  db
    .selectFrom('staff')
    .leftJoin('organisation', 'organisation.id', 'staff.organisation_id')
    .selectAll('staff')
    .select('organisation.name as organisation')
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

async function findIn(db: Kysely<RegistrarTables>, id: string): Promise<StaffRow> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('id', '=', id)
    .where('removed', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return row;
}

async function addStaff(trx: Trx, name: string, place: Place, day: string): Promise<string> {
  const id = randomId();
  const { organisation: organisation_id } = place;
  const row = {
    id,
    name,
    name_key: nameKey(name),
    organisation_id,
    invited: day,
    joined: null,
    removed: null,
  };
  await trx
    .insertInto('staff')
    .values({ ...row, roles: JSON.stringify(place.roles) })
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
  await trx
    .insertInto('staff_link')
    .values({ hash: hashToken(token), staff_id: staffId, until })
    .execute();
  return { token, until };
}

async function linkOf(db: Kysely<RegistrarTables>, token: string, clock: Clock) {
  const row = await db
    .selectFrom('staff_link')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .where('until', '>', clock.now())
    .executeTakeFirst();
  if (!row) throw new Refusal('link_over');
  return row;
}

async function dropPasskeys(trx: Trx, { id }: StaffRow): Promise<void> {
  const gone = await trx.deleteFrom('passkey').where('staff_id', '=', id).returning('credential').execute();
  await trx.deleteFrom('staff_session').where('staff_id', '=', id).execute();
  await setKeys(trx, { credentials: gone.map((row) => row.credential) }, 'removed');
}

async function hasAdmin(trx: Trx): Promise<boolean> {
  const rows = await trx.selectFrom('staff').select('roles').where('removed', 'is', null).execute();
  return rows.some((row) => row.roles.includes('admin'));
}
