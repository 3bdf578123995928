/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET / and GET /next: what is waiting, most urgent first, as JSON or as a page. */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { queues } from '../casework/queue.ts';
import { type CaseState, headcount, isHoldInForce } from '../casework/state.ts';
import { consolePage } from '../console/console-page.tsx';
import { QueuePage } from '../console/queue-page.tsx';
import type { DeskParts } from '../parts.ts';
import { queuesOf } from '../people/queue-access.ts';
import { wantsJson } from './staff-verb.ts';

const msPerSecond = 1000;

export type QueueView = Awaited<ReturnType<typeof queueView>>;

async function queueView(
  { store, clock, figures }: DeskParts,
  queue: string | undefined,
  theirs: readonly string[],
) {
  const now = clock.now();
  const since = (at: string) => Math.round((now.getTime() - Date.parse(at)) / msPerSecond);
  const [counts, rows] = await Promise.all([
    figures.waiting(),
    store.queue(queue === undefined ? theirs : [queue]),
  ]);
  return {
    queue: queue ?? null,
    counts: counts
      .filter((one) => theirs.includes(one.queue))
      .map(({ queue: name, count, oldest }) => ({
        queue: name,
        count,
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
      hold: isHeld(row.state, now.toISOString()),
      assignee: row.assigned_to,
      ageSeconds: since(row.opened_at),
      dueSeconds: row.due_at === null ? null : -since(row.due_at),
    })),
  };
}

const isHeld = (state: CaseState, at: string): boolean => state.holds.some((one) => isHoldInForce(one, at));

export const showQueue = (parts: DeskParts) => async (c: Context) => {
  const queue = c.req.query('queue');
  if (queue !== undefined && !(queues as readonly string[]).includes(queue))
    throw new Refusal('malformed', 'queue');
  const session = parts.signIn.session(c);
  const theirs: readonly string[] = queuesOf(session.staff);
  if (queue !== undefined && !theirs.includes(queue)) throw new Refusal('other_queue');
  const view = await queueView(parts, queue, theirs);
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json(view);
  return consolePage(c, parts.config, { title: 'Queues', session }, <QueuePage view={view} />);
};

/** GET /next?after=…: the most urgent case that nobody has, of the queue that one comes from. */
export const showNext = (parts: DeskParts) => async (c: Context) => {
  const rows = await parts.store.queue(queuesOf(parts.signIn.session(c).staff));
  const from = c.req.query('after');
  const free = rows.filter((row) => row.assigned_to === null && row.case_id !== from);
  return c.redirect(free[0] ? `/cases/${free[0].case_id}` : '/', 303);
};
