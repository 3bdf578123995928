/**
 * What connectors remember for this gateway: which account there is meant, and how it was before we touched it.
 * Whoever can modify these tables can have a sanction act on another account, or leave one shut; and cannot make
 * a sanction.
 */
import type { ConnectorMemory } from '@answerable/connector/memory';
import type { Db } from '../store.ts';

export function connectorMemory(db: Db): ConnectorMemory {
  return {
    name: (locator) =>
      db.selectFrom('connector_name').selectAll().where('locator', '=', locator).executeTakeFirst(),
    async keepNames(names) {
      if (names.length === 0) return;
      await db
        .insertInto('connector_name')
        .values([...names])
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async before(target) {
      const found = db.selectFrom('connector_before').select('before').where('target', '=', target);
      return (await found.executeTakeFirst())?.before;
    },
    async keepBefore(target, before) {
      await db
        .insertInto('connector_before')
        .values({ target, before })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async forgetBefore(target) {
      await db.deleteFrom('connector_before').where('target', '=', target).execute();
    },
  };
}
