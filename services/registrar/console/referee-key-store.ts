/**
 * The passkeys of referees as keepers are told of them. Whoever can modify this table can have keepers believe in
 * a referee of their own; keepers count how many there are, and each recall by one costs a counted try.
 */
import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { RegistrarTables } from '../schema.ts';

type Trx = Transaction<RegistrarTables>;
export type RefereeKeyRow = RegistrarTables['referee_key'];

const untoldMax = 200;

export async function addKey(
  trx: Trx,
  key: Pick<RefereeKeyRow, 'credential' | 'organisation_id' | 'public_key'>,
): Promise<void> {
  await trx
    .insertInto('referee_key')
    .values({ ...key, standing: 'active', change: 1, told: false })
    .execute();
}

/** How the keys of an organisation, or these, stand from now on; one that was removed stays removed. */
export async function setKeys(
  trx: Trx,
  which: { organisation: string } | { credentials: readonly string[] },
  standing: RefereeKeyRow['standing'],
): Promise<void> {
  const chosen = trx
    .updateTable('referee_key')
    .set({ standing, change: sql<number>`change + 1`, told: false })
    .where('standing', 'not in', ['removed', standing]);
  await ('organisation' in which
    ? chosen.where('organisation_id', '=', which.organisation)
    : chosen.where('credential', 'in', ['', ...which.credentials])
  ).execute();
}

/** Keys that some keeper may not know to stand as they do. */
export const untoldKeys = (db: Kysely<RegistrarTables>): Promise<RefereeKeyRow[]> =>
  db.selectFrom('referee_key').selectAll().where('told', '=', false).limit(untoldMax).execute();

export async function markKeyTold(
  db: Kysely<RegistrarTables>,
  { credential, change }: Pick<RefereeKeyRow, 'credential' | 'change'>,
): Promise<void> {
  await db
    .updateTable('referee_key')
    .set({ told: true })
    .where('credential', '=', credential)
    .where('change', '=', change)
    .execute();
}
