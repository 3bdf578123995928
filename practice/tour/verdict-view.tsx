/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The thief's result in two large sentences, from the figures that the step counted. Without all of these
 * figures there is no verdict: a missing count must not look like a nought.
 */
import type { FC } from 'hono/jsx';

export interface Figures {
  banAccounts: number;
  banNamed: number;
  named: number;
  linked: number;
}

export function verdictOf(figures: Record<string, number> | undefined): Figures | undefined {
  const { banAccounts, banNamed, named, linked } = figures ?? {};
  const all = [banAccounts, banNamed, named, linked];
  return all.every((count) => typeof count === 'number')
    ? ({ banAccounts, banNamed, named, linked } as Figures)
    : undefined;
}

export const Verdict: FC<{ verdict: Figures }> = ({ verdict }) => {
  const { banAccounts, banNamed, named, linked } = verdict;
  return (
    <div class="verdict">
      <p class="world ban">
        The ban:{' '}
        <strong>
          {banNamed === banAccounts ? `all ${banNamed} named.` : `${banNamed} of ${banAccounts} named.`}
        </strong>
      </p>
      <p class="world answerable">
        Answerable:{' '}
        <strong>
          {named} named, {linked} linked.
        </strong>
      </p>
    </div>
  );
};
