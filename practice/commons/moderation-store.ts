/**
 * What the desk may change here. Whoever can modify these rows can hide anything, and show it again; nothing is
 * deleted by moderation, so that every act has its undo.
 */
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { Transaction } from 'kysely';
import type { ForumTables } from './schema.ts';
import type { Db } from './store.ts';

type Trx = Transaction<ForumTables>;

/** Does an act once. True if the target is there. */
export function performAct(db: Db, act: ConnectorAct, day: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { act: id, kind, target } = act;
    const values = { act: id, kind, target };
    const first = await trx
      .insertInto('act')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (first.numInsertedOrUpdatedRows !== 1n) return true;
    return change(trx, act, day);
  });
}

async function change(trx: Trx, { kind, target, notice }: ConnectorAct, day: string): Promise<boolean> {
  const [what = '', id = ''] = target.split('/');
  const done = async (query: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint }> }) =>
    (await query.executeTakeFirst()).numUpdatedRows === 1n;
  if (what === 'post') {
    const post = trx.updateTable('post').where('id', '=', id);
    if (kind === 'hide-item') return done(post.set({ hidden_notice: notice }));
    if (kind === 'restore-item') return done(post.set({ hidden_notice: null }));
    if (kind === 'show-help') return done(post.set({ help: notice }));
    if (kind === 'slow-replies') return done(post.set({ slow_notice: notice }));
    if (kind === 'restore-replies') return done(post.set({ slow_notice: null }));
  }
  if (what === 'page') {
    const page = trx.updateTable('page').where('id', '=', id);
    if (kind === 'hold-page') return done(page.set({ state: 'held', notice }));
    if (kind === 'restore-page') return done(page.set({ state: 'open', notice: null }));
    if (kind === 'shut-page') {
      if (!(await done(page.set({ state: 'shut', notice })))) return false;
      await trx.insertInto('page_warning').values({ page: id, day, text: notice }).execute();
      return true;
    }
  }
  if (what === 'account') {
    const found = trx.selectFrom('account').select('id');
    const account = await found
      .where((eb) => eb.or([eb('id', '=', id), eb('subject', '=', id)]))
      .executeTakeFirst();
    if (!account) return false;
    const row = trx.updateTable('account').where('id', '=', account.id);
    if (kind === 'restore-account') return done(row.set({ suspended_notice: null }));
    if (kind === 'end-memorial') return done(row.set({ memorial_notice: null }));
    if (kind === 'keep-as-memorial') {
      await trx.deleteFrom('session').where('account', '=', account.id).execute();
      return done(row.set({ memorial_notice: notice }));
    }
    if (kind === 'suspend-account') {
      await trx.deleteFrom('session').where('account', '=', account.id).execute();
      return done(row.set({ suspended_notice: notice }));
    }
  }
  return false;
}
