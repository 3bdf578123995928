/**
 * Who works here. Whoever can modify these tables can let anybody in, and cannot make them somebody who was
 * here before: what was decided keeps its names, and who changed what stands in the ledger. A link is kept as
 * the hash of its token; it opens once, and until its time is over.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { after, type Clock, type Duration } from '@answerable/kit/clock';
import { uniqueViolation } from '@answerable/kit/database';
import { hashToken, newToken, type Staff } from '@answerable/kit/sign-in';
import { nameKey } from '@answerable/kit/working-name';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { StaffRole } from '../casework/event.ts';
import type { Queue } from '../casework/queue.ts';
import { appendRecord } from '../ledger.ts';
import type { DeskTables } from '../schema.ts';
import { changesChain } from '../setup/settings.ts';
import type { Trx } from '../store.ts';
import { staffOf } from './session-store.ts';

const idBytes = 16;
const staffMax = 500;
export const invitationTime: Duration = { days: 3 };
export const newLinkTime: Duration = { days: 1 };

export interface Place {
  roles: readonly StaffRole[];
  /** null: every queue */
  queues: readonly Queue[] | null;
}
export interface Link {
  token: string;
  until: string;
}
type StaffRow = Selectable<DeskTables['staff']>;
export type StaffStore = ReturnType<typeof createStaffStore>;

export function createStaffStore(db: Kysely<DeskTables>, clock: Clock) {
  const now = () => clock.now().toISOString();
  const change = <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      // One change at a time: two admins who remove each other at once leave one.
      await sql`select pg_advisory_xact_lock(hashtextextended('staff', 0))`.execute(trx);
      return work(trx);
    });
  const record = (trx: Trx, who: string, body: object) =>
    appendRecord(trx, changesChain, { at: now(), who, body });

  return {
    list: () => listOf(db),
    find: (id: string) => findIn(db, id),

    byName: (name: string) =>
      db
        .selectFrom('staff')
        .select('id')
        .where('name_key', '=', nameKey(name))
        .where('removed_at', 'is', null)
        .executeTakeFirst(),

    /** Somebody new, and the link by which they come in. Throws Refusal `handle_taken`. */
    invite: (who: string, name: string, place: Place): Promise<{ id: string; link: Link }> =>
      change(async (trx) => {
        const id = await addStaff(trx, name, place, now());
        await record(trx, who, { kind: 'invited', name, ...place });
        return { id, link: await addLink(trx, id, after(clock.now(), invitationTime)) };
      }),

    /** Throws Refusal `last_admin`. */
    place: (who: string, id: string, place: Place) =>
      change(async (trx) => {
        const { name, roles, queues } = await findIn(trx, id);
        const set = { roles: JSON.stringify(place.roles), queues: queuesText(place) };
        await keepingAnAdmin(trx, () => trx.updateTable('staff').set(set).where('id', '=', id).execute());
        await record(trx, who, { kind: 'placed', name, from: { roles, queues }, to: place });
      }),

    /** Their sessions, links and passkeys end with them; their name stays theirs. Throws Refusal `last_admin`. */
    remove: (who: string, id: string): Promise<StaffRow> =>
      change(async (trx) => {
        const row = await findIn(trx, id);
        const set = { removed_at: now() };
        await keepingAnAdmin(trx, () => trx.updateTable('staff').set(set).where('id', '=', id).execute());
        await trx.deleteFrom('staff_session').where('staff_id', '=', id).execute();
        await trx.deleteFrom('staff_link').where('staff_id', '=', id).execute();
        await trx.deleteFrom('passkey').where('staff_id', '=', id).execute();
        await record(trx, who, { kind: 'removed', name: row.name });
        return row;
      }),

    /** A new link for somebody who works here; an earlier one opens nothing any more. */
    newLink: (who: string, id: string): Promise<Link> =>
      change(async (trx) => {
        const { name } = await findIn(trx, id);
        await record(trx, who, { kind: 'link-made', name });
        return addLink(trx, id, after(clock.now(), newLinkTime));
      }),

    /** Whose link this is, without using it. Throws Refusal `link_over`. */
    async lookAt(token: string): Promise<{ name: string }> {
      const row = await linkOf(db, token, now());
      if (!row?.staff_id) throw new Refusal('link_over');
      return findIn(db, row.staff_id);
    },

    /** Uses the link: from then on nobody else can. Throws Refusal `link_over`. */
    take: (token: string): Promise<Staff> =>
      change(async (trx) => {
        const row = await linkOf(trx, token, now());
        if (!row?.staff_id) throw new Refusal('link_over');
        await trx.deleteFrom('staff_link').where('hash', '=', row.hash).execute();
        const found = await findIn(trx, row.staff_id);
        if (found.joined_at === null) {
          await trx.updateTable('staff').set({ joined_at: now() }).where('id', '=', found.id).execute();
          await record(trx, found.name, { kind: 'joined', name: found.name });
        }
        return staffOf(found);
      }),

    /** The link of the set-up; one that was made before opens nothing any more. */
    setUpLink: (): Promise<Link> =>
      change(async (trx) => addLink(trx, null, after(clock.now(), newLinkTime))),

    async isSetUpLink(token: string): Promise<boolean> {
      return (await linkOf(db, token, now()))?.staff_id === null;
    },

    /** The first admin, who has the link of the set-up. Throws Refusal `link_over`, `handle_taken`. */
    begin: (token: string, name: string): Promise<Staff> =>
      change(async (trx) => {
        const row = await linkOf(trx, token, now());
        if (row?.staff_id !== null) throw new Refusal('link_over');
        await trx.deleteFrom('staff_link').where('hash', '=', row.hash).execute();
        // A set-up that somebody began and left is begun anew: until it is done nobody has decided anything.
        await trx.deleteFrom('staff_session').execute();
        await trx.deleteFrom('staff').execute();
        const place: Place = { roles: ['admin', 'moderator', 'appeals'], queues: null };
        const id = await addStaff(trx, name, place, now(), now());
        await record(trx, name, { kind: 'set-up-begun', name });
        return { id, name, roles: place.roles };
      }),
  };
}

const listOf = (db: Kysely<DeskTables>) =>
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
    .orderBy('invited_at')
    .limit(staffMax)
    .execute();

async function findIn(db: Kysely<DeskTables>, id: string): Promise<StaffRow> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  return row;
}

async function addStaff(trx: Trx, name: string, place: Place, at: string, joined: string | null = null) {
  const id = toBase64url(randomBytes(idBytes));
  const row = {
    id,
    name,
    name_key: nameKey(name),
    roles: JSON.stringify(place.roles),
    queues: queuesText(place),
    invited_at: at,
    joined_at: joined,
    removed_at: null,
  };
  await trx
    .insertInto('staff')
    .values(row)
    .execute()
    .catch((error) => {
      throw uniqueViolation(error) ? new Refusal('handle_taken') : error;
    });
  return id;
}

const queuesText = ({ queues }: Place): string | null => (queues === null ? null : JSON.stringify(queues));

async function addLink(trx: Trx, staffId: string | null, until: Date): Promise<Link> {
  const token = newToken();
  await trx.deleteFrom('staff_link').where('staff_id', 'is not distinct from', staffId).execute();
  const row = { hash: hashToken(token), staff_id: staffId, until: until.toISOString() };
  await trx.insertInto('staff_link').values(row).execute();
  return { token, until: row.until };
}

const linkOf = (db: Kysely<DeskTables>, token: string, now: string) =>
  db
    .selectFrom('staff_link')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .where('until', '>', now)
    .executeTakeFirst();

/** Where the operator lets people in there may be no admin here; where there is one, one stays. */
async function keepingAnAdmin(trx: Trx, work: () => Promise<unknown>): Promise<void> {
  const before = await hasAdmin(trx);
  await work();
  if (before && !(await hasAdmin(trx))) throw new Refusal('last_admin');
}

/** One who has come in: an invitation alone opens no desk. */
async function hasAdmin(trx: Trx): Promise<boolean> {
  const rows = await trx
    .selectFrom('staff')
    .select('roles')
    .where('removed_at', 'is', null)
    .where('joined_at', 'is not', null)
    .execute();
  return rows.some((row) => row.roles.includes('admin'));
}
