/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The thief's result in two large sentences, from the figures that the step counted. Without all of these
 * figures there is no verdict: a missing count must not look like a nought.
 */
import type { Outcome } from '@answerable/practice-story/step';
import type { FC } from 'hono/jsx';

/** Names of the figures that make the verdict. */
export interface Verdict {
  banNamed: number;
  answerableNamed: number;
  answerableLinked: number;
}

export function verdictOf({ figures }: Outcome): Verdict | undefined {
  const { banNamed, answerableNamed, answerableLinked } = figures ?? {};
  if (banNamed === undefined || answerableNamed === undefined || answerableLinked === undefined)
    return undefined;
  return { banNamed, answerableNamed, answerableLinked };
}

/** `asPromised`: the step checked that under the ban these are all people. */
export const VerdictView: FC<{ verdict: Verdict; asPromised: boolean }> = ({ verdict, asPromised }) => {
  const { banNamed, answerableNamed, answerableLinked } = verdict;
  return (
    <div class="verdict">
      <p class="world ban">
        The ban:{' '}
        <strong>
          {asPromised ? 'all ' : ''}
          {banNamed} named.
        </strong>
      </p>
      <p class="world answerable">
        Answerable:{' '}
        <strong>
          {answerableNamed} named, {answerableLinked} linked.
        </strong>
      </p>
    </div>
  );
};
