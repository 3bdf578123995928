/**
 * What holds when, and what has to change at a platform for that (PROTOCOL §5): pure, without database or clock.
 * An account is shut while a suspension or a bar holds it, and restricted while a restriction does; the two do not
 * know each other, so that lifting one sanction leaves exactly what the others say.
 */
import type { ActKind } from '@answerable/connector/platform';
import type { LadderStep } from '@answerable/protocol/report/sanction';
import { inForce, type Sanction, standingOf } from '../policy.ts';

export type Hold = 'shut' | 'restricted';
export const holds: readonly Hold[] = ['shut', 'restricted'];

export interface NamedSanction extends Sanction {
  id: string;
}

/** Whether a platform is told of this hold of an account there by the outbox. */
export type IsTold = (platform: string, hold: Hold) => boolean;

/** How an account is held at its platform: by which sanction, for each hold. */
export type Holds = Partial<Record<Hold, string>>;

const holdOf: Readonly<Record<LadderStep, Hold | undefined>> = {
  warn: undefined,
  restrict: 'restricted',
  suspend: 'shut',
  bar: 'shut',
};

/** Suspension and bar end every session. */
export const shuts = (step: LadderStep): boolean => holdOf[step] === 'shut';

/** Suspensions and restrictions end on their day; a bar asks for review, a warning is said once. */
export const endsByItself = (step: LadderStep): boolean => step === 'suspend' || step === 'restrict';

/** What ought to hold `account` at the instant `at`, and by which sanction: the one that goes furthest. */
export function holdsAt(sanctions: readonly NamedSanction[], at: string, account: string): Holds {
  const held: Holds = {};
  const end = ({ step, until }: NamedSanction) => (endsByItself(step) ? (until ?? '9') : '9');
  const holding = sanctions
    .filter((one) => one.account === null || one.account === account)
    .filter((one) => inForce(one, at))
    .sort((a, b) => end(b).localeCompare(end(a)) || a.id.localeCompare(b.id));
  for (const { id, step } of holding) {
    const hold = holdOf[step];
    if (hold) held[hold] ??= id;
  }
  return held;
}

export interface Change {
  hold: Hold;
  kind: ActKind;
  /** the sanction that begins to hold, or whose hold ends */
  sanction: string;
  begins: boolean;
}

const kinds: Readonly<Record<Hold, readonly [begin: ActKind, end: ActKind]>> = {
  shut: ['suspend-account', 'restore-account'],
  restricted: ['restrict-account', 'end-restriction'],
};

/** What begins and ends the hold of a step at a platform; none for a warning. */
export const kindsOf = (step: LadderStep): readonly ActKind[] => {
  const hold = holdOf[step];
  return hold ? kinds[hold] : [];
};

/** From how it is held there to how it ought to be. What is held stays with the sanction that began it. */
export function changesBetween(held: Holds, wanted: Holds): Change[] {
  return holds.flatMap((hold): Change[] => {
    const [is, ought] = [held[hold], wanted[hold]];
    if (!is === !ought) return [];
    return ought
      ? [{ hold, kind: kinds[hold][0], sanction: ought, begins: true }]
      : [{ hold, kind: kinds[hold][1], sanction: is!, begins: false }];
  });
}

/** Shown at the platform beside what was done there. */
export function noticeOf(kind: ActKind, step: LadderStep): string {
  if (kind === 'restore-account') return 'Open again.';
  if (kind === 'end-restriction') return 'Not restricted any more.';
  const done = { warn: 'Warned', restrict: 'Restricted', suspend: 'Suspended', bar: 'Barred' }[step];
  return `${done} by the moderators of this forum. Your wallet has the reasons, and takes an appeal.`;
}

const gravity = ['good', 'warned', 'restricted', 'suspended', 'barred'];
const gravityOf: Readonly<Record<LadderStep, number>> = { warn: 1, restrict: 2, suspend: 3, bar: 4 };

/**
 * What the holder of `account` reads when a sanction ends by itself; undefined if another one holds them as hard.
 * `others` are without the one that ended.
 */
export function wordsAtEnd(
  step: LadderStep,
  others: readonly Sanction[],
  at: string,
  account: string,
): { title: string; body: string } | undefined {
  const { standing, until } = standingOf(others, at, account);
  if (gravity.indexOf(standing) >= gravityOf[step]) return undefined;
  const what = step === 'restrict' ? 'restriction' : 'suspension';
  const left =
    standing === 'restricted'
      ? ` You can sign in again. The account is still restricted${until ? ` until ${until}` : ''}.`
      : step === 'restrict'
        ? ' You can use the account as before.'
        : ' You can sign in again.';
  return { title: `Your ${what} has ended`, body: `The ${what} of this account is over.${left}` };
}
