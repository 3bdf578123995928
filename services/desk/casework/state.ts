/**
 * Where a case stands: the fold of its events, plain JSON. Changed by `transition` and by nothing else.
 */

import type { ComplaintKind } from '@answerable/protocol/report/complaint';
import type { AfterDeathAsk, AfterDeathAsker, Alarm, Welfare } from './care.ts';
import type { Assessment, ConductDecision, Decision, Measure } from './decision.ts';
import type { AppealOutcome, AppealTrack, CaseKind, CaseRules, ItemReference, PanelAbout } from './event.ts';

export type Phase = 'open' | 'queued' | 'assigned' | 'escalated' | 'closed';

export interface Hold {
  hold: string;
  target: string;
  by: string;
  placed: string;
  until: string;
  confirmedBy: string | null;
  /** `superseded`: a decision took its place */
  state: 'active' | 'lapsed' | 'lifted' | 'superseded';
}

export interface StandingMeasure {
  measure: Measure;
  /** whose account it is about */
  concerns: string | null;
  /** items that it rests on */
  rests: string[];
  inForce: boolean;
  endedBy: 'appeal' | 'distress' | 'expiry' | null;
}

export interface Decided {
  decision: Decision;
  /** one name, or two where two are needed */
  deciders: string[];
  at: string;
  appealUntil: string;
}

export interface Evidence {
  at: string;
  words: string;
  /** hashes of pictures */
  media: string[];
}

export interface Appeal {
  appeal: string;
  sub: string;
  track: AppealTrack;
  grounds: string;
  /** what came after the grounds, while the appeal was waiting */
  evidence: Evidence[];
  at: string;
  heardBy: string | null;
  outcome: AppealOutcome | null;
  reply: string | null;
  heardAt: string | null;
  /** when the earlier position was restored: all of it, or but for something lighter */
  restoredAt: string | null;
}

/** What another forum was asked; `moot` when it stopped waiting for an answer. */
export interface PanelRequest {
  request: string;
  forum: string;
  about: PanelAbout;
  subject: string;
  asked: string;
  due: string;
  state: 'asked' | 'answered' | 'late' | 'moot';
}

export interface CaseState {
  caseId: string;
  kind: CaseKind;
  phase: Phase;
  rules: CaseRules;
  opened: string;
  /** of the last event */
  at: string;
  /** how many reports came in */
  reports: number;
  reasons: string[];
  characteristics: string[];
  items: ItemReference[];
  /** what a case of kind `complaint` complains of, and who therefore does not decide it */
  complaint?: { about: ComplaintKind; concerns: string | null; notBy: string[] };
  persons: { sub: string; person: number }[];
  assignee: { name: string; since: string } | null;
  assessment: { finding: Assessment; by: string } | null;
  holds: Hold[];
  proposal: { decision: ConductDecision; by: string; at: string } | null;
  decided: Decided | null;
  measures: StandingMeasure[];
  appeals: Appeal[];
  /** by name, who had part in the decision: found it, proposed it, declined an earlier one, held what it is about */
  partIn: string[];
  /** the records behind each working name that acted here, where the desk keeps records */
  staff: Record<string, string[]>;
  /** absent where the panel was never asked */
  panel?: PanelRequest[];
  /** what other cases held, and until when; absent where none did */
  heldElsewhere?: { target: string; hash: string; until: string }[];
  /** the day on which its bodies were erased */
  erased?: string;
  /** somebody may die; absent where nobody ever said so */
  alarms?: Alarm[];
  /** somebody is looked in on again; after a decision of care that asked for it */
  welfare?: Welfare;
  /** asked for after a death, or begun by the desk */
  afterDeath?: { by: AfterDeathAsker | 'the-desk'; asks: AfterDeathAsk[] };
  /** not erased while it lasts */
  preserved?: { since: string };
}

export function isHoldInForce(hold: Hold, at: string): boolean {
  return hold.state === 'active' && at < hold.until;
}

export function itemOf(state: CaseState, locator: string): ItemReference | undefined {
  return state.items.find((item) => item.locator === locator);
}

/** The accounts in this case that are the same person as `sub`, itself included. */
export function sameHolder(state: CaseState, sub: string): Set<string> {
  const person = state.persons.find((known) => known.sub === sub)?.person;
  const others = state.persons.filter((known) => person !== undefined && known.person === person);
  return new Set([sub, ...others.map((known) => known.sub)]);
}

export const pendingAppeals = (state: CaseState): Appeal[] =>
  state.appeals.filter((appeal) => appeal.outcome === null);

/** Messages, accounts and persons in the case: what a pile-on is counted in. */
export function headcount(state: CaseState): { messages: number; accounts: number; persons: number | null } {
  const subs = new Set(state.items.flatMap((item) => item.author ?? []));
  const numbers = new Map(state.persons.map(({ sub, person }) => [sub, person]));
  const known = [...subs].every((sub) => numbers.has(sub));
  const persons = new Set([...subs].map((sub) => numbers.get(sub))).size;
  const messages = state.items.filter((item) => item.kind === 'post').length;
  return { messages, accounts: subs.size, persons: known && state.rules.holdsPersons ? persons : null };
}
