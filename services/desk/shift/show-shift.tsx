/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /shift: the shift of whoever asks, as JSON or as a page. */
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { restState } from './rest-policy.ts';
import { ShiftPage } from './shift-page.tsx';

export type ShiftView = Awaited<ReturnType<typeof shiftView>>;

async function shiftView({ shift, clock }: DeskParts, name: string, isAdmin: boolean) {
  const { store } = shift;
  const [rest, days, choice, notes, cases, colleagues, totals] = await Promise.all([
    shift.rest(name),
    store.ownDays(name),
    store.choice(name),
    store.notes(),
    store.casesOf(name),
    store.colleagues(name),
    isAdmin ? store.totals() : null,
  ]);
  return {
    now: clock.now().toISOString(),
    rest: { ...rest, state: restState(rest) },
    own: { minutes: choice?.minutes ?? null, breakAfter: choice?.break_after ?? null },
    bound: shift.bound(),
    days,
    totals,
    notes: notes.map(({ note, by_name, at, words }) => ({ note, by: by_name, at, words })),
    cases: cases.map((row) => ({
      caseId: row.case_id,
      kind: row.kind,
      reasons: row.state.reasons,
      due: row.due_at,
    })),
    colleagues,
  };
}

export const showShift = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const isAdmin = session.staff.roles.includes('admin');
  const view = await shiftView(parts, session.staff.name, isAdmin);
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json(view);
  return consolePage(
    c,
    parts.config,
    { title: 'Your shift', session },
    <ShiftPage view={view} csrf={session.csrf} />,
  );
};
