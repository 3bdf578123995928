/**
 * Where events are written. Whoever can modify these tables can lose or invent a case, and the chain then
 * breaks or ends early; and cannot learn who anybody is.
 * One event, its new state and its effects stand or fall together, under a lock on the case: two claims at the
 * same instant are one claim and one refusal.
 */
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, sql, type Transaction } from 'kysely';
import { accountHoldOf, notedAs } from './casework/account-hold.ts';
import { openAlarms } from './casework/care.ts';
import { dueAt, nextClock } from './casework/deadline.ts';
import type { Measure } from './casework/decision.ts';
import { effectsBetween } from './casework/effects.ts';
import {
  type Actor,
  type ChainedEvent,
  chainEvent,
  type EventBody,
  rule,
  type Tool,
  theDesk,
} from './casework/event.ts';
import { queueOf } from './casework/queue.ts';
import { type CaseState, isHoldInForce } from './casework/state.ts';
import { transition } from './casework/transition.ts';
import { knownHolds, writeHolds } from './casework-holds.ts';
import { eraseCase } from './erase-case.ts';
import { type Tally, talliesBetween } from './measures/tally.ts';
import { putTallies } from './measures/tally-store.ts';
import { putEffects } from './outbox.ts';
import { writePanelWait } from './panel/panel-wait.ts';
import { keepPrecedent } from './precedents/precedent-store.ts';
import type { DeskTables } from './schema.ts';

export interface Happening {
  actor: Actor;
  tool: Tool;
  body: EventBody;
}
/** What happens next, given where the case stands and what time it is. Throws a Refusal. */
export type Plan = (state: CaseState, at: string) => readonly Happening[];

interface Standing {
  state: CaseState;
  seq: number;
  head: string;
}
type Beginning = Standing | { state: undefined; seq: 0; head: null };

export type Casebook = ReturnType<typeof createCasebook>;

export function createCasebook(db: Kysely<DeskTables>, clock: Clock) {
  return {
    /** Adds to a case. Throws Refusal `case_unknown` and whatever the transition refuses. */
    act: (caseId: string, plan: Plan): Promise<CaseState> =>
      db.transaction().execute((trx) => actOn(trx, clock, caseId, plan)),

    /** The same inside a transaction of the caller's. */
    actWithin: (trx: Transaction<DeskTables>, caseId: string, plan: Plan) => actOn(trx, clock, caseId, plan),

    /** A new case from its first events, inside the caller's transaction. */
    openWithin: async (trx: Transaction<DeskTables>, caseId: string, happenings: readonly Happening[]) => {
      const nothing = { state: undefined, seq: 0, head: null } as const;
      return (await append(trx, caseId, nothing, happenings, clock.now().toISOString())).state;
    },
  };
}

async function actOn(
  trx: Transaction<DeskTables>,
  clock: Clock,
  caseId: string,
  plan: Plan,
): Promise<CaseState> {
  const row = await trx
    .selectFrom('case_file')
    .select(['state', 'seq', 'head'])
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('case_unknown');
  // A clock that went back must not stop the desk: time in a case only goes forward.
  let at = clock.now().toISOString();
  if (at < row.state.at) at = row.state.at;
  let standing = await append(trx, caseId, row, await markKnownDistress(trx, row.state), at);
  const happenings = plan(standing.state, at);
  standing = await append(trx, caseId, standing, await knownHolds(trx, standing.state, happenings, at), at);
  return (await append(trx, caseId, standing, happenings, at)).state;
}

// What was found to be distress in one case is so in every other, before anything else happens there.
async function markKnownDistress(
  trx: Transaction<DeskTables>,
  state: CaseState,
): Promise<readonly Happening[]> {
  const unmarked = state.items.filter((item) => !item.distress).map((item) => item.locator);
  if (unmarked.length === 0) return [];
  const found = await trx
    .selectFrom('distress_item')
    .select('locator')
    .where('locator', 'in', unmarked)
    .execute();
  const items = found.map((row) => row.locator);
  if (items.length === 0) return [];
  return [{ actor: theDesk, tool: rule('distress'), body: { kind: 'distress-marked', items } }];
}

async function append(
  trx: Transaction<DeskTables>,
  caseId: string,
  from: Beginning,
  happenings: readonly Happening[],
  at: string,
): Promise<Standing> {
  let state: CaseState | undefined = from.state;
  let head: string | null = from.head;
  let seq: number = from.seq;
  const events: ChainedEvent[] = [];
  const effects = [];
  const tallies: Tally[] = [];
  for (const happening of happenings) {
    const next = transition(state, { ...happening, at });
    if (next instanceof Refusal) throw next;
    seq += 1;
    const event = chainEvent({ ...happening, at }, seq, head);
    effects.push(...effectsBetween(state, next, event).map((one) => ({ ...one, caseId })));
    tallies.push(...talliesBetween(state, next, event));
    events.push(event);
    [state, head] = [next, event.hash];
  }
  if (!state || head === null) throw new Error('bug: a case needs a first event');
  if (events.length === 0) return { state, seq, head };
  await writeState(trx, state, seq, head);
  await writeEvents(trx, caseId, events);
  await writeProjections(trx, from.state, state);
  if (state.erased && !from.state?.erased) await eraseCase(trx, caseId, seq);
  await putTallies(trx, tallies);
  await putEffects(trx, effects, at);
  return { state, seq, head };
}

async function writeState(
  trx: Transaction<DeskTables>,
  state: CaseState,
  seq: number,
  head: string,
): Promise<void> {
  const row = {
    case_id: state.caseId,
    kind: state.kind,
    phase: state.phase,
    queue: queueOf(state),
    opened_at: state.opened,
    due_at: dueAt(state),
    clock_at: nextClock(state),
    assigned_to: state.assignee?.name ?? null,
    reports: state.reports,
    alarm: openAlarms(state).length > 0,
    preserved: state.preserved !== undefined,
    seq,
    head,
    state: JSON.stringify(state),
  };
  await trx
    .insertInto('case_file')
    .values(row)
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet(row))
    .execute();
}

async function writeEvents(
  trx: Transaction<DeskTables>,
  caseId: string,
  events: readonly ChainedEvent[],
): Promise<void> {
  const rows = events.map(({ seq, previous, hash, at, actor, tool, body }) => ({
    case_id: caseId,
    seq,
    previous,
    hash,
    at,
    actor: JSON.stringify(actor),
    tool: JSON.stringify(tool),
    body: JSON.stringify(body),
  }));
  await trx.insertInto('event').values(rows).execute();
}

/** Tables that answer questions about many cases at once; all of them can be made again from the states. */
async function writeProjections(
  trx: Transaction<DeskTables>,
  before: CaseState | undefined,
  after: CaseState,
): Promise<void> {
  if (before?.items !== after.items) await writeItems(trx, before, after);
  if (!before?.decided && after.decided) await keepPrecedent(trx, after);
  if (before?.measures !== after.measures || before?.holds !== after.holds) await writeActs(trx, after);
  if (before?.holds !== after.holds) await writeHolds(trx, before, after);
  await writePanelWait(trx, before, after);
  const known = new Set(before?.items.flatMap((one) => (one.distress ? [one.locator] : [])));
  const distressed = after.items.filter((one) => one.distress && !known.has(one.locator));
  if (distressed.length > 0)
    await trx
      .insertInto('distress_item')
      .values(distressed.map(({ locator }) => ({ locator })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

async function writeItems(
  trx: Transaction<DeskTables>,
  before: CaseState | undefined,
  after: CaseState,
): Promise<void> {
  const known = new Map(before?.items.map((item) => [item.locator, item.author]));
  const changed = after.items.filter(
    (item) => !known.has(item.locator) || known.get(item.locator) !== item.author,
  );
  if (changed.length === 0) return;
  await trx
    .insertInto('case_item')
    .values(changed.map(({ locator, author }) => ({ case_id: after.caseId, locator, author })))
    .onConflict((conflict) =>
      conflict.columns(['case_id', 'locator']).doUpdateSet({ author: sql.ref('excluded.author') }),
    )
    .execute();
}

async function writeActs(trx: Transaction<DeskTables>, state: CaseState): Promise<void> {
  const { caseId: case_id } = state;
  await trx.deleteFrom('standing_act').where('case_id', '=', case_id).where('source', '=', 'state').execute();
  const acts = [
    ...state.measures.flatMap(({ measure, inForce }) => {
      const target = inForce ? targetOf(measure, state.rules.holdsPersons) : undefined;
      return target ? [{ act: measure.measure, target }] : [];
    }),
    ...state.holds.flatMap((hold) =>
      isHoldInForce(hold, state.at) ? [{ act: hold.hold, target: hold.target }] : [],
    ),
  ];
  if (acts.length === 0) return;
  const rows = acts.map((act) => ({ ...act, case_id, source: 'state' as const }));
  await trx.insertInto('standing_act').values(rows).execute();
}

// Where there is a gateway, it says which accounts a sanction reaches; those are noted when it has answered.
function targetOf(measure: Measure, holdsPersons: boolean): string | undefined {
  if (measure.kind === 'show-help') return undefined;
  if (measure.kind !== 'sanction') return measure.target;
  const hold = holdsPersons ? undefined : accountHoldOf(measure.step);
  return hold && notedAs(hold.begins, `account/${measure.sub}`);
}
