/**
 * Puts into the outbox, in the caller's transaction, what platforms must be told: that sessions have ended, and
 * what changes for an account there. Assumes: the person's row is locked, so that two changes of one person follow
 * each other.
 * Must never: queue an act twice, or one that an account is in the state of already.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import type { LadderStep } from '@answerable/protocol/report/sanction';
import type { Trx } from '../store.ts';
import {
  type Change,
  changesBetween,
  type Holds,
  holdsAt,
  type IsTold,
  type NamedSanction,
  noticeOf,
} from './holding.ts';
import type { Way } from './sanctions-schema.ts';

const actBytes = 16;
/** Due before anything: never tried. */
const atOnce = new Date(0);

/** The same words as the desk's for the same act, so that a platform told by both does it once. */
export const derivedId = (seed: string): string => toBase64url(sha256(utf8(seed)).slice(0, actBytes));

export interface NewTelling {
  act: string;
  way: Way;
  target: string;
  sub: string;
  sanction: string | null;
  /** of an account from before the gateway: what its platform calls it */
  legacy?: string;
  kind?: Change['kind'];
  notice?: string;
}

/** Each once, by its act. */
export async function put(trx: Trx, tellings: readonly NewTelling[]): Promise<void> {
  if (tellings.length === 0) return;
  const rows = tellings.map(({ kind = null, notice = '', legacy = null, ...one }) => ({
    ...one,
    kind,
    legacy,
    notice,
    lane: `${one.way} ${one.sub}`,
    state: 'pending' as const,
    next_at: atOnce,
    leased_until: null,
    since: null,
    code: null,
  }));
  await trx
    .insertInto('telling')
    .values(rows)
    .onConflict((conflict) => conflict.column('act').doNothing())
    .execute();
}

/** Ends every session of these accounts with this transaction, and queues the sign-outs there; how many there were. */
export async function endSessions(
  trx: Trx,
  ended: readonly { sub: string; clientId: string }[],
  sanction: string | null = null,
): Promise<number> {
  if (ended.length === 0) return 0;
  const subs = ended.map(({ sub }) => sub);
  const gone = await trx.deleteFrom('oidc_state').where('account', 'in', subs).returning('model').execute();
  const act = () => randomBytes(actBytes).toString('base64url');
  await put(
    trx,
    ended.map(({ sub, clientId }) => ({ act: act(), way: 'sign-out', target: clientId, sub, sanction })),
  );
  return gone.filter(({ model }) => model === 'Session').length;
}

export interface HeldAccount {
  sub: string;
  platform: string;
}

/** Brings what is queued for these accounts to what `sanctions` say at `at`. */
export async function settleHolds(
  trx: Trx,
  accounts: readonly HeldAccount[],
  sanctions: readonly NamedSanction[],
  at: string,
  isTold: IsTold,
): Promise<void> {
  for (const { sub, platform } of accounts) {
    const rows = await trx.selectFrom('account_hold').selectAll().where('sub', '=', sub).execute();
    const held: Holds = Object.fromEntries(rows.map(({ hold, sanction }) => [hold, sanction]));
    for (const change of changesBetween(held, holdsAt(sanctions, at, sub))) {
      const step = sanctions.find(({ id }) => id === change.sanction)?.step ?? 'suspend';
      const begun = rows.find(({ hold }) => hold === change.hold)?.act;
      if (begun) await end(trx, { sub, platform }, change, { step, begun, at });
      // Without a connector the sessions end and nothing else happens there, or the desk does it.
      else if (isTold(platform, change.hold)) await begin(trx, { sub, platform }, change, step);
    }
  }
}

async function begin(
  trx: Trx,
  { sub, platform }: HeldAccount,
  change: Change,
  step: LadderStep,
): Promise<void> {
  const { hold, kind, sanction } = change;
  const word = kind === 'suspend-account' ? 'suspend' : 'restrict';
  const act = await freeId(trx, `${sanction}/${sub}/${word}`);
  await trx.insertInto('account_hold').values({ sub, hold, sanction, act }).execute();
  const notice = noticeOf(kind, step);
  await put(trx, [{ act, way: 'act', target: platform, sub, sanction, kind, notice }]);
}

async function end(
  trx: Trx,
  { sub, platform }: HeldAccount,
  { hold, kind, sanction }: Change,
  { step, begun, at }: { step: LadderStep; begun: string; at: string },
): Promise<void> {
  await trx.deleteFrom('account_hold').where('sub', '=', sub).where('hold', '=', hold).execute();
  const act = await freeId(
    trx,
    `${sanction}/account/${sub}/${kind === 'restore-account' ? 'restore' : 'free'}`,
  );
  // What was never tried, or waits for a person who has not done it yet, is needless now; so is its undo.
  const dropped = await trx
    .updateTable('telling')
    .set({ state: 'dropped', could: '', since: null, next_at: atOnce, leased_until: null })
    .where('act', '=', begun)
    .where((is) =>
      is.or([is('state', '=', 'undone'), is.and([is('state', '=', 'pending'), is('attempts', '=', 0)])]),
    )
    .executeTakeFirst();
  if (dropped.numUpdatedRows === 1n) return;
  // One that was tried may have been done with its answer lost: it is not tried again, and it is undone.
  await trx
    .updateTable('telling')
    .set({ state: 'dropped', since: null, next_at: atOnce, leased_until: null })
    .where('act', '=', begun)
    .where('state', '=', 'pending')
    .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<', new Date(at))]))
    .execute();
  await put(trx, [{ act, way: 'act', target: platform, sub, sanction, kind, notice: noticeOf(kind, step) }]);
}

/** The account has come to its platform: what waited for that, or was left to a person meanwhile, is due at once. */
export async function tellAgain(trx: Trx, sub: string): Promise<void> {
  await trx
    .updateTable('telling')
    .set({ state: 'pending', attempts: 0, code: null, could: '', since: null, next_at: atOnce })
    .where('sub', '=', sub)
    .where('way', '=', 'act')
    .where('state', 'in', ['pending', 'undone'])
    .where('leased_until', 'is', null)
    .execute();
}

/** The id that follows from `seed`; should an account be held by one sanction twice, the next one. */
async function freeId(trx: Trx, seed: string): Promise<string> {
  for (let n = 0; ; n += 1) {
    const act = derivedId(n === 0 ? seed : `${seed}/${n}`);
    const taken = trx.selectFrom('telling').select('id').where('act', '=', act);
    if (!(await taken.executeTakeFirst())) return act;
  }
}
