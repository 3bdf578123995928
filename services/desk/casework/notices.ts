/**
 * Words for the holder of an account, through the gateway: what was decided and why, what came of an appeal,
 * that something is hidden for now, and help. Must never: say who reported, or name anybody.
 */
import type { InboxItem } from '@answerable/protocol/admission/account-call';
import type { InboxRequest } from '@answerable/protocol/report/sanction';
import { dayOfInstant } from './deadline.ts';
import type { ConductDecision } from './decision.ts';
import { derivedId } from './effects.ts';
import type { ChainedEvent } from './event.ts';
import { helpLetter } from './signposts.ts';
import { type CaseState, itemOf, sameHolder } from './state.ts';
import { plainWords } from './statement.ts';

interface InboxEffect {
  kind: 'inbox';
  request: InboxRequest;
}
type Words = Pick<InboxItem, 'kind' | 'title' | 'body'> & { appealUntil?: string };

export function noticesBetween(
  before: CaseState | undefined,
  after: CaseState,
  event: ChainedEvent,
): InboxEffect[] {
  const to = (sub: string | null | undefined, words: Words): InboxEffect[] =>
    sub ? [inbox(after, event, sub, words)] : [];
  const { body } = event;
  const ended = endedByDistress(before, after).flatMap((sub) => to(sub, sorryWords));
  switch (body.kind) {
    case 'held':
      return to(itemOf(after, body.target)?.author, heldWords(body.until));
    case 'decided':
    case 'confirmed':
      return decisionNotices(after, to);
    case 'heard': {
      const sub = after.appeals.find((one) => one.appeal === body.appeal)?.sub;
      return to(sub, appealWords(body.outcome, body.reply, body.instead, after));
    }
    case 'welfare-checked': {
      const words = body.words;
      const helped = after.measures.filter((one) => one.measure.kind === 'show-help');
      const subs = holders(
        after,
        helped.map((one) => one.concerns),
      );
      const title = 'Somebody here writes to you';
      return words === null ? [] : subs.flatMap((sub) => to(sub, { kind: 'help', title, body: words }));
    }
    default:
      return ended;
  }
}

function decisionNotices(state: CaseState, to: (sub: string, words: Words) => InboxEffect[]): InboxEffect[] {
  const { decided } = state;
  if (!decided || decided.decision.path === 'none' || decided.decision.path === 'complaint') return [];
  const concerned = holders(
    state,
    state.measures.map((one) => one.concerns),
  );
  if (decided.decision.path === 'care') {
    const { help, offerContact } = decided.decision;
    const body = helpLetter(help[0]?.country ?? '', { offerContact });
    return concerned.flatMap((sub) => to(sub, { kind: 'help', title: 'If things are hard', body }));
  }
  const body = plainWords(decided.decision, decided.appealUntil);
  const title = 'A decision about what you posted here';
  return concerned.flatMap((sub) =>
    to(sub, { kind: 'statement', title, body, appealUntil: decided.appealUntil }),
  );
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

function endedByDistress(before: CaseState | undefined, after: CaseState): string[] {
  const was = new Set(
    before?.measures.flatMap((one) => (one.endedBy === 'distress' ? [one.measure.measure] : [])),
  );
  const now = after.measures.filter((one) => one.endedBy === 'distress' && !was.has(one.measure.measure));
  return holders(
    after,
    now.map((one) => one.concerns),
  );
}

const sorryWords: Words = {
  kind: 'notice',
  title: 'A decision about you no longer stands',
  body: 'We decided against something you wrote, and we should have seen that you were going through something hard. The decision is undone, everywhere here. You have done nothing wrong.',
};

const heldWords = (until: string): Words => ({
  kind: 'notice',
  title: 'Something of yours is hidden for now',
  body: `One moderator has hidden something of yours while a second looks at it. Nothing was decided. Unless a second moderator agrees, it is shown again by itself at ${until.slice(0, 16).replace('T', ' ')} UTC.`,
});

const outcomeWords = {
  upheld: 'The decision stands.',
  varied: 'The decision was changed to something lighter.',
  overturned: 'The decision is undone, and everything is as it was before.',
};

function appealWords(
  outcome: keyof typeof outcomeWords,
  reply: string,
  instead: ConductDecision | null,
  state: CaseState,
): Words {
  const more = instead ? [plainWords(instead, state.decided?.appealUntil ?? '')] : [];
  const body = [outcomeWords[outcome], reply, ...more].join('\n\n');
  return { kind: 'appeal-outcome', title: 'Somebody else has heard your appeal', body: body.slice(0, 6000) };
}

function inbox(state: CaseState, event: ChainedEvent, sub: string, words: Words): InboxEffect {
  const item = { caseId: state.caseId, day: dayOfInstant(event.at), ...words };
  const holds = sameHolder(state, sub).size > 1 || reachesPerson(state, sub) ? 'person' : 'account';
  return { kind: 'inbox', request: { message: derivedId(`${event.hash}/inbox/${sub}`), sub, holds, item } };
}

const reachesPerson = (state: CaseState, sub: string): boolean =>
  state.measures.some(
    ({ measure, concerns }) => measure.kind === 'sanction' && measure.holds === 'person' && concerns === sub,
  );
