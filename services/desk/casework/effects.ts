/**
 * What must happen outside because the state of a case changed: the difference between before and after, and
 * nothing else. So a reversal, a lapsed hold and a late finding of distress all undo by the same road. Every
 * effect has an id that follows from the event, and doing it twice is doing it once.
 */
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { InboxRequest, LadderStep, SanctionRequest } from '@answerable/protocol/report/sanction';
import { accountHoldOf, stepWords } from './account-hold.ts';
import type { ChainedEvent } from './event.ts';
import { noticesBetween } from './notices.ts';
import { helpText } from './signposts.ts';
import type { CaseState, Hold, StandingMeasure } from './state.ts';

export type Effect =
  /** `undo`: not done while another case still needs the target as it is */
  | { kind: 'connector'; act: ConnectorAct; undo: boolean }
  | { kind: 'sanction'; request: SanctionRequest }
  | { kind: 'lift'; sanction: string; step: LadderStep }
  | { kind: 'inbox'; request: InboxRequest }
  /** the same words where there is no gateway: kept for the holder, who is told where */
  | { kind: 'letter'; request: InboxRequest }
  | { kind: 'ask-panel'; request: string }
  | { kind: 'withdraw-panel'; request: string; forum: string }
  | { kind: 'count-persons' }
  | { kind: 'fetch-item'; locator: string }
  | { kind: 'fetch-page-record'; locator: string }
  | { kind: 'mark-elsewhere'; items: string[] };

export interface PlannedEffect {
  id: string;
  /** effects of one lane are done in their order */
  lane: string;
  effect: Effect;
}

/** 16 bytes that follow from `seed`, as an id. */
export const derivedId = (seed: string): string => toBase64url(sha256(utf8(seed)).slice(0, 16));

const hiddenWords = 'Hidden by the moderators of this forum. Its author can appeal.';
const heldWords = 'Hidden for now, until a second moderator has looked at it.';
const shutWords = 'This page was shut by the moderators of this forum. Its owner can appeal.';
const restoredWords = 'Shown again by the moderators of this forum.';

/** Everything that `event` sets off, in order. */
export function effectsBetween(
  before: CaseState | undefined,
  after: CaseState,
  event: ChainedEvent,
): PlannedEffect[] {
  const effects = [
    ...endedMeasures(before, after),
    ...endedHolds(before, after),
    ...newHolds(before, after),
    ...newMeasures(before, after),
    ...lookups(before, after, event),
    ...noticesBetween(before, after, event),
    ...panelCalls(before, after),
  ];
  return effects.map((effect, n) => ({ id: derivedId(`${event.hash}/${n}`), lane: laneOf(effect), effect }));
}

function laneOf(effect: Effect): string {
  switch (effect.kind) {
    case 'connector':
      return effect.act.target;
    case 'sanction':
      return effect.request.sanction;
    case 'lift':
      return effect.sanction;
    case 'inbox':
    case 'letter':
      return `inbox ${effect.request.sub}`;
    case 'ask-panel':
    case 'withdraw-panel':
      return `panel ${effect.request}`;
    case 'fetch-item':
    case 'fetch-page-record':
      return `${effect.kind} ${effect.locator}`;
    default:
      return effect.kind;
  }
}

/** A question to another forum; and that an answer is not needed any more. */
function panelCalls(before: CaseState | undefined, after: CaseState): Effect[] {
  const was = new Map(before?.panel?.map((one) => [one.request, one.state]));
  return (after.panel ?? []).flatMap(({ request, forum, state }): Effect[] => {
    if (was.get(request) === state) return [];
    if (state === 'asked') return [{ kind: 'ask-panel', request }];
    return state === 'answered' ? [] : [{ kind: 'withdraw-panel', request, forum }];
  });
}

const measureOf = (state: CaseState | undefined, one: StandingMeasure) =>
  state?.measures.find((known) => known.measure.measure === one.measure.measure);

function newMeasures(before: CaseState | undefined, after: CaseState): Effect[] {
  const fresh = after.measures.filter((one) => one.inForce && !measureOf(before, one)?.inForce);
  return fresh.flatMap((one) => begin(after, one));
}

function begin({ caseId, rules }: CaseState, { measure }: StandingMeasure): Effect[] {
  if (measure.kind === 'hide-item')
    return [connector(measure.measure, 'hide-item', measure.target, hiddenWords)];
  if (measure.kind === 'shut-page')
    return [connector(measure.measure, 'shut-page', measure.target, shutWords)];
  if (measure.kind === 'show-help')
    return [connector(measure.measure, 'show-help', measure.target, helpText(measure.country))];
  const { measure: sanction, sub, holds, step, until } = measure;
  if (rules.holdsPersons)
    return [{ kind: 'sanction', request: { sanction, caseId, sub, holds, step, until } }];
  const hold = accountHoldOf(step);
  return hold ? [connector(sanction, hold.begins, `account/${sub}`, stepWords(step))] : [];
}

function endedMeasures(before: CaseState | undefined, after: CaseState): Effect[] {
  const ended = (before?.measures ?? []).filter((one) => one.inForce && !measureOf(after, one)?.inForce);
  return ended.flatMap(({ measure }) => {
    if (measure.kind === 'hide-item') return [undo(measure.measure, 'restore-item', measure.target)];
    if (measure.kind === 'shut-page') return [undo(measure.measure, 'restore-page', measure.target)];
    if (measure.kind === 'show-help') return [];
    if (after.rules.holdsPersons)
      return [{ kind: 'lift' as const, sanction: measure.measure, step: measure.step }];
    const hold = accountHoldOf(measure.step);
    return hold ? [undo(measure.measure, hold.ends, `account/${measure.sub}`)] : [];
  });
}

const isPage = (target: string) => target.startsWith('page/');
const holdOf = (state: CaseState | undefined, hold: Hold) =>
  state?.holds.find((known) => known.hold === hold.hold);

function newHolds(before: CaseState | undefined, after: CaseState): Effect[] {
  const fresh = after.holds.filter((hold) => hold.state === 'active' && !holdOf(before, hold));
  return fresh.map(({ hold, target }) =>
    connector(hold, isPage(target) ? 'hold-page' : 'hide-item', target, heldWords),
  );
}

// A hold that a decision took over is not undone: the same thing stays hidden, now by decision.
function endedHolds(before: CaseState | undefined, after: CaseState): Effect[] {
  const ended = after.holds.filter(
    (hold) =>
      (hold.state === 'lapsed' || hold.state === 'lifted') && holdOf(before, hold)?.state === 'active',
  );
  return ended.map(({ hold, target }) =>
    undo(hold, isPage(target) ? 'restore-page' : 'restore-item', target),
  );
}

function connector(act: string, kind: ConnectorAct['kind'], target: string, notice: string): Effect {
  return { kind: 'connector', act: { act, kind, target, notice }, undo: false };
}

function undo(measure: string, kind: ConnectorAct['kind'], target: string): Effect {
  const act = derivedId(`${measure}/undo`);
  return { kind: 'connector', act: { act, kind, target, notice: restoredWords }, undo: true };
}

/** What the desk goes and asks: the platform for what it shows, the gateway for how many persons there are. */
function lookups(before: CaseState | undefined, after: CaseState, { body }: ChainedEvent): Effect[] {
  const effects: Effect[] = [];
  if (body.kind === 'reported' || body.kind === 'complained') {
    const fresh = after.items.slice(before?.items.length ?? 0);
    for (const item of fresh) {
      const { locator } = item;
      if (item.seen === 'reporter') effects.push({ kind: 'fetch-item', locator });
      if (item.kind === 'page') effects.push({ kind: 'fetch-page-record', locator });
    }
  }
  if (body.kind === 'assessed' && body.assessment.about === 'first-person-distress')
    effects.push({ kind: 'mark-elsewhere', items: body.assessment.items });
  if (body.kind === 'alarm-ended') {
    const known = new Set(before?.items.filter((one) => one.distress).map((one) => one.locator));
    const items = after.items.filter((one) => one.distress && !known.has(one.locator));
    if (items.length > 0) effects.push({ kind: 'mark-elsewhere', items: items.map((one) => one.locator) });
  }
  const known = new Set(authors(before));
  if (after.rules.holdsPersons && authors(after).some((sub) => !known.has(sub)))
    effects.push({ kind: 'count-persons' });
  return effects;
}

const authors = (state: CaseState | undefined): string[] =>
  (state?.items ?? []).flatMap((item) => item.author ?? []);
