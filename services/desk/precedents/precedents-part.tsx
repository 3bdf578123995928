/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Decided cases with like words: so that like is decided alike, or one says why not. */
import { Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { kindWords, measureWords } from '../console/reason-words.ts';
import type { CaseView } from '../deciding/case-view.ts';

type Precedent = CaseView['beside']['precedents'][number];

export const PrecedentsPart: FC<CasePageProps> = ({ view }) => {
  const { precedents } = view.beside;
  if (view.items.length === 0) return null;
  return (
    <section aria-labelledby="precedents">
      <h2 id="precedents">Decided before, with like words</h2>
      {precedents.length === 0 ? <p class="soft">Nothing like it was decided here yet.</p> : null}
      <ul class="plain-list">
        {precedents.map((one) => (
          <li class="item">
            <p>
              <a href={`/cases/${one.caseId}`}>
                {one.day}, {kindWords(one.kind)} {one.caseId.slice(0, 6)}
              </a>
              : <strong>{outcomeWords(one)}</strong>{' '}
              <span class="soft">{one.sharedPercent} % of the words</span>
            </p>
            {one.appeals.map((outcome) => (
              <p>
                <Tag tone={outcome === 'upheld' ? 'good' : 'bad'}>{outcome} on appeal</Tag>
              </p>
            ))}
            {one.reasons ? (
              <p>
                {displayText(one.reasons.ground)}. {displayText(one.reasons.explanation)}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
};

function outcomeWords({ path, limb, measures }: Precedent): string {
  if (path === 'none') return 'nothing against the rules';
  if (path === 'care') return 'help was shown';
  if (path === 'complaint') return 'a complaint, answered';
  const against = limb === 'illegal' ? 'illegal' : 'against the terms';
  return `${against}: ${measures.map(measureWords).join(', ')}`;
}
