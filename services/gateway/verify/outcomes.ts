/**
 * A batch of presentations and what is said of each, as plain values: they go from thread to thread.
 * Must never: say more of a failed proof than that it failed.
 */
import { Malformed, ProofFailed } from '@answerable/core/errors';
import type { Question } from '@answerable/core/presentation/question';
import { type Presentation, verifyPresentations } from '@answerable/core/presentation/verify';

export interface Asked {
  octets: Uint8Array;
  question: Question;
}

/** What a gateway needs of a presentation that holds. */
export type Shown = Pick<Presentation, 'pseudonym' | 'disclosed'>;

export type Outcome = { shown: Shown } | { malformed: { field: string; shape: string } } | { failed: true };

export function outcomesOf(batch: readonly Asked[]): Outcome[] {
  return verifyPresentations(batch).map((result) => {
    if (result instanceof Malformed) return { malformed: { field: result.field, shape: result.shape } };
    if (result instanceof ProofFailed) return { failed: true };
    return { shown: { pseudonym: result.pseudonym, disclosed: result.disclosed } };
  });
}

/** Returns what was shown, or throws what verifyPresentation would have thrown. */
export function shownOf(outcome: Outcome): Shown {
  if ('shown' in outcome) return outcome.shown;
  if ('malformed' in outcome) throw new Malformed(outcome.malformed.field, outcome.malformed.shape);
  throw new ProofFailed();
}
