/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET / and GET /next: what is waiting, most urgent first, as JSON or as a page. */
import { randomInt } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { weightOf } from '../casework/heavy.ts';
import { consolePage } from '../console/console-page.tsx';
import { QueuePage } from '../console/queue-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import type { DeskParts } from '../parts.ts';
import { queuesOf } from '../people/queue-access.ts';
import { mayBeGiven, restState } from '../shift/rest-policy.ts';
import { type Asked, queueView } from './queue-view.ts';
import { wantsJson } from './staff-verb.ts';

export const showQueue = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const view = await queueView(parts, askedOf(c), session.staff);
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json(view);
  return consolePage(
    c,
    parts.config,
    { title: 'Queues', session },
    <QueuePage view={view} csrf={session.csrf} />,
  );
};

/** An empty field of the form of filters is one that was not asked for. */
function askedOf(c: Context): Asked {
  const fields = (['queue', 'with', 'reason', 'late'] as const).flatMap((name) => {
    const value = c.req.query(name);
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(fields);
}

/**
 * GET /next?after=…: the most urgent case that nobody has. On a break there is none, and past one's limit no heavy
 * one, unless a life may be in danger.
 */
export const showNext = (parts: DeskParts) => async (c: Context) => {
  const { staff } = parts.signIn.session(c);
  const [rows, rest] = await Promise.all([
    parts.store.queue(queuesOf(staff), { withWhom: null }),
    parts.shift.rest(staff.name).then(restState),
  ]);
  const from = c.req.query('after');
  const free = rows.filter((row) => row.case_id !== from);
  const given = free.find(
    ({ state }) => mayBeGiven(rest, weightOf(state)) && (rest !== 'on-break' || weightOf(state).alarm),
  );
  if (
    !(given && weightOf(given.state).alarm) &&
    rest !== 'on-break' &&
    (await practiceComes(parts, staff.name))
  )
    return c.redirect('/practice', 303);
  if (given) return c.redirect(`/cases/${given.case_id}`, 303);
  if (free.length === 0) return c.redirect('/', 303);
  const refusal = new Refusal('rest_first');
  if (wantsJson(c)) throw refusal;
  return refusalPage(c, parts.config, refusal, '/shift');
};

/** Now and then, as often as an admin has set it; it says that it is practice. */
async function practiceComes({ settings, golden }: DeskParts, name: string): Promise<boolean> {
  const every = settings.find('figures')?.practiceEvery ?? 0;
  return every > 0 && randomInt(every) === 0 && (await golden.next(name)) !== undefined;
}
