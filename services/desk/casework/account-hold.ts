/**
 * What a step of the ladder does to an account on the platform itself: it is shut, or restricted, or (warned) left as
 * it is. The two do not know each other, so that the end of one sanction leaves what another still holds. Pure.
 */
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { LadderStep } from '@answerable/protocol/report/sanction';

type Kind = ConnectorAct['kind'];

export interface AccountHold {
  begins: Kind;
  ends: Kind;
  /** in the ids of the acts: the gateway of our trust domain derives the same (ARCHITECTURE, "Who acts") */
  words: readonly [begin: string, end: string];
  /** shown there when it is over */
  over: string;
}

const shut: AccountHold = {
  begins: 'suspend-account',
  ends: 'restore-account',
  words: ['suspend', 'restore'],
  over: 'Open again.',
};
const restricted: AccountHold = {
  begins: 'restrict-account',
  ends: 'end-restriction',
  words: ['restrict', 'free'],
  over: 'Not restricted any more.',
};

const holds: Readonly<Record<LadderStep, AccountHold | undefined>> = {
  warn: undefined,
  restrict: restricted,
  suspend: shut,
  bar: shut,
};

/** Undefined for a step that does nothing there. */
export const accountHoldOf = (step: LadderStep): AccountHold | undefined => holds[step];

/** Shown at the platform beside what was done there. */
export function stepWords(step: LadderStep): string {
  const done = { warn: 'Warned', restrict: 'Restricted', suspend: 'Suspended', bar: 'Barred' }[step];
  return `${done} by the moderators of this forum.`;
}

const apart = '/restricted';

/** Under which name is noted that `target` must stay as it is: restricting it is noted apart from shutting it. */
export const notedAs = (kind: Kind, target: string): string =>
  kind === restricted.begins || kind === restricted.ends ? target + apart : target;

/** The target that was noted so. */
export const targetOf = (noted: string): string =>
  noted.endsWith(apart) ? noted.slice(0, -apart.length) : noted;
