/**
 * Words for the holder of an account: what was decided and why, what came of an appeal, what is hidden for now
 * and what is shown again, and help. They go into the inbox at the gateway; where there is none, into a letter
 * that the holder reads by an address of their own. Must never: say who reported, or name anybody.
 */
import type { InboxItem } from '@answerable/protocol/admission/account-call';
import type { InboxRequest } from '@answerable/protocol/report/sanction';
import { dayOfInstant } from './deadline.ts';
import type { ConductDecision } from './decision.ts';
import { derivedId } from './effects.ts';
import type { ChainedEvent } from './event.ts';
import { helpLetter } from './signposts.ts';
import { type CaseState, type Hold, itemOf, type StandingMeasure, sameHolder } from './state.ts';
import { plainWords } from './statement.ts';

const bodyCharsMax = 6000;

interface Notice {
  kind: 'inbox' | 'letter';
  request: InboxRequest;
}
type Words = Pick<InboxItem, 'kind' | 'title' | 'body'> & { appealUntil?: string };
/** To the holder of an account, if there is one. */
type Told = readonly [sub: string | null | undefined, words: Words];

export function noticesBetween(
  before: CaseState | undefined,
  after: CaseState,
  event: ChainedEvent,
): Notice[] {
  const told: Told[] = [
    ...byEvent(after, event),
    ...overHolds(before, after).map(
      (hold) => [itemOf(after, hold.target)?.author, shownWords(after)] as const,
    ),
    ...endedBy('distress', before, after).map((sub) => [sub, sorryWords] as const),
    ...endedBy('expiry', before, after).map((sub) => [sub, overWords] as const),
  ];
  return told.flatMap(([sub, words], n) => (sub ? [notice(after, event, sub, words, n)] : []));
}

function byEvent(after: CaseState, { body }: ChainedEvent): Told[] {
  switch (body.kind) {
    case 'held':
      return [[itemOf(after, body.target)?.author, heldWords(body.until)]];
    case 'hold-confirmed': {
      const target = after.holds.find((one) => one.hold === body.hold)?.target ?? '';
      return [[itemOf(after, target)?.author, stillHeldWords(body.until)]];
    }
    case 'decided':
    case 'confirmed':
      return decisionNotices(after);
    case 'heard': {
      const sub = after.appeals.find((one) => one.appeal === body.appeal)?.sub;
      return [[sub, appealWords(body.outcome, body.reply, body.instead)]];
    }
    case 'welfare-checked': {
      const words = body.words;
      const helped = after.measures.filter((one) => one.measure.kind === 'show-help');
      const subs = holders(
        after,
        helped.map((one) => one.concerns),
      );
      const title = 'Somebody here writes to you';
      return words === null ? [] : subs.map((sub) => [sub, { kind: 'help', title, body: words }]);
    }
    default:
      return [];
  }
}

function decisionNotices(state: CaseState): Told[] {
  const { decided } = state;
  if (!decided || decided.decision.path === 'none' || decided.decision.path === 'complaint') return [];
  const concerned = holders(
    state,
    state.measures.map((one) => one.concerns),
  );
  if (decided.decision.path === 'care') {
    const { help, offerContact } = decided.decision;
    const body = helpLetter(help[0]?.country ?? '', { offerContact });
    return concerned.map((sub) => [sub, { kind: 'help', title: 'If things are hard', body }]);
  }
  const { appealUntil } = decided;
  const body = plainWords(decided.decision, appealUntil);
  const title = 'A decision about what you posted here';
  return concerned.map((sub) => [sub, { kind: 'statement', title, body, appealUntil }]);
}

/** One account for each person: the gateway brings it to the others. */
function holders(state: CaseState, subs: readonly (string | null)[]): string[] {
  const told = new Set<string>();
  const chosen: string[] = [];
  for (const sub of subs) {
    if (sub === null || told.has(sub)) continue;
    for (const other of sameHolder(state, sub)) told.add(other);
    chosen.push(sub);
  }
  return chosen;
}

/** Holds that no decision took over: what they hid is shown again. */
function overHolds(before: CaseState | undefined, after: CaseState): Hold[] {
  const was = new Set(before?.holds.flatMap((one) => (one.state === 'active' ? [one.hold] : [])));
  return after.holds.filter((one) => was.has(one.hold) && (one.state === 'lapsed' || one.state === 'lifted'));
}

function endedBy(
  why: NonNullable<StandingMeasure['endedBy']>,
  before: CaseState | undefined,
  after: CaseState,
): string[] {
  const was = new Set(before?.measures.flatMap((one) => (one.endedBy === why ? [one.measure.measure] : [])));
  const now = after.measures.filter((one) => one.endedBy === why && !was.has(one.measure.measure));
  return holders(
    after,
    now.map((one) => one.concerns),
  );
}

const sorryWords: Words = {
  kind: 'notice',
  title: 'A decision about you no longer stands',
  body: 'We decided against something you wrote, and we should have seen that you were going through something hard. We are sorry. The decision is undone, everywhere here. You have done nothing wrong.',
};

const overWords: Words = {
  kind: 'notice',
  title: 'What was decided about you is over',
  body: 'Its day has come, and it ended by itself. You can use your account as before.',
};

const minute = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;

const heldWords = (until: string): Words => ({
  kind: 'notice',
  title: 'Something of yours is hidden for now',
  body: `One moderator has hidden something of yours while a second looks at it. Nothing was decided. Unless a second moderator agrees, it is shown again by itself at ${minute(until)}.`,
});

const stillHeldWords = (until: string): Words => ({
  kind: 'notice',
  title: 'Something of yours stays hidden for now',
  body: `A second moderator agrees that it should be hidden while we look at it. Nothing was decided yet. If nothing is decided, it is shown again by itself at ${minute(until)}.`,
});

const shownWords = ({ decided }: CaseState): Words => ({
  kind: 'notice',
  title: 'Something of yours is shown again',
  body: `What was hidden for now is shown again, as it was before. ${
    decided?.decision.path === 'none' ? 'We found nothing against it. ' : ''
  }You need not do anything. We are sorry for the time in which it could not be seen.`,
});

const outcomeWords = {
  upheld: 'The decision stands.',
  varied: 'The decision was changed to something lighter.',
  overturned: 'The decision is undone, and everything is as it was before. We are sorry.',
};

function appealWords(
  outcome: keyof typeof outcomeWords,
  reply: string,
  instead: ConductDecision | null,
): Words {
  const more = instead ? [plainWords(instead, null)] : [];
  const body = [outcomeWords[outcome], reply, ...more].join('\n\n').slice(0, bodyCharsMax);
  return { kind: 'appeal-outcome', title: 'Somebody else has heard your appeal', body };
}

function notice(state: CaseState, event: ChainedEvent, sub: string, words: Words, n: number): Notice {
  const item = { caseId: state.caseId, day: dayOfInstant(event.at), ...words };
  const holds = sameHolder(state, sub).size > 1 || reachesPerson(state, sub) ? 'person' : 'account';
  const message = derivedId(`${event.hash}/inbox/${sub}/${n}`);
  return {
    kind: state.rules.holdsPersons ? 'inbox' : 'letter',
    request: { message, sub, holds, item },
  };
}

const reachesPerson = (state: CaseState, sub: string): boolean =>
  state.measures.some(
    ({ measure, concerns }) => measure.kind === 'sanction' && measure.holds === 'person' && concerns === sub,
  );
