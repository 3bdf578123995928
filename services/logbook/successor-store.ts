/** The texts of successor policies, as their guardians signed them; public. One per serial, for ever. */
import { type TrustPolicyFile, trustPolicyFile } from '@answerable/protocol/trust-policy';
import type { Kysely } from 'kysely';
import type { LogbookTables } from './schema.ts';

export function successorStore(db: Kysely<LogbookTables>) {
  return {
    /** The first text of a serial is kept; of it, the first proof that it was logged in time. */
    async keep(file: TrustPolicyFile): Promise<void> {
      const { policy, logged } = file;
      await db
        .insertInto('successor_policy')
        .values({ serial: policy.serial, file: JSON.stringify(file), proven: logged !== undefined })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      if (logged === undefined) return;
      await db
        .updateTable('successor_policy')
        .set({ file: JSON.stringify(file), proven: true })
        .where('serial', '=', policy.serial)
        .where('proven', '=', false)
        .execute();
    },

    async at(serial: number): Promise<TrustPolicyFile | undefined> {
      const row = await db
        .selectFrom('successor_policy')
        .select('file')
        .where('serial', '=', serial)
        .executeTakeFirst();
      return row && trustPolicyFile.parse(JSON.parse(row.file));
    },
  };
}
