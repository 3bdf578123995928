/**
 * What connectors remember for this gateway: which account there is meant, and how it was before we touched it.
 * Whoever can modify these tables can have a sanction act on another account, or leave one shut; and cannot make
 * a sanction.
 */
import type { ConnectorMemory, ForeignName } from '@answerable/connector/memory';
import type { Db } from '../store.ts';

export function connectorMemory(db: Db): ConnectorMemory {
  return {
    async name(locator) {
      const kept = db.selectFrom('connector_name').selectAll().where('locator', '=', locator);
      return (await kept.executeTakeFirst()) ?? (await boundAccount(db, locator));
    },
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

/** An account that this gateway let into a server of the AT Protocol is known by whose it is (bluesky/store.ts). */
async function boundAccount(db: Db, locator: string): Promise<ForeignName | undefined> {
  const [, sub] = /^account\/(.+)$/.exec(locator) ?? [];
  if (sub === undefined) return undefined;
  const bound = await db
    .selectFrom('bluesky_account')
    .select(['platform', 'did'])
    .where('sub', '=', sub)
    .executeTakeFirst();
  return bound && { locator, platform: bound.platform, address: bound.did, url: null };
}
