/**
 * What is waiting, as somebody who works here sees it: counts, ages and what is late of each queue, and the cases
 * that match, most urgent first, each in one line. Must never: show words of anybody where a case is heavy.
 */
import type { Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import { reportReasons } from '@answerable/protocol/report/report';
import { bulkBar } from '../bulk/bulk-policy.ts';
import { dueUnder } from '../casework/deadline.ts';
import { weightOf } from '../casework/heavy.ts';
import { queues } from '../casework/queue.ts';
import { type CaseState, headcount, isHoldInForce } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';
import { queuesOf } from '../people/queue-access.ts';
import { restState } from '../shift/rest-policy.ts';
import type { QueueFilter } from '../store.ts';

const msPerSecond = 1000;

export type QueueView = Awaited<ReturnType<typeof queueView>>;

/** What of the queues is asked for, as it stands in the address. */
export interface Asked {
  queue?: string;
  /** `me`, `nobody`; absent: anybody */
  with?: string;
  reason?: string;
  /** `yes` */
  late?: string;
}

/** Throws Refusal `malformed` or `other_queue`. */
export async function queueView({ store, clock, figures, shift }: DeskParts, asked: Asked, staff: Staff) {
  const theirs: readonly string[] = queuesOf(staff);
  const now = clock.now();
  const at = now.toISOString();
  const since = (then: string) => Math.round((now.getTime() - Date.parse(then)) / msPerSecond);
  // Before anything is asked of the database: a refusal must leave no query behind that nobody waits for.
  const [queues, filter] = [queuesAsked(asked, theirs), filterOf(asked, staff, at)];
  const [counts, late, rows, rest] = await Promise.all([
    figures.waiting(),
    store.late(theirs, at),
    store.queue(queues, filter),
    shift.rest(staff.name),
  ]);
  const openings = await store.openings(rows.flatMap((row) => readable(row.state)));
  return {
    queue: asked.queue ?? null,
    asked,
    now: at,
    rest: { ...rest, state: restState(rest) },
    counts: counts
      .filter((one) => theirs.includes(one.queue))
      .map(({ queue: name, count, oldest }) => ({
        queue: name,
        count,
        late: late.get(name) ?? 0,
        oldestSeconds: oldest === null ? null : since(oldest),
      })),
    cases: rows.map((row) => ({
      caseId: row.case_id,
      kind: row.kind,
      phase: row.phase,
      queue: row.queue,
      reasons: row.state.reasons,
      reports: row.reports,
      headcount: headcount(row.state),
      hold: row.state.holds.some((one) => isHoldInForce(one, at)),
      ...weightOf(row.state),
      opening: readable(row.state).map((hash) => openings.get(hash) ?? '')[0] ?? null,
      assignee: row.assigned_to,
      mine: row.assigned_to === staff.name,
      /** whether it can be decided together with others */
      together: bulkBar(row.state, staff.name, at) === undefined,
      ageSeconds: since(row.opened_at),
      dueSeconds: row.due_at === null ? null : -since(row.due_at),
      /** which law or target sets the clock */
      dueUnder: dueUnder(row.state),
    })),
  };
}

/** The item whose first words stand in the line; none of a heavy case, or of somebody's distress. */
const readable = (state: CaseState): string[] =>
  weightOf(state).heavy
    ? []
    : state.items
        .filter((one) => !one.distress)
        .slice(0, 1)
        .map((one) => one.hash);

function queuesAsked({ queue }: Asked, theirs: readonly string[]): readonly string[] {
  if (queue === undefined) return theirs;
  if (!(queues as readonly string[]).includes(queue)) throw new Refusal('malformed', 'queue');
  if (!theirs.includes(queue)) throw new Refusal('other_queue');
  return [queue];
}

function filterOf(asked: Asked, staff: Staff, now: string): QueueFilter {
  const filter: QueueFilter = {};
  if (asked.with === 'me') filter.withWhom = staff.name;
  else if (asked.with === 'nobody') filter.withWhom = null;
  else if (asked.with !== undefined) throw new Refusal('malformed', 'with');
  if (asked.late === 'yes') filter.lateAt = now;
  else if (asked.late !== undefined) throw new Refusal('malformed', 'late');
  if (asked.reason !== undefined) {
    if (!(reportReasons as readonly string[]).includes(asked.reason))
      throw new Refusal('malformed', 'reason');
    filter.reason = asked.reason;
  }
  return filter;
}
