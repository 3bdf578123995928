/**
 * Record, then act: what must happen outside stands in a table, written with the decision in one transaction,
 * and is done from there as often as it takes. Each effect carries an id under which the other side does it
 * once, so a lost answer, a crash between decision and effect, and two of us running are all the same: retry.
 * Must never: lose an effect, or do a later one of a lane before an earlier.
 */
import { retryAfterSecondsMax, TryLater } from '@answerable/connector/call';
import { after, type Clock } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import { describeError } from '@answerable/kit/journal';
import type { CallSeal } from '@answerable/protocol/admission/account-call';
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import { type Kysely, sql } from 'kysely';
import { derivedId, type Effect } from './casework/effects.ts';
import type { DeskTables } from './schema.ts';

const batchMax = 16;
const leaseSeconds = 30;
const retrySecondsFirst = 0.5;
const retrySecondsMax = 60;
const pollMs = 20;

/** Refusals of the other side that another try may turn into a yes. */
const passing: ReadonlySet<RefusalCode> = new Set([
  'unavailable',
  'not_ready',
  'internal',
  'too_many_requests',
  'unauthorised',
  'forbidden',
  'not_logged',
  'checkpoint_old',
]);

/** Effects of cases, and those of requests to open an account. */
export type DeskEffect =
  | Effect
  | { kind: 'mail-notice'; notice: string; reminder: boolean }
  | { kind: 'commit-head'; day: string }
  | { kind: 'answer-panel'; request: string }
  | { kind: 'file-disclosure' }
  | { kind: 'prove-filing' }
  | { kind: 'deliver-case'; guardian: string }
  | { kind: 'forward-reply'; guardian: string; reply: string; seal?: CallSeal };

export interface OutboxRow {
  id: number;
  effectId: string;
  caseId: string;
  effect: DeskEffect;
}

/** Does one effect; returns what the case page may show of it. */
export type Perform = (row: OutboxRow) => Promise<unknown>;

export interface NewEffect {
  id: string;
  caseId: string;
  lane: string;
  effect: DeskEffect;
}

/** One effect of a request to open an account, under an id and in a lane of its own. */
export function effectOf(caseId: string, effect: DeskEffect, word: string = effect.kind): NewEffect {
  return {
    id: derivedId(`${caseId}/${effect.kind}/${word}`),
    caseId,
    lane: `${effect.kind} ${word}`,
    effect,
  };
}

/** Adds effects in the caller's transaction; one that is there already stays as it is. */
export async function putEffects(
  trx: Kysely<DeskTables>,
  effects: readonly NewEffect[],
  now: string,
): Promise<void> {
  if (effects.length === 0) return;
  const rows = effects.map(({ id, caseId, lane, effect }) => ({
    effect_id: id,
    case_id: caseId,
    lane,
    effect: JSON.stringify(effect),
    state: 'pending' as const,
    next_at: now,
    code: null,
    result: null,
  }));
  await trx
    .insertInto('outbox')
    .values(rows)
    .onConflict((conflict) => conflict.column('effect_id').doNothing())
    .execute();
}

export interface Outbox {
  /** Begins on what is due, now. */
  kick(): void;
  /** Waits until nothing of the case is due any more, at most `withinMs`. */
  settle(caseId: string, withinMs: number): Promise<void>;
  /** Makes everything that waits due at once: the start-up path. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface OutboxOptions {
  db: Kysely<DeskTables>;
  clock: Clock;
  journal: Journal;
  perform: Perform;
}

export function createOutbox({ db, clock, journal, perform }: OutboxOptions): Outbox {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const now = () => clock.now().toISOString();

  const run = async () => {
    do {
      again = false;
      while (!stopped && (await batch()) > 0);
    } while (again && !stopped);
  };
  const kick = () => {
    again = true;
    running ??= run()
      .catch((error) => journal.error('outbox stopped', describeError(error)))
      .finally(() => {
        running = undefined;
        if (again && !stopped) kick();
      });
  };

  async function batch(): Promise<number> {
    const rows = await lease(db, clock);
    await Promise.all(rows.map(doOne));
    return rows.length;
  }

  async function doOne(row: OutboxRow & { attempts: number }): Promise<void> {
    try {
      const result = (await perform(row)) ?? null;
      // The effect is done outside from here on; a crash before the next line does it once more, under its id.
      await finish(row.id, { state: 'done', code: null, result: JSON.stringify(result) });
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'internal';
      if (!(error instanceof Refusal))
        journal.error('effect failed', { ...describeError(error), kind: row.effect.kind });
      if (passing.has(code)) await postpone(row, code, error instanceof TryLater ? error.afterSeconds : 0);
      else {
        journal.warn('effect refused', { kind: row.effect.kind, code });
        await finish(row.id, { state: 'refused', code, result: null });
      }
    }
  }

  const finish = (
    id: number,
    set: { state: 'done' | 'refused'; code: string | null; result: string | null },
  ) => db.updateTable('outbox').set(set).where('id', '=', id).execute();

  /** Again after a while that doubles, and not before the other side wants to be asked. */
  function postpone(row: OutboxRow & { attempts: number }, code: string, notBefore: number) {
    const doubled = Math.min(retrySecondsMax, retrySecondsFirst * 2 ** Math.min(row.attempts, 10));
    const seconds = Math.max(doubled, notBefore);
    const next_at = after(clock.now(), { seconds }).toISOString();
    return db.updateTable('outbox').set({ next_at, code }).where('id', '=', row.id).execute();
  }

  return {
    kick,
    async settle(caseId, withinMs) {
      kick();
      const end = performance.now() + withinMs;
      while (performance.now() < end && (await isDue(db, caseId, now())))
        await new Promise((resolve) => setTimeout(resolve, pollMs));
    },
    async resume() {
      await db.updateTable('outbox').set({ next_at: now() }).where('state', '=', 'pending').execute();
      kick();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/** Still waiting and never tried, or being tried: what a moderator would like to see done. */
async function isDue(db: Kysely<DeskTables>, caseId: string, now: string): Promise<boolean> {
  const found = await db
    .selectFrom('outbox')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending')
    .where((is) => is.or([is('next_at', '<=', now), is('code', 'is', null)]))
    .executeTakeFirst();
  return found !== undefined;
}

// Two desks on one database do not take the same row: the lease is taken in the same statement.
async function lease(db: Kysely<DeskTables>, clock: Clock): Promise<(OutboxRow & { attempts: number })[]> {
  const now = clock.now();
  const until = after(now, { seconds: leaseSeconds }).toISOString();
  // Nothing is ever put off for longer: what stands further ahead was written before the clock went back.
  const beyond = after(now, { seconds: retrySecondsMax + retryAfterSecondsMax }).toISOString();
  const { rows } = await sql<OutboxRow & { attempts: number }>`
    update outbox set next_at = ${until}, attempts = attempts + 1
    where id in (
      select id from outbox waiting
      where state = 'pending' and (next_at <= ${now.toISOString()} or next_at > ${beyond}) and not exists (
        select 1 from outbox earlier
        where earlier.case_id = waiting.case_id and earlier.lane = waiting.lane
          and earlier.state = 'pending' and earlier.id < waiting.id
      )
      order by id limit ${batchMax} for update skip locked
    )
    returning id, effect_id as "effectId", case_id as "caseId", effect, attempts`.execute(db);
  return rows;
}
