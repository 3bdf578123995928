/**
 * The one place where a notice changes: pure, synchronous, and what its table does not name is refused.
 * Must never: read a clock or a database.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { after } from '../casework/deadline.ts';
import type { NoticeEvent, NoticePhase, NoticeState } from './notice.ts';

/** Targets of ours: the law says "without undue delay" (Article 16(4) and (5)) and names no hour. */
const acknowledgeHours = 72;
const answerHours = 7 * 24;
/** So often we ask again; then it is for people to think of another way. */
export const chasesMax = 3;

const moves: Record<NoticePhase, Partial<Record<NoticeEvent['kind'], NoticePhase | 'same'>>> = {
  draft: { written: 'same', sent: 'sent', closed: 'closed' },
  sent: { chased: 'same', acknowledged: 'acknowledged', answered: 'answered', closed: 'closed' },
  acknowledged: { chased: 'same', answered: 'answered', closed: 'closed' },
  answered: { closed: 'closed' },
  closed: {},
};

export interface NoticeBeginning {
  notice: string;
  caseId: string;
}

/** The state after `event`; `at` is the instant at which it is recorded. Throws Refusal. */
export function moveNotice(
  before: NoticeState | NoticeBeginning,
  event: NoticeEvent,
  at: string,
): NoticeState {
  if (!('phase' in before)) return begin(before, event);
  const to = moves[before.phase][event.kind];
  if (to === undefined) throw new Refusal('move_not_allowed');
  const state: NoticeState = { ...before, phase: to === 'same' ? before.phase : to };
  switch (event.kind) {
    case 'written':
      return { ...state, draft: event.draft };
    case 'sent':
      if (event.on > at) throw new Refusal('move_not_allowed', 'on');
      if (event.way === 'e-mail' && !state.draft.email) throw new Refusal('reasons_missing', 'email');
      return { ...state, way: event.way, sentAt: event.on, askedAt: event.on };
    case 'chased':
      if (state.chased >= chasesMax) throw new Refusal('move_not_allowed');
      return { ...state, chased: state.chased + 1, askedAt: at };
    case 'acknowledged':
      return { ...state, reference: event.reference };
    case 'answered':
      if (event.on > at || minuteOf(event.on) < minuteOf(state.sentAt ?? ''))
        throw new Refusal('move_not_allowed', 'on');
      return { ...state, answer: { outcome: event.outcome, words: event.words, at: event.on } };
    case 'closed':
      return state;
  }
}

/** People write times down to the minute. */
const minuteOf = (at: string): string => at.slice(0, 'YYYY-MM-DDTHH:MM'.length);

function begin({ notice, caseId }: NoticeBeginning, event: NoticeEvent): NoticeState {
  if (event.kind !== 'written') throw new Refusal('move_not_allowed');
  const nothing = { way: null, sentAt: null, askedAt: null, chased: 0, reference: null, answer: null };
  return { notice, caseId, phase: 'draft', draft: event.draft, ...nothing };
}

/** When it is time to ask again; null when nobody waits for the company. */
export function noticeDue({ phase, askedAt, chased }: NoticeState): string | null {
  if (askedAt === null || (phase !== 'sent' && phase !== 'acknowledged')) return null;
  return after(askedAt, phase === 'sent' && chased === 0 ? acknowledgeHours : answerHours);
}
