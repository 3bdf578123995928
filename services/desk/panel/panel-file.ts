/**
 * A case as another forum's desk sees it: what is asked, the words it rests on, what was found and decided, what
 * the holder says. Pure. Must never: carry a `sub`, a locator, a working name, a receipt or a picture.
 */

import type { StepHere } from '@answerable/protocol/platform/steps';
import { type PanelFile, panelItemsMax, panelTextMax } from '@answerable/protocol/report/panel';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import { appealDue, dayOfInstant } from '../casework/deadline.ts';
import type { ConductDecision } from '../casework/decision.ts';
import type { PanelRequest } from '../casework/state.ts';
import { type CaseState, headcount } from '../casework/state.ts';
import type { PageRecord } from '../schema.ts';

const recordPostsMax = 20;
const recordTextMax = 1000;
const recordsMax = 3;

export interface Seen {
  texts: ReadonlyMap<string, ItemSnapshot>;
  records: readonly { locator: string; record: PageRecord }[];
  /** which the policy here has against an account */
  steps?: ReadonlyMap<string, readonly StepHere[]>;
}

/** Items, accounts and measures by the numbers that they have in every file of this case. */
export const itemNumber = (state: CaseState, locator: string): number =>
  state.items.findIndex((one) => one.locator === locator) + 1;

const accountsOf = (state: CaseState): string[] => [
  ...new Set([...state.items.flatMap((one) => one.author ?? []), ...state.appeals.map((one) => one.sub)]),
];

export function panelFileOf(
  state: CaseState,
  asked: PanelRequest,
  { texts, records, steps }: Seen,
): PanelFile {
  const account = (sub: string | null) => (sub === null ? null : accountsOf(state).indexOf(sub) + 1 || null);
  const decision = decisionAsked(state);
  const rests = new Set(decision?.decision.rests ?? []);
  const hold = state.holds.find((one) => asked.about === 'hold' && one.hold === asked.subject);
  const appeal = state.appeals.find(
    (one) => asked.about === 'appeal' && asked.subject.startsWith(`${one.appeal}/`),
  );
  // First what the question rests on.
  const rank = (locator: string) => (locator === hold?.target ? 0 : rests.has(locator) ? 1 : 2);
  const items = [...state.items].sort((a, b) => rank(a.locator) - rank(b.locator)).slice(0, panelItemsMax);
  const finding = state.assessment?.finding;
  return {
    kind: state.kind,
    opened: dayOfInstant(state.opened),
    reasons: state.reasons,
    items: items.map(({ locator, kind, author, hash, posted, distress }) => ({
      n: itemNumber(state, locator),
      kind,
      account: account(author),
      text: (texts.get(hash)?.text ?? '').slice(0, panelTextMax),
      language: texts.get(hash)?.language ?? '',
      posted: dayOfInstant(posted),
      distress,
    })),
    more: state.items.length - items.length,
    persons: headcount(state).persons,
    records: records
      .filter(({ locator }) => itemNumber(state, locator) > 0)
      .slice(0, recordsMax)
      .map(({ locator, record }) => ({
        item: itemNumber(state, locator),
        posts: record.posts.slice(-recordPostsMax).map((one) => one.text.slice(0, recordTextMax)),
        warnings: record.warnings.slice(-recordPostsMax),
      })),
    finding:
      finding?.about === 'conduct'
        ? {
            limb: finding.limb,
            offence: finding.offence,
            severity: finding.severity,
            confidence: finding.confidence,
            protectedContent: finding.protectedContent,
            alternatives: finding.alternatives,
          }
        : null,
    decision: decision && decisionIn(state, decision, account, steps),
    hold: hold ? { item: itemNumber(state, hold.target), until: hold.until } : null,
    appeal: appeal
      ? {
          track: appeal.track,
          account: account(appeal.sub),
          grounds: appeal.grounds,
          evidence: appeal.evidence.map((one) => ({ day: dayOfInstant(one.at), words: one.words })),
          due: appealDue(state, appeal),
        }
      : null,
  };
}

/** Whose accounts the decision asked about holds. */
export const sanctionedIn = (state: CaseState): string[] =>
  decisionAsked(state)?.decision.measures.flatMap((one) => (one.kind === 'sanction' ? [one.sub] : [])) ?? [];

interface Asked {
  decision: ConductDecision;
  by: string[];
  at: string;
}

/** The decision that stands, or the one that is proposed. */
function decisionAsked({ proposal, decided }: CaseState): Asked | null {
  if (decided?.decision.path === 'conduct')
    return { decision: decided.decision, by: decided.deciders, at: decided.at };
  return proposal ? { decision: proposal.decision, by: [proposal.by], at: proposal.at } : null;
}

function decisionIn(
  state: CaseState,
  { decision, by, at }: Asked,
  account: (sub: string | null) => number | null,
  steps: Seen['steps'],
): NonNullable<PanelFile['decision']> {
  const { statement, measures } = decision;
  return {
    by: by.map((_name, n) => `moderator ${n + 1}`),
    day: dayOfInstant(at),
    measures: measures.map((one, n) => ({
      n: n + 1,
      kind: one.kind,
      item: one.kind === 'sanction' ? null : itemNumber(state, one.target),
      account: one.kind === 'sanction' ? account(one.sub) : null,
      step: one.kind === 'sanction' ? one.step : null,
      until: one.kind === 'sanction' ? one.until : null,
      ...(one.kind === 'sanction' ? stepsIn(steps?.get(one.sub)) : {}),
    })),
    facts: statement.decision_facts,
    ground: statement.illegal_content_legal_ground ?? statement.incompatible_content_ground ?? '',
    explanation: statement.illegal_content_explanation ?? statement.incompatible_content_explanation ?? '',
    clause: statement.terms_clause,
  };
}

const stepsIn = (steps: readonly StepHere[] | undefined) =>
  steps ? { steps: steps.map(({ step }) => step) } : {};
