/**
 * Other forums' desks, and what passes between them and us. Whoever can modify these tables can add a forum that
 * then decides here, and read what others asked; and cannot sign for anybody, which needs a key.
 */
import type { Kysely } from 'kysely';
import type { DeskTables } from '../schema.ts';
import type { Trx } from '../store.ts';
import type { SignedAnswer, SignedRequest } from './panel-schema.ts';

const listMax = 100;

export type PanelStore = ReturnType<typeof createPanelStore>;
export type Peer = DeskTables['panel_peer'];

export function createPanelStore(db: Kysely<DeskTables>) {
  return {
    peers: () => db.selectFrom('panel_peer').selectAll().orderBy('name').limit(listMax).execute(),
    peer: (name: string) =>
      db.selectFrom('panel_peer').selectAll().where('name', '=', name).executeTakeFirst(),
    addPeer: (peer: Peer) =>
      db
        .insertInto('panel_peer')
        .values(peer)
        .onConflict((conflict) => conflict.column('name').doUpdateSet(peer))
        .execute(),
    removePeer: (name: string) => db.deleteFrom('panel_peer').where('name', '=', name).execute(),

    /** Cases of which something may be asked of the panel now. */
    waiting: (now: string) =>
      db
        .selectFrom('panel_wait')
        .select('case_id')
        .where('ask_at', '<=', now)
        .orderBy('ask_at')
        .limit(listMax)
        .execute(),

    /** The message as it is sent, each time the same: what is kept first counts. */
    async keepSent(
      row: { request: string; caseId: string; forum: string; hash: string },
      message: SignedRequest,
    ): Promise<SignedRequest | null> {
      const { caseId: case_id, ...rest } = row;
      await db
        .insertInto('panel_sent')
        .values({ ...rest, case_id, message: JSON.stringify(message), answer: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await this.sent(row.request))?.message ?? null;
    },
    sent: (request: string) =>
      db.selectFrom('panel_sent').selectAll().where('request', '=', request).executeTakeFirst(),
    sentFor: (trx: Trx, request: string) =>
      trx.selectFrom('panel_sent').selectAll().where('request', '=', request).forUpdate().executeTakeFirst(),
    keepAnswer: (trx: Trx, request: string, answer: SignedAnswer) =>
      trx
        .updateTable('panel_sent')
        .set({ answer: JSON.stringify(answer) })
        .where('request', '=', request)
        .execute(),

    /** Keeps a question; returns the hash of the one that is kept under its number. */
    async keepReceived(message: SignedRequest, hash: string, at: string): Promise<string> {
      const { request, from, about, due } = message.message;
      const row = {
        request,
        forum: from,
        hash,
        about,
        due,
        received_at: at,
        message: JSON.stringify(message),
      };
      await db
        .insertInto('panel_received')
        .values({ ...row, answer: null, answered_at: null, withdrawn_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await this.received(request))?.hash ?? '';
    },
    received: (request: string) =>
      db.selectFrom('panel_received').selectAll().where('request', '=', request).executeTakeFirst(),
    receivedFor: (trx: Trx, request: string) =>
      trx
        .selectFrom('panel_received')
        .selectAll()
        .where('request', '=', request)
        .forUpdate()
        .executeTakeFirst(),
    keepVerdict: (trx: Trx, request: string, answer: SignedAnswer, at: string) =>
      trx
        .updateTable('panel_received')
        .set({ answer: JSON.stringify(answer), answered_at: at })
        .where('request', '=', request)
        .execute(),
    openAgain: (request: string) =>
      db
        .updateTable('panel_received')
        .set({ answer: null, answered_at: null })
        .where('request', '=', request)
        .execute(),
    withdraw: (request: string, forum: string, at: string) =>
      db
        .updateTable('panel_received')
        .set({ withdrawn_at: at, message: null })
        .where('request', '=', request)
        .where('forum', '=', forum)
        .where('answered_at', 'is', null)
        .execute(),
    /** Waiting ones first, then what was answered lately. */
    list: () =>
      db
        .selectFrom('panel_received')
        .select(['request', 'forum', 'about', 'due', 'received_at', 'answered_at', 'withdrawn_at'])
        .orderBy('answered_at', (order) => order.desc().nullsFirst())
        .orderBy('due')
        .limit(listMax)
        .execute(),
    /** Words of other forums' people do not stay here: only that something was asked, and how it was answered. */
    async forget(before: string): Promise<void> {
      await db
        .updateTable('panel_received')
        .set({ message: null })
        .where('message', 'is not', null)
        .where((is) => is.or([is('answered_at', '<', before), is('received_at', '<', before)]))
        .execute();
    },
  };
}
