/**
 * A case as a moderator sees it, as JSON: what it is about, where it stands, what may be done now, and its
 * history. Accounts are numbered within the case, persons as the gateway numbers them for this case.
 * Must never: say who anybody is, or show accounts that are not in the case.
 */
import type { Staff } from '@answerable/kit/sign-in';
import type { StepHere } from '@answerable/protocol/platform/steps';
import { Refusal } from '@answerable/protocol/refusal';
import { unaskedMatters } from '../casework/apply-panel.ts';
import { openAlarms } from '../casework/care.ts';
import { dueAt, dueUnder } from '../casework/deadline.ts';
import { type EventBody, human } from '../casework/event.ts';
import { isHeavy } from '../casework/heavy.ts';
import { queueOf } from '../casework/queue.ts';
import { type CaseState, headcount, isHoldInForce, pendingAppeals } from '../casework/state.ts';
import { transition } from '../casework/transition.ts';
import type { DeskParts } from '../parts.ts';
import { isTheirs } from '../people/queue-access.ts';
import { besideCase } from './beside-case.ts';
import { eventWords, measureName } from './event-words.ts';
import { actorFor } from './staff-verb.ts';

export type CaseView = Awaited<ReturnType<typeof caseView>>;
export type ItemView = CaseView['items'][number];

/** Throws Refusal `case_unknown`. */
export async function caseView(parts: DeskParts, caseId: string, staff: Staff) {
  const { store, clock } = parts;
  const state = await store.state(caseId);
  if (!state) throw new Refusal('case_unknown');
  const at = later(clock.now().toISOString(), state.at);
  const may = mayNow(state, staff, at);
  const accounts = accountsOf(state);
  const label = new Map(accounts.map((one) => [one.sub, one.label]));
  const subs = accounts.map((one) => one.sub);
  const [
    texts,
    reports,
    events,
    effects,
    pageRecords,
    earlier,
    beside,
    outside,
    ranked,
    letters,
    forums,
    steps,
  ] = await Promise.all([
    store.texts(state.items.map((item) => item.hash)),
    store.reports(caseId),
    store.events(caseId),
    store.effects(caseId),
    store.pageRecords(caseId),
    store.earlier(caseId, subs),
    besideCase(parts, state, staff),
    parts.notices.ofCase(caseId),
    parts.ranks.findings(caseId),
    parts.letters.letters(caseId),
    parts.panel.peers(),
    may.sanction || may.hear ? parts.promises.stepsFor(subs) : new Map<string, readonly StepHere[]>(),
  ]);
  return {
    caseId,
    kind: state.kind,
    phase: state.phase,
    queue: queueOf(state),
    opened: state.opened,
    due: dueAt(state),
    dueUnder: dueUnder(state),
    assignee: state.assignee?.name ?? null,
    mine: state.assignee?.name === staff.name,
    rules: state.rules,
    offences: parts.law.offences(state.rules),
    reasons: state.reasons,
    characteristics: state.characteristics,
    heavy: isHeavy(state),
    reportCount: state.reports,
    reports,
    headcount: headcount(state),
    accounts: accounts.map((one) => ({
      ...one,
      since: firstSeen(one.sub, [state, ...earlier.map((other) => other.state)]),
      /** what the policy of the place has against it; null where nobody has said, or nothing is to be decided */
      steps: steps.get(one.sub) ?? null,
    })),
    items: state.items.map((item) => ({
      ...item,
      account: item.author === null ? null : (label.get(item.author) ?? null),
      text: texts.get(item.hash)?.text ?? '',
      language: texts.get(item.hash)?.language ?? '',
    })),
    assessment: state.assessment,
    holds: state.holds.map((hold) => ({
      ...hold,
      inForce: isHoldInForce(hold, at),
      secondsLeft: isHoldInForce(hold, at) ? secondsBetween(at, hold.until) : 0,
    })),
    proposal: state.proposal,
    decided: state.decided,
    measures: state.measures,
    appeals: state.appeals,
    alarm: openAlarms(state).length > 0,
    welfare: state.welfare ?? null,
    afterDeath: state.afterDeath ?? null,
    request: (state.afterDeath ? await parts.vigils.request(caseId) : null) ?? null,
    pageRecords,
    ranked,
    notices: outside.map(({ state: { notice, phase, draft } }) => ({
      notice,
      phase,
      company: draft.company,
    })),
    history: events.map((event) => ({
      seq: event.seq,
      at: event.at,
      role: event.actor.role,
      who: event.actor.name,
      tool: event.tool.name,
      words: event.body ? eventWords(event.body) : 'Erased after its time.',
    })),
    effects: effects.map(({ effect, state: progress, code, result }) => ({
      kind: effect.kind,
      target: effect.kind === 'connector' ? effect.act.target : null,
      what: effect.kind === 'connector' ? effect.act.kind : effect.kind,
      progress,
      code,
      result,
    })),
    earlier: earlier
      .filter((other) => isTheirs(staff, other.state))
      .map((other) => ({
        caseId: other.case_id,
        kind: other.kind,
        phase: other.phase,
        day: other.opened_at.slice(0, 10),
        outcome: other.state.decided?.decision.path ?? null,
        /** of those in this case; never others */
        accounts: accounts
          .filter((one) => other.state.items.some((item) => item.author === one.sub))
          .map((one) => one.label),
        measures: other.state.measures.map(({ measure, concerns, inForce }) => ({
          kind: measure.kind === 'sanction' ? measure.step : measure.kind,
          words: measureName(measure),
          account: concerns === null ? null : (label.get(concerns) ?? null),
          inForce,
        })),
      })),
    beside,
    panel: {
      asked: state.panel ?? [],
      unasked: unaskedMatters(state).length,
      mayAsk: forums.length > 0 && staff.roles.some((role) => role !== 'triage' && role !== 'observer'),
    },
    letters: letters.map(({ sub, item, told, could }) => ({
      sub,
      account: label.get(sub) ?? 'an account',
      day: item.day,
      title: item.title,
      told,
      could,
    })),
    may,
  };
}

/** Accounts in order of their first item, with the number of their person if the gateway has said it. */
function accountsOf(state: CaseState) {
  const subs = [...new Set(state.items.flatMap((item) => item.author ?? []))];
  const numbers = new Map(state.persons.map((one) => [one.sub, one.person]));
  return subs.map((sub, index) => ({
    sub,
    label: `account ${index + 1}`,
    person: numbers.get(sub) ?? null,
    items: state.items.filter((item) => item.author === sub).length,
    /** what a sanction may rest on */
    seen: state.items.some((item) => item.author === sub && item.seen === 'platform'),
  }));
}

/** The day of the oldest thing by `sub` that this desk has seen, in these cases. */
function firstSeen(sub: string, states: readonly CaseState[]): string | null {
  const posted = states.flatMap(({ items }) =>
    items.flatMap((one) => (one.author === sub ? [one.posted] : [])),
  );
  return posted.sort()[0]?.slice(0, 10) ?? null;
}

/** What this person may do now. Asked of the transition itself, so that no button offers what is refused. */
function mayNow(state: CaseState, staff: Staff, at: string) {
  const would = (body: EventBody) => {
    try {
      return !(
        transition(state, { actor: actorFor(staff, body.kind), tool: human, at, body }) instanceof Refusal
      );
    } catch {
      return false; // no role of theirs may cause it
    }
  };
  const mine = state.assignee?.name === staff.name;
  const locators = state.items.map((item) => item.locator);
  const distress: EventBody = {
    kind: 'assessed',
    assessment: { about: 'first-person-distress', items: locators.slice(0, 100), note: '' },
  };
  const answer = would({
    kind: 'decided',
    decision: { path: 'complaint', outcome: 'not-upheld', reply: 'x', remedy: '' },
  });
  const decide = would({ kind: 'decided', decision: { path: 'none', note: '' } });
  const free = state.items.some((item) => !item.distress);
  const reply = { appeal: pendingAppeals(state)[0]?.appeal ?? '', reply: 'x', instead: null };
  return {
    claim: !mine && would({ kind: 'claimed' }),
    release: would({ kind: 'released' }),
    escalate: would({ kind: 'escalated', why: 'x' }),
    refile: would({ kind: 'refiled', to: state.kind === 'care' ? 'content' : 'care', why: 'x' }),
    decide,
    /** whoever complained */
    answer,
    handOver: would({ kind: 'handed-over', to: 'a colleague', word: 'x' }),
    /** whether anything but help can be decided */
    sanction: decide && state.kind !== 'care' && free,
    markDistress: would(distress),
    confirm: would({ kind: 'confirmed' }),
    decline: would({ kind: 'declined', why: 'x' }),
    confirmHold: state.holds
      .filter((one) => would({ kind: 'hold-confirmed', hold: one.hold, until: plusSecond(at) }))
      .map((one) => one.hold),
    liftHold: state.holds
      .filter((one) => would({ kind: 'hold-lifted', hold: one.hold, why: '' }))
      .map((one) => one.hold),
    hold: locators.filter((target) => would({ kind: 'held', hold: 'probe', target, until: plusSecond(at) })),
    checkWelfare: would({ kind: 'welfare-checked', seen: 'cannot-tell', note: 'x', words: null, next: null }),
    hear: would({ kind: 'heard', outcome: 'upheld', ...reply }),
  };
}

const msPerSecond = 1000;
const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / msPerSecond));
const plusSecond = (at: string): string => new Date(Date.parse(at) + msPerSecond).toISOString();
const later = (a: string, b: string): string => (a.localeCompare(b) > 0 ? a : b);
