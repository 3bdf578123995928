/**
 * What stands for what on the platform, and what people still do there by hand. Whoever can modify these tables
 * can have the desk act on another thing than was decided about, or leave an act undone; and cannot decide, and
 * learns which public accounts and things cases are about.
 */
import type { ConnectorMemory, ForeignName } from '@answerable/connector/memory';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { Kysely } from 'kysely';
import type { DeskTables } from '../schema.ts';

const listMax = 200;

export type PlatformStore = ReturnType<typeof createPlatformStore>;

export function createPlatformStore(db: Kysely<DeskTables>) {
  return {
    memory: connectorMemory(db),

    names: (locators: readonly string[]): Promise<ForeignName[]> =>
      locators.length === 0
        ? Promise.resolve([])
        : db
            .selectFrom('foreign_name')
            .selectAll()
            .where('locator', 'in', [...locators])
            .execute(),

    /** Asks for an act by hand; asking again changes nothing. */
    async askHand(caseId: string, { act, kind, target, notice }: ConnectorAct, could: string, at: string) {
      await db
        .insertInto('hand_act')
        .values({
          act,
          case_id: caseId,
          kind,
          target,
          notice,
          could,
          asked_at: at,
          state: 'waiting',
          ended_by: null,
          ended_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** What `undo` makes needless because nobody has done it yet; true if there was such an act. */
    async dropWaiting(kinds: readonly ConnectorAct['kind'][], undo: ConnectorAct, at: string) {
      if (kinds.length === 0) return false;
      await db
        .updateTable('hand_act')
        .set({ state: 'dropped', ended_by: undo.act, ended_at: at })
        .where('target', '=', undo.target)
        .where('kind', 'in', [...kinds])
        .where('state', '=', 'waiting')
        .execute();
      // Asked again after a crash: what this act dropped before counts.
      const dropped = db.selectFrom('hand_act').select('act').where('ended_by', '=', undo.act);
      return (await dropped.executeTakeFirst()) !== undefined;
    },

    handAct: (act: string) => db.selectFrom('hand_act').selectAll().where('act', '=', act).executeTakeFirst(),

    /** What waits for a person, oldest first. */
    waitingHands: () =>
      db
        .selectFrom('hand_act')
        .selectAll()
        .where('state', '=', 'waiting')
        .orderBy('asked_at')
        .limit(listMax)
        .execute(),

    handsOf: (caseId: string) =>
      db
        .selectFrom('hand_act')
        .selectAll()
        .where('case_id', '=', caseId)
        .orderBy('asked_at')
        .limit(listMax)
        .execute(),
  };
}

/** Ticks an act off in the caller's transaction; false if somebody else did, or it is needless now. */
export async function endHand(
  trx: Kysely<DeskTables>,
  act: string,
  end: { state: 'done' | 'cannot'; by: string; at: string },
): Promise<boolean> {
  const changed = await trx
    .updateTable('hand_act')
    .set({ state: end.state, ended_by: end.by, ended_at: end.at })
    .where('act', '=', act)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** An address becomes a link on a page: nothing but the web can stand there. */
const webAddress = (url: string | null): string | null =>
  url !== null && /^https?:\/\//.test(url) ? url : null;

function connectorMemory(db: Kysely<DeskTables>): ConnectorMemory {
  return {
    name: (locator) =>
      db.selectFrom('foreign_name').selectAll().where('locator', '=', locator).executeTakeFirst(),
    async keepNames(names) {
      if (names.length === 0) return;
      await db
        .insertInto('foreign_name')
        .values(names.map((name) => ({ ...name, url: webAddress(name.url) })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async before(target) {
      const row = db.selectFrom('platform_before').select('before').where('target', '=', target);
      return (await row.executeTakeFirst())?.before;
    },
    async keepBefore(target, before) {
      await db
        .insertInto('platform_before')
        .values({ target, before })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async forgetBefore(target) {
      await db.deleteFrom('platform_before').where('target', '=', target).execute();
    },
  };
}
