/**
 * What happened in a case: append-only events, each bound to the one before by a hash (SAFETY, "Event
 * model"). The chain runs over the hash of the body, so that a body can be erased when its time is over and
 * the chain still shows that nothing was left out or changed.
 */
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import type { ComplaintKind } from '@answerable/protocol/report/complaint';
import type { Report } from '@answerable/protocol/report/report';
import type { CareEvent } from './care.ts';
import type { Clocks } from './clocks.ts';
import type { Assessment, ConductDecision, Decision } from './decision.ts';

export type CaseKind = 'content' | 'page' | 'pile-on' | 'care' | 'complaint';
export const staffRoles = ['triage', 'moderator', 'appeals', 'admin', 'observer'] as const;
export type StaffRole = (typeof staffRoles)[number];
/** `panel`: somebody of another forum, asked because nobody here may decide it */
export type Role = StaffRole | 'reporter' | 'holder' | 'desk' | 'panel';
export type AppealTrack = 'normal' | 'journalism' | 'intimate-image';
export type AppealOutcome = 'upheld' | 'varied' | 'overturned';

export type PanelAbout = 'confirmation' | 'hold' | 'appeal';

export interface Actor {
  role: Role;
  /** working name of a moderator; `forum/Name` of a panel; `reporter`, `holder` or `desk` for everybody else */
  name: string;
  /** of their record, where the desk keeps one: a new name is still the same moderator */
  staff?: string;
}

export interface Tool {
  kind: 'human' | 'rule' | 'classifier';
  name: string;
  version: string;
}

/** An item as a case refers to it; its text stands in the table of items under `hash`. */
export interface ItemReference {
  locator: string;
  kind: 'post' | 'page' | 'account';
  /** `sub` of the author; null where nobody is accountable, or the platform has not said yet */
  author: string | null;
  hash: string;
  posted: string;
  /** only what the platform itself has shown can be held against anybody */
  seen: 'platform' | 'reporter';
  /** marked as first-person distress in an earlier case */
  distress: boolean;
  /** what it is made of; absent: words */
  shows?: ('words' | 'picture' | 'video-still')[];
}

export interface CaseRules {
  barNeedsSecond: boolean;
  /** false where there is no gateway: then an account is all that can be held */
  holdsPersons: boolean;
  /** hours after which an unconfirmed hold is over */
  holdHours: number;
  /** nobody else works here: what needs a second person is for the panel of other forums */
  oneModerator?: boolean;
  /** days for which a closed case is kept whole; absent: for ever */
  retentionDays?: number;
  /** what other forums call this one; absent where there is no panel */
  forum?: string;
  /** by when things are due; absent: the desk's own targets */
  clocks?: Clocks;
  /** the law packs it was opened under, as `uk-osa 2026-11-27`; absent in cases from before there were any */
  packs?: string[];
}

export type EventBody =
  | { kind: 'opened'; caseId: string; caseKind: CaseKind; rules: CaseRules }
  | {
      kind: 'reported';
      report: string;
      capacity: Report['capacity'];
      reasons: Report['reasons'];
      characteristics: Report['characteristics'];
      items: ItemReference[];
      /** hash over what was said and shown with it */
      evidence?: string;
    }
  | {
      kind: 'complained';
      complaint: string;
      about: ComplaintKind;
      capacity: Report['capacity'];
      items: ItemReference[];
      /** the case that it complains of, and who decided that one */
      concerns: { caseId: string; deciders: string[] } | null;
      evidence: string;
    }
  /** of a report or a complaint in this case: more words or pictures */
  | { kind: 'added-to'; evidence: string }
  /** of what this case has decided on, and what is hidden by it */
  | { kind: 'reported-again'; report: string; capacity: Report['capacity']; evidence: string }
  | { kind: 'queued' }
  | { kind: 'item-seen'; item: ItemReference }
  | { kind: 'persons-counted'; persons: { sub: string; person: number }[] }
  | { kind: 'distress-marked'; items: string[] }
  | { kind: 'claimed' }
  | { kind: 'released' }
  /** whoever has the case passes it to a colleague by name, with a word */
  | { kind: 'handed-over'; to: string; word: string }
  | { kind: 'escalated'; why: string }
  | { kind: 'refiled'; to: CaseKind; why: string }
  | { kind: 'noted'; note: string }
  | { kind: 'assessed'; assessment: Assessment }
  | { kind: 'proposed'; decision: ConductDecision }
  | { kind: 'decided'; decision: Decision }
  | { kind: 'confirmed' }
  | { kind: 'declined'; why: string }
  | { kind: 'held'; hold: string; target: string; until: string }
  | { kind: 'hold-confirmed'; hold: string; until: string }
  | { kind: 'hold-lifted'; hold: string; why: string }
  | { kind: 'hold-lapsed'; hold: string }
  | { kind: 'expired'; measure: string }
  /** another case held the same thing, with the same words in it, until then */
  | { kind: 'held-elsewhere'; target: string; hash: string; until: string }
  /** another forum is asked what nobody here may decide; `subject` as in apply-panel.ts */
  | {
      kind: 'panel-asked';
      request: string;
      forum: string;
      about: PanelAbout;
      subject: string;
      due: string;
    }
  | { kind: 'panel-late'; request: string }
  /** the time of the case is over; the bodies of the events before this one go */
  | { kind: 'erased' }
  | { kind: 'appealed'; appeal: string; sub: string; track: AppealTrack; grounds: string }
  /** `media` are hashes of pictures that the desk keeps */
  | { kind: 'evidence-added'; appeal: string; sub: string; words: string; media: string[] }
  | {
      kind: 'heard';
      appeal: string;
      outcome: AppealOutcome;
      reply: string;
      /** what takes the place of the decision; with `varied` only */
      instead: ConductDecision | null;
    }
  | CareEvent;
export type EventKind = EventBody['kind'];
export type BodyOf<K extends EventKind> = Extract<EventBody, { kind: K }>;

export interface CaseEvent {
  actor: Actor;
  tool: Tool;
  /** ISO 8601 in UTC, with milliseconds */
  at: string;
  body: EventBody;
}

/** An event in its place: `hash` covers everything but itself. */
export interface ChainedEvent extends CaseEvent {
  seq: number;
  previous: string | null;
  hash: string;
}

export const human: Tool = { kind: 'human', name: 'console', version: '1' };
export const rule = (name: string): Tool => ({ kind: 'rule', name, version: '1' });
export const theDesk: Actor = { role: 'desk', name: 'desk' };

/** The event with its number and hash. `seq` counts from 1; `previous` is null for the first. */
export function chainEvent(event: CaseEvent, seq: number, previous: string | null): ChainedEvent {
  return { ...event, seq, previous, hash: eventHash(event, seq, previous) };
}

/** The same when its body was erased: the chain holds over the hash of the body. */
export interface ErasedEvent extends Omit<ChainedEvent, 'body'> {
  body: null;
  bodyHash: string;
}

export const bodyHashOf = (body: EventBody): string => hashOf(messageLabels.caseEvent, body);

/** The number of the first event that does not fit; undefined if the whole chain holds. */
export function firstBreak(events: readonly (ChainedEvent | ErasedEvent)[]): number | undefined {
  let previous: string | null = null;
  for (const [index, event] of events.entries()) {
    const fits = event.seq === index + 1 && event.previous === previous;
    if (!fits || event.hash !== linkHash(event, event.seq, previous, hashOfBody(event))) return index + 1;
    previous = event.hash;
  }
  return undefined;
}

const hashOfBody = (event: ChainedEvent | ErasedEvent): string =>
  event.body === null ? event.bodyHash : bodyHashOf(event.body);

const eventHash = (event: CaseEvent, seq: number, previous: string | null): string =>
  linkHash(event, seq, previous, bodyHashOf(event.body));

function linkHash(
  { actor, tool, at }: Omit<CaseEvent, 'body'>,
  seq: number,
  previous: string | null,
  bodyHash: string,
): string {
  return hashOf(messageLabels.caseEvent, { seq, previous, actor, tool, at, bodyHash });
}
