/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** On a case: why it stands earlier than it would, with the words that moved it. Live rules only. */
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';
import { displayText } from '../console/display-text.tsx';

export const RulesPart: FC<CasePageProps> = ({ view }) => {
  const live = view.ranked.filter((one) => one.mode === 'live');
  if (live.length === 0) return null;
  return (
    <section aria-labelledby="rules">
      <h2 id="rules">Why it stands here</h2>
      <ul>
        {live.map((one) => (
          <li>
            {displayText(one.says)}
            {one.pull > 0 ? `: ${one.pull} h earlier` : ''}
            {one.words.length > 0 ? ` (${one.words.map((word) => `“${displayText(word)}”`).join(', ')})` : ''}
          </li>
        ))}
      </ul>
      <p class="soft">A rule says where to look first, and nothing about what is right.</p>
    </section>
  );
};
