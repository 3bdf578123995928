/**
 * What the holder of an account sees of a case: the letters, what holds now, and their appeal with its clock.
 * Must never: say who reported, decided or hears it, or show anything about another account.
 */
import type { InboxItem } from '@answerable/protocol/admission/account-call';
import { Refusal } from '@answerable/protocol/refusal';
import type { WelfareWish } from '../casework/care.ts';
import { appealDue } from '../casework/deadline.ts';
import {
  type Actor,
  type AppealOutcome,
  type AppealTrack,
  type EventBody,
  human,
} from '../casework/event.ts';
import { type Appeal, type CaseState, isHoldInForce, itemOf, sameHolder } from '../casework/state.ts';
import { measureWords } from '../casework/statement.ts';
import { transition } from '../casework/transition.ts';

export const theHolder: Actor = { role: 'holder', name: 'holder' };
export const decisionPageTool = { ...human, name: 'decision-page' };

export interface DecisionView {
  letters: { day: string; title: string; body: string; kind: InboxItem['kind'] }[];
  /** what is in force about them now, in words */
  inForce: string[];
  /** until when something of theirs is hidden for now */
  hiddenUntil: string[];
  appeal: AppealView | null;
  may: { appeal: boolean; addEvidence: boolean };
  appealUntil: string | null;
  /** what they said to an offer of help; null where none was made */
  wish: WelfareWish | 'not-said' | null;
}

export interface AppealView {
  track: AppealTrack;
  grounds: string;
  at: string;
  due: string;
  late: boolean;
  stage: 'waiting' | 'in-hand' | 'heard';
  evidence: { at: string; words: string; pictures: number }[];
  outcome: AppealOutcome | null;
  reply: string | null;
  heardAt: string | null;
  restoredAt: string | null;
}

export function decisionView(
  state: CaseState,
  sub: string,
  letters: readonly { item: InboxItem }[],
  at: string,
): DecisionView {
  const holder = sameHolder(state, sub);
  const theirs = state.measures.filter((one) => one.concerns !== null && holder.has(one.concerns));
  const measures = theirs.flatMap(({ measure, inForce }) =>
    inForce && measure.kind !== 'show-help' ? [measure] : [],
  );
  const appeal = state.appeals.find((one) => holder.has(one.sub));
  const would = (body: EventBody) =>
    !(transition(state, { actor: theHolder, tool: decisionPageTool, at, body }) instanceof Refusal);
  const mayAppeal = would({ kind: 'appealed', appeal: 'probe', sub, track: 'normal', grounds: 'x' });
  return {
    letters: letters.map(({ item: { day, title, body, kind } }) => ({ day, title, body, kind })),
    inForce: measureWords(measures),
    hiddenUntil: state.holds
      .filter((one) => isHoldInForce(one, at) && holder.has(itemOf(state, one.target)?.author ?? ''))
      .map((one) => one.until),
    appeal: appeal ? appealView(state, appeal, at) : null,
    may: {
      appeal: mayAppeal,
      addEvidence:
        appeal !== undefined &&
        would({ kind: 'evidence-added', appeal: appeal.appeal, sub, words: 'x', media: [] }),
    },
    wish: letters.some((one) => one.item.kind === 'help') ? (state.welfare?.wish?.wish ?? 'not-said') : null,
    appealUntil: mayAppeal ? (state.decided?.appealUntil ?? null) : null,
  };
}

function appealView(state: CaseState, appeal: Appeal, now: string): AppealView {
  const { track, grounds, at, evidence, outcome, reply, heardAt, restoredAt } = appeal;
  const due = appealDue(state, appeal);
  return {
    track,
    grounds,
    at,
    due,
    late: outcome === null && due < now,
    stage: outcome !== null ? 'heard' : state.phase === 'assigned' ? 'in-hand' : 'waiting',
    evidence: evidence.map((one) => ({ at: one.at, words: one.words, pictures: one.media.length })),
    outcome,
    reply,
    heardAt,
    restoredAt,
  };
}
