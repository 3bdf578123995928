/** How the story's moderators see a case, what they decide, and how they wait for it to be done. */
import type { Worker } from './staff.ts';
import { until } from './staff.ts';

export interface CaseSeen {
  caseId: string;
  phase: string;
  kind: string;
  headcount: { messages: number; accounts: number; persons: number | null };
  accounts: { sub: string; label: string; person: number | null }[];
  items: { locator: string }[];
  holds: { hold: string; state: string }[];
  measures: { inForce: boolean; measure: { kind: string } }[];
  appeals: { appeal: string; outcome: string | null }[];
  effects: { kind: string; progress: string }[];
  decided: { deciders: string[] } | null;
  may: { sanction: boolean };
}

const reviewDay = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

/** A bar of the person behind the first account of the case. */
export function barDecision({ accounts, items }: CaseSeen) {
  const finding = {
    about: 'conduct',
    items: items.map(({ locator }) => locator).slice(0, 100),
    limb: 'terms',
    offence: 'harassment',
    elements: { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' },
    clause: '3.1 Do not hound anybody',
    severity: 3,
    confidence: 3,
    protectedContent: 'none',
    alternatives: 'A warning was considered: three accounts were made to get round a block.',
  };
  const decision = {
    path: 'conduct',
    measures: [{ kind: 'sanction', sub: accounts[0]!.sub, holds: 'person', step: 'bar', until: reviewDay() }],
    reasons: {
      ground: '3.1 Do not hound anybody',
      explanation: 'Many messages at one person who asked for it to stop, from several accounts.',
      facts: 'Forty messages in one evening from three accounts, all at one member.',
      clause: '3.1 Do not hound anybody',
      category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
    },
  };
  return { assessment: finding, decision };
}

/** Shutting one page. */
export function shutDecision(target: string) {
  const finding = {
    about: 'conduct',
    items: [target],
    limb: 'illegal',
    offence: 'encouraging-suicide',
    elements: { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' },
    clause: '2.1 Never encourage suicide or self-harm',
    severity: 4,
    confidence: 3,
    protectedContent: 'none',
    alternatives: 'Hiding single posts was considered: the page as a whole is for it.',
  };
  const decision = {
    path: 'conduct',
    measures: [{ kind: 'shut-page', target }],
    reasons: {
      ground: 'Encouraging suicide (Suicide Act 1961, s.2)',
      explanation: 'The page tells its members to take their lives and urges one of them on.',
      facts: 'The page says what it is for; a post on it urges a member to act the same night.',
      clause: '2.1 Never encourage suicide or self-harm',
      category: 'STATEMENT_CATEGORY_SELF_HARM',
    },
  };
  return { assessment: finding, decision };
}

/** The case that `fits`, once it is in the queue. */
export async function caseWith(by: Worker, fits: (one: CaseSeen) => boolean): Promise<CaseSeen> {
  return until(async () => {
    const { cases } = await by.get<{ cases: { caseId: string }[] }>('/');
    for (const { caseId } of cases) {
      const one = await by.get<CaseSeen>(`/cases/${caseId}`);
      if (fits(one)) return one;
    }
    return undefined;
  }, 'the case');
}

/** Waits until everything that the case set off is done. */
export async function effectsDone(by: Worker, caseId: string): Promise<void> {
  await until(async () => {
    const { effects } = await by.get<CaseSeen>(`/cases/${caseId}`);
    return effects.length > 0 && effects.every(({ progress }) => progress === 'done') ? true : undefined;
  }, 'what the decision does');
}
