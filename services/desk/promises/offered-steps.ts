/**
 * Which steps a moderator is offered against the accounts of a case, lightest first, and for how long: those that the
 * policy of the place has for at least one of them, with words about whom each is not for. Pure.
 */
import { type StepHere, stepsOf } from '@answerable/protocol/platform/steps';
import type { LadderStep } from '@answerable/protocol/report/sanction';
import { terms } from '../deciding/term.ts';

interface Account {
  label: string;
  /** null: nobody has said what its policy has */
  steps: readonly StepHere[] | null;
}

export interface Offered {
  value: LadderStep | 'none';
  text: string;
  hint: string;
}

const every = stepsOf({});
const nothing: Offered = {
  value: 'none',
  text: 'Nothing more',
  hint: 'What is hidden is hidden; nothing is held against anybody.',
};
const words: Readonly<Record<LadderStep, readonly [text: string, hint: string]>> = {
  warn: ['Warn', 'They read the reasons as a warning. Nothing else changes for them.'],
  restrict: ['Restrict', 'They read, and post only with limits, until the day. It ends by itself.'],
  suspend: ['Suspend', 'They are out until the day. It ends by itself, and they can appeal meanwhile.'],
  bar: [
    'Bar',
    'They are out, and it is looked at again on the day. They can still read the reasons and appeal.',
  ],
};

export function offeredSteps(accounts: readonly Account[], barNeedsSecond: boolean): Offered[] {
  const offered = every.flatMap(({ step }): Offered[] => {
    const [text, hint] = words[step];
    const without = accounts.filter((one) => !stepIn(one, step));
    if (without.length === accounts.length) return [];
    const second = step === 'bar' && barNeedsSecond ? ' (needs a second person)' : '';
    const most = longest(accounts, step);
    const limits = [
      ...(most === null ? [] : [`Here for at most ${most === 1 ? 'a day' : `${most} days`}.`]),
      ...(without.length === 0 ? [] : [`Not for ${without.map(({ label }) => label).join(', ')}.`]),
    ];
    return [{ value: step, text: text + second, hint: [hint, ...limits].join(' ') }];
  });
  return [nothing, ...offered];
}

/** How long a step can last, in days and words: as long as the longest of them may. */
export function offeredTerms(accounts: readonly Account[]): (typeof terms)[number][] {
  const most = (['restrict', 'suspend', 'bar'] as const).flatMap((step) =>
    accounts.some((one) => stepIn(one, step)) ? [longest(accounts, step)] : [],
  );
  return terms.filter(([days]) => most.some((one) => one === null || days <= one));
}

/** Whether a sanction may hold the person of one of them, as far as their policy goes. */
export const offersPerson = (accounts: readonly Account[]): boolean =>
  accounts.some(({ steps }) => (steps ?? every).some(({ accountOnly }) => !accountOnly));

const stepIn = ({ steps }: Account, step: LadderStep): StepHere | undefined =>
  (steps ?? every).find((one) => one.step === step);

/** In days; null where one of them has no longest time. */
function longest(accounts: readonly Account[], step: LadderStep): number | null {
  const all = accounts.flatMap((one) => stepIn(one, step) ?? []).map(({ daysMax }) => daysMax);
  return all.includes(null) ? null : Math.max(...all.map(Number));
}
