/**
 * Devices, ways that were used, and ends. Whoever can modify these tables can have a device's renewals refused, or
 * hide one; cannot read a label (sealed under the person's own secret), cannot make a device wipe itself (that
 * takes a proof of the secret), and cannot bring back what was erased.
 */
import { addCount } from '@answerable/kit/daily-count';
import { devicesMax } from '@answerable/protocol/enrolment/record-life';
import { Refusal } from '@answerable/protocol/refusal';
import type { Kysely, Transaction } from 'kysely';
import { addDays } from './record-days.ts';
import { end } from './record-standing.ts';
import type { RegistrarTables } from './schema.ts';

/** Devices of one record, removed ones too: each removal is shown to its device when it next asks. */
const devicesEverMax = 200;
const sweptMax = 500;

export type DeviceRow = RegistrarTables['device'];
type Tables = Kysely<RegistrarTables>;
type InTransaction = Transaction<RegistrarTables>;

export function lifeQueries(db: Tables) {
  return {
    async askEnd(recordId: string, day: string): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await trx.updateTable('record').set({ end_asked: day }).where('id', '=', recordId).execute();
        await addCount<RegistrarTables>(trx, day, 'ends-asked');
      });
    },

    async dropEnd(recordId: string): Promise<void> {
      await db.updateTable('record').set({ end_asked: null }).where('id', '=', recordId).execute();
    },

    /** Ends a live record by its person's wish. */
    endByWish(recordId: string, day: string): Promise<void> {
      return db.transaction().execute((trx) => end(trx, recordId, { reason: 'own-wish', day }));
    },

    devicesOf(recordId: string): Promise<DeviceRow[]> {
      return db
        .selectFrom('device')
        .selectAll()
        .where('record_id', '=', recordId)
        .where('removal_proof', 'is', null)
        .orderBy('day')
        .orderBy('device')
        .execute();
    },

    /** Removed ones too. */
    device(device: string, recordId: string): Promise<DeviceRow | undefined> {
      return db
        .selectFrom('device')
        .selectAll()
        .where('device', '=', device)
        .where('record_id', '=', recordId)
        .executeTakeFirst();
    },

    /** A new device, or a new label. Refuses `device_removed`, `devices_full`. */
    async addDevice(row: Pick<DeviceRow, 'device' | 'record_id' | 'label' | 'day'>): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const own = await lockedDevices(trx, row.record_id);
        const known = own.find(({ device }) => device === row.device);
        if (known?.removal_proof != null) throw new Refusal('device_removed');
        if (known) {
          await trx
            .updateTable('device')
            .set({ label: row.label })
            .where('device', '=', row.device)
            .execute();
          return;
        }
        const live = own.filter(({ removal_proof }) => removal_proof === null);
        if (live.length >= devicesMax || own.length >= devicesEverMax) throw new Refusal('devices_full');
        // A key that is on another record's list is nobody's to register twice.
        const added = await trx
          .insertInto('device')
          .values({ ...row, removal_nonce: null, removal_proof: null })
          .onConflict((conflict) => conflict.column('device').doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows !== 1n) throw new Refusal('devices_full');
      });
    },

    /** Keeps the proof that it was removed by who knows the secret. Refuses `device_removed` for none that is there. */
    async removeDevice(
      device: string,
      recordId: string,
      removal: { nonce: string; proof: string },
    ): Promise<void> {
      const removed = await db
        .updateTable('device')
        .set({ removal_nonce: removal.nonce, removal_proof: removal.proof })
        .where('device', '=', device)
        .where('record_id', '=', recordId)
        .where('removal_proof', 'is', null)
        .executeTakeFirst();
      if (removed.numUpdatedRows !== 1n) throw new Refusal('device_removed');
    },

    routesOf(recordId: string): Promise<RegistrarTables['route_used'][]> {
      return db
        .selectFrom('route_used')
        .selectAll()
        .where('record_id', '=', recordId)
        .orderBy('day')
        .orderBy('purpose')
        .limit(1000)
        .execute();
    },

    async identifiersOf(recordId: string): Promise<{ accounts: number; strong: number; weak: number }> {
      const tags = await db.selectFrom('tag').select('kind').where('record_id', '=', recordId).execute();
      const accounts = await db
        .selectFrom('evidence_account')
        .select('subject')
        .where('record_id', '=', recordId)
        .execute();
      const strong = tags.filter(({ kind }) => kind === 'strong').length;
      return { accounts: accounts.length, strong, weak: tags.length - strong };
    },

    /** Erases what the days of ended records are over for: first the sealed identity, at last all that finds them. */
    async eraseEnded(today: string, days: { retentionDays: number; tagsKeptDays: number }): Promise<void> {
      const lastOf = (kept: number) => addDays(today, -kept);
      const ended = (until: string) =>
        db
          .selectFrom('record')
          .select('id')
          .where('standing', '=', 'ended')
          .where('standing_day', '<=', until)
          .limit(sweptMax);
      const sealed = ended(lastOf(days.retentionDays)).where('identity_erased', 'is', null);
      for (const { id } of await sealed.execute())
        await db.transaction().execute((trx) => eraseIdentity(trx, id, today));
      const all = ended(lastOf(Math.max(days.retentionDays, days.tagsKeptDays)));
      for (const { id } of await all.execute())
        await db.transaction().execute((trx) => eraseRecord(trx, id, today));
    },
  };
}

/** That this person showed who they are, on a day. */
export async function noteRoute(trx: InTransaction, row: RegistrarTables['route_used']): Promise<void> {
  await trx
    .insertInto('route_used')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

// Locked with its record, so that two that come at once do not both find room.
async function lockedDevices(trx: InTransaction, recordId: string): Promise<DeviceRow[]> {
  await trx.selectFrom('record').select('id').where('id', '=', recordId).forUpdate().execute();
  return trx.selectFrom('device').selectAll().where('record_id', '=', recordId).execute();
}

const recordTables = [
  'tag',
  'evidence_account',
  'device',
  'route_used',
  'suspension_wish',
  'record_key',
] as const;

/** Still: who came back since it was looked for keeps everything. Holds the record until the transaction is over. */
async function isEnded(trx: InTransaction, recordId: string): Promise<boolean> {
  const now = await trx
    .selectFrom('record')
    .select('standing')
    .where('id', '=', recordId)
    .forUpdate()
    .executeTakeFirst();
  return now?.standing === 'ended';
}

// The leaf stays, so that others' receipts of its batch can be made; without its salt it fits nothing any more.
async function eraseIdentity(trx: InTransaction, recordId: string, day: string): Promise<void> {
  if (!(await isEnded(trx, recordId))) return;
  await trx
    .updateTable('leaf')
    .set({ sealed: null, tag: null, salt: null, item: null })
    .where('record_point', 'in', (keys) =>
      keys.selectFrom('record_key').select('record_point').where('record_id', '=', recordId),
    )
    .execute();
  await trx.updateTable('record').set({ identity_erased: day }).where('id', '=', recordId).execute();
  await addCount<RegistrarTables>(trx, day, 'identities-erased');
}

async function eraseRecord(trx: InTransaction, recordId: string, day: string): Promise<void> {
  if (!(await isEnded(trx, recordId))) return;
  await trx
    .updateTable('leaf')
    .set({ record_point: null, current: false })
    .where('record_point', 'in', (keys) =>
      keys.selectFrom('record_key').select('record_point').where('record_id', '=', recordId),
    )
    .execute();
  await trx.updateTable('session').set({ record_id: null }).where('record_id', '=', recordId).execute();
  for (const table of recordTables) await trx.deleteFrom(table).where('record_id', '=', recordId).execute();
  await trx.deleteFrom('record').where('id', '=', recordId).execute();
  await addCount<RegistrarTables>(trx, day, 'records-erased');
}
