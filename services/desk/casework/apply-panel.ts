/**
 * The panel of other forums: what waits here for somebody that this desk does not have is asked of one of them at
 * a time, and only whoever was asked may answer, about exactly what was asked (SAFETY, "Pages"). A question ends
 * by itself when what it is about is not waiting any more.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { after, appealDue } from './deadline.ts';
import type { Actor, EventBody } from './event.ts';
import { type CaseState, isHoldInForce, type PanelRequest, pendingAppeals } from './state.ts';
import { forumOf } from './taking-part.ts';
import type { Applied } from './transition.ts';

export interface Matter {
  about: PanelRequest['about'];
  /** of a hold its id; of a proposal and an appeal with what they hold now, so that a change is another matter */
  subject: string;
}

export const confirmationHours = 24;
const appealHoursMax = 48;
const appealHoursMin = 6;
const msPerHour = 3_600_000;

/** Everything in the case that waits for somebody who had no part in it. */
export function openMatters(state: CaseState): Matter[] {
  const proposal = proposalSubject(state);
  return [
    ...state.holds
      .filter((one) => isHoldInForce(one, state.at) && one.confirmedBy === null)
      .map((one) => ({ about: 'hold' as const, subject: one.hold })),
    ...(proposal ? [{ about: 'confirmation' as const, subject: proposal }] : []),
    ...pendingAppeals(state).map((one) => ({
      about: 'appeal' as const,
      subject: `${one.appeal}/${one.evidence.length}`,
    })),
  ];
}

/** Which proposal it is: another one in its place is another matter. */
export const proposalSubject = ({ proposal }: CaseState): string | null =>
  proposal ? (proposal.decision.measures[0]?.measure ?? proposal.at) : null;

const requestsOf = (state: CaseState): PanelRequest[] => state.panel ?? [];

/** The matters that nobody of the panel has now. */
export const unaskedMatters = (state: CaseState): Matter[] =>
  openMatters(state).filter(
    (matter) => !requestsOf(state).some((one) => one.state === 'asked' && one.subject === matter.subject),
  );

/**
 * From when the panel may be asked by itself: at once where nobody else works here; elsewhere about an appeal that
 * was not heard in time. Null when nothing is to be asked.
 */
export function panelFrom(state: CaseState): string | null {
  const unasked = unaskedMatters(state);
  if (unasked.length === 0) return null;
  if (state.rules.oneModerator) return state.at;
  const late = pendingAppeals(state)
    .filter((one) => unasked.some((matter) => matter.subject.startsWith(`${one.appeal}/`)))
    .map((one) => appealDue(state, one));
  return late.sort()[0] ?? null;
}

/** By when a forum should have answered, before it is asked once more and then another. */
export function answerDue(state: CaseState, { about, subject }: Matter, at: string): string {
  if (about === 'confirmation') return after(at, confirmationHours);
  const hold = state.holds.find((one) => one.hold === subject);
  const appeal = state.appeals.find((one) => subject.startsWith(`${one.appeal}/`));
  const end = hold?.until ?? (appeal ? appealDue(state, appeal) : at);
  const half = Math.max(0, (Date.parse(end) - Date.parse(at)) / msPerHour / 2);
  if (about === 'hold') return after(at, half);
  return after(at, Math.min(appealHoursMax, Math.max(appealHoursMin, half)));
}

export function panelAsked(state: CaseState, { at, body }: Applied<'panel-asked'>): CaseState {
  const { request, forum, about, subject, due } = body;
  const matter = unaskedMatters(state).find((one) => one.about === about && one.subject === subject);
  const known = requestsOf(state).some((one) => one.request === request);
  if (!matter || known || due <= at) throw new Refusal('move_not_allowed');
  if (forum === '' || forumOf(`${forum}/`) !== forum || forum === state.rules.forum)
    throw new Refusal('forbidden');
  const asked: PanelRequest = { request, forum, about, subject, asked: at, due, state: 'asked' };
  return { ...state, panel: [...requestsOf(state), asked] };
}

/** Did not answer in time. The desk's own clock says so; here it is checked. */
export function panelLate(state: CaseState, { at, body }: Applied<'panel-late'>): CaseState {
  const late = requestsOf(state).find((one) => one.request === body.request);
  if (late?.state !== 'asked' || at < late.due) throw new Refusal('move_not_allowed');
  return withRequest(state, { ...late, state: 'late' });
}

/** Somebody of the panel answers what their forum was asked, and nothing else. */
export function answeredByPanel(state: CaseState, actor: Actor, body: EventBody): CaseState {
  const forum = forumOf(actor.name);
  const about = aboutOf(body);
  const subject = subjectOf(state, body);
  const asked = requestsOf(state).find(
    (one) => one.state === 'asked' && one.forum === forum && one.about === about && one.subject === subject,
  );
  if (!asked) throw new Refusal('forbidden');
  return withRequest(state, { ...asked, state: 'answered' });
}

function aboutOf({ kind }: EventBody): PanelRequest['about'] {
  if (kind === 'heard') return 'appeal';
  return kind === 'confirmed' || kind === 'declined' ? 'confirmation' : 'hold';
}

function subjectOf(state: CaseState, body: EventBody): string | null {
  if (body.kind === 'hold-confirmed' || body.kind === 'hold-lifted') return body.hold;
  if (body.kind !== 'heard') return proposalSubject(state);
  const appeal = state.appeals.find((one) => one.appeal === body.appeal);
  return appeal ? `${appeal.appeal}/${appeal.evidence.length}` : null;
}

/** Questions about what is not waiting any more are over. */
export function endMoot(state: CaseState): CaseState {
  if (!state.panel?.some((one) => one.state === 'asked')) return state;
  const open = new Set(openMatters(state).map((one) => one.subject));
  const panel = state.panel.map((one) =>
    one.state === 'asked' && !open.has(one.subject) ? { ...one, state: 'moot' as const } : one,
  );
  return { ...state, panel };
}

function withRequest(state: CaseState, request: PanelRequest): CaseState {
  return {
    ...state,
    panel: requestsOf(state).map((one) => (one.request === request.request ? request : one)),
  };
}
