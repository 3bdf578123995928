/**
 * Somebody may die, and somebody is looked in on again: what can happen, and what a case remembers of it. None
 * of these events has a member in which a measure against anybody could be put (SAFETY, "The line between
 * promoting suicide and living through it").
 */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import type { EventKind } from './event.ts';
import type { CaseState, Phase } from './state.ts';

/** Hours after which somebody looks in again, unless the decision says otherwise. */
export const lookAgainHoursDefault = 24;
export const lookAgainHoursMax = 14 * 24;

/** Whose life may be in danger. */
export const alarmRisks = ['the-author', 'somebody-else', 'not-clear'] as const;
export const alarmSteps = [
  'called-emergency',
  'called-guardian',
  'wrote-to-person',
  'help-shown',
  'told-authority',
  'colleague-told',
  'other',
] as const;
export const alarmOutcomes = [
  'with-emergency-services',
  'safe',
  'not-reached',
  'died',
  'mistaken',
  'other',
] as const;
export const welfareSights = ['still-here', 'answered', 'worried', 'cannot-tell'] as const;
export const welfareWishes = ['leave-alone', 'get-in-touch'] as const;

export type AlarmRisk = (typeof alarmRisks)[number];
export type AlarmStepKind = (typeof alarmSteps)[number];
export type AlarmOutcome = (typeof alarmOutcomes)[number];
export type WelfareSight = (typeof welfareSights)[number];
export type WelfareWish = (typeof welfareWishes)[number];

/** Who asks after a death, and for what. Who they are is left to people, by hand. */
export const afterDeathAskers = [
  'family',
  'friend',
  'coroner',
  'police',
  'the-account-holder',
  'other',
] as const;
export const afterDeathAsks = [
  'memorial',
  'preserve',
  'copy-for-coroner',
  'quiet-thread',
  'this-is-a-mistake',
  'other',
] as const;
export type AfterDeathAsker = (typeof afterDeathAskers)[number];
export type AfterDeathAsk = (typeof afterDeathAsks)[number];

export type CareEvent =
  | { kind: 'asked-after-death'; by: AfterDeathAsker | 'the-desk'; asks: AfterDeathAsk[] }
  /** what is about a certain account is kept from erasure */
  | { kind: 'preserved'; why: 'after-death' }
  | { kind: 'preservation-ended' }
  /** `about`: the item that shows it; null where it is something else, such as the words of an appeal */
  | { kind: 'alarm-raised'; alarm: string; about: string | null; risk: AlarmRisk; why: string }
  | { kind: 'alarm-step'; alarm: string; step: AlarmStepKind; note: string }
  | {
      kind: 'alarm-ended';
      alarm: string;
      outcome: AlarmOutcome;
      note: string;
      /** where the alarm pointed at nothing: what in the case is by the person it was about; [] if nothing is */
      items?: string[];
    }
  | { kind: 'welfare-due' }
  | { kind: 'welfare-wished'; sub: string; wish: WelfareWish }
  | {
      kind: 'welfare-checked';
      seen: WelfareSight;
      note: string;
      /** to the person, in their inbox; null: nobody writes */
      words: string | null;
      /** when somebody looks in again; null: this is the end of it */
      next: string | null;
    };

/** What somebody who looks in writes down. */
export const welfareCheck = z.strictObject({
  seen: z.enum(welfareSights),
  note: wire.text(2000),
  words: wire.text(2000).nullable(),
  nextHours: z.int().min(1).max(lookAgainHoursMax).nullable(),
});

export interface Alarm {
  alarm: string;
  by: string;
  at: string;
  about: string | null;
  risk: AlarmRisk;
  why: string;
  steps: { step: AlarmStepKind; by: string; at: string; note: string }[];
  ended: { by: string; at: string; outcome: AlarmOutcome; note: string } | null;
}

export interface Welfare {
  /** whether the person was offered that somebody gets in touch */
  offered: boolean;
  /** when somebody looks in again; null when that is over */
  due: string | null;
  /** the due time has come, or they asked */
  waiting: boolean;
  wish: { wish: WelfareWish; at: string } | null;
  checks: { by: string; at: string; seen: WelfareSight; wrote: boolean }[];
}

const onEveryCase = {
  preserved: 'same',
  'preservation-ended': 'same',
  'alarm-raised': 'same',
  'alarm-step': 'same',
  'alarm-ended': 'same',
} as const;
const whileLookedInOn = {
  ...onEveryCase,
  'welfare-wished': 'same',
  'welfare-checked': 'same',
} as const;

/** Spread into the table of moves; the handlers of the last two say themselves where they lead. */
export const careMoves: Record<Phase, Partial<Record<EventKind, Phase | 'same'>>> = {
  open: { 'asked-after-death': 'same' },
  queued: whileLookedInOn,
  assigned: whileLookedInOn,
  escalated: onEveryCase,
  closed: { ...whileLookedInOn, 'welfare-due': 'queued' },
};

export const openAlarms = (state: CaseState): Alarm[] =>
  (state.alarms ?? []).filter((one) => one.ended === null);

/** A decision of care whose person is still to be looked in on. */
export const isWelfareOpen = (state: CaseState): boolean => typeof state.welfare?.due === 'string';
export const isWelfareWaiting = (state: CaseState): boolean =>
  isWelfareOpen(state) && state.welfare?.waiting === true;
/** Whether the clock brings the case back now. */
export const isLookDue = ({ phase, welfare }: CaseState, at: string): boolean =>
  phase === 'closed' && typeof welfare?.due === 'string' && !welfare.waiting && welfare.due <= at;
