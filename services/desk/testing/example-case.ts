/** Cases to try things on: for tests of the desk only. */
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { Refusal } from '@answerable/protocol/refusal';
import type { Assessment, ConductDecision, ConductMeasure } from '../casework/decision.ts';
import {
  type Actor,
  type CaseEvent,
  type CaseKind,
  type EventBody,
  human,
  type ItemReference,
  rule,
  theDesk,
} from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { writeStatement } from '../casework/statement.ts';
import { transition } from '../casework/transition.ts';

export const startOfCase = '2026-11-23T08:00:00.000Z';
const ids = new Map<string, string>();
/** An id that stands for `word`; kept, because random histories ask for the same ones again and again. */
export function idOf(word: string): string {
  const known = ids.get(word) ?? toBase64url(sha256(utf8(word)).slice(0, 16));
  ids.set(word, known);
  return known;
}
export const subOf = (letter: string): string => letter.repeat(52);

export const moderator = (name: string): Actor => ({ role: 'moderator', name });
export const byHuman = (actor: Actor, at: string, body: EventBody): CaseEvent => ({
  actor,
  tool: human,
  at,
  body,
});
export const byDesk = (at: string, body: EventBody): CaseEvent => ({
  actor: theDesk,
  tool: rule('intake'),
  at,
  body,
});

export function item(
  locator: string,
  author: string | null,
  more: Partial<ItemReference> = {},
): ItemReference {
  const kind = locator.startsWith('page/') ? 'page' : locator.startsWith('account/') ? 'account' : 'post';
  const hash = idOf(locator);
  return { locator, kind, author, hash, posted: startOfCase, seen: 'platform', distress: false, ...more };
}

/** A queued case with these items. */
export function queuedCase(
  kind: CaseKind,
  items: ItemReference[],
  reasons: 'abuse'[] = ['abuse'],
): CaseState {
  const rules = { barNeedsSecond: true, holdsPersons: true, holdHours: 12 };
  const report = { kind: 'reported' as const, report: idOf('r'), capacity: 'user' as const, reasons };
  return [
    byDesk(startOfCase, { kind: 'opened', caseId: idOf('case'), caseKind: kind, rules }),
    byHuman({ role: 'reporter', name: 'reporter' }, startOfCase, { ...report, characteristics: [], items }),
    byDesk(startOfCase, { kind: 'queued' }),
  ].reduce<CaseState | undefined>((state, event) => must(state, event), undefined) as CaseState;
}

/** The next state; throws the refusal. */
export function must(state: CaseState | undefined, event: CaseEvent): CaseState {
  const next = transition(state, event);
  if (next instanceof Refusal) throw next;
  return next;
}

/** The code of the refusal; fails if there is none. */
export function refusalOf(state: CaseState, event: CaseEvent): string {
  const next = transition(state, event);
  if (!(next instanceof Refusal)) throw new Error(`${event.body.kind} was not refused`);
  return next.code;
}

export function conductFinding(
  items: string[],
  more: Partial<Extract<Assessment, { about: 'conduct' }>> = {},
): Assessment {
  return {
    about: 'conduct',
    items,
    limb: 'terms',
    offence: 'harassment',
    elements: { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' },
    clause: '3.1 Do not hound people',
    severity: 3,
    confidence: 3,
    protectedContent: 'none',
    alternatives: 'A warning was given before.',
    ...more,
  };
}

export function conductDecision(rests: string[], measures: ConductMeasure[]): ConductDecision {
  const reasons = {
    limb: 'terms' as const,
    ground: '3.1 Do not hound people',
    explanation: 'Forty messages at one person are hounding.',
    facts: 'Forty messages within one hour from three accounts.',
    clause: '3.1',
    category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE' as const,
  };
  const frame = {
    puid: idOf('puid'),
    contentDay: '2026-11-23',
    today: '2026-11-23',
    countries: ['GB'],
    howToComplain: 'You can appeal in your wallet.',
    rightToClaim: 'You can bring a claim if this breaks our contract with you.',
    detectedByRule: false,
    reportedByOthers: true,
    contentTypes: ['CONTENT_TYPE_TEXT' as const],
  };
  return { path: 'conduct', rests, measures, statement: writeStatement(measures, reasons, frame) };
}

export const bar = (sub: string, measure = idOf('bar')): ConductMeasure => ({
  measure,
  kind: 'sanction',
  sub,
  holds: 'person',
  step: 'bar',
  until: '2027-05-23',
});
export const suspension = (sub: string, measure = idOf('suspension')): ConductMeasure => ({
  measure,
  kind: 'sanction',
  sub,
  holds: 'person',
  step: 'suspend',
  until: '2026-12-23',
});
