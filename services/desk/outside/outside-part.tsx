/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** On a case: the notices to other companies that rest on it, and the way to a new one. */
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { phaseWords } from './notice-page.tsx';

export const OutsidePart: FC<CasePageProps> = ({ view }) => {
  const may = view.kind !== 'care' && view.items.some((item) => !item.distress);
  if (view.notices.length === 0 && !may) return null;
  return (
    <section aria-labelledby="outside">
      <h2 id="outside">On somebody else’s service</h2>
      {view.notices.length > 0 ? (
        <ul>
          {view.notices.map((one) => (
            <li>
              <a href={`/outside/${one.notice}`}>{displayText(one.company)}</a>: {phaseWords[one.phase]}
            </li>
          ))}
        </ul>
      ) : null}
      {may ? (
        <p>
          <a href={`/cases/${view.caseId}/outside-notices`}>Write a notice to another company</a>
        </p>
      ) : null}
    </section>
  );
};
