/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * What a thumb reaches on a phone: taking the case, going to its text, its decision or the next case. Everything
 * here stands elsewhere on the page too, so a wide screen does without.
 */
import { Form } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from './case-page.tsx';

export const ThumbPart: FC<CasePageProps> = ({ view, csrf }) => (
  <nav class="thumb" aria-label="At hand">
    <a class="button plain" href="#subject">
      Text
    </a>
    {view.may.decide ? (
      <a class="button" href="#deciding">
        Decide
      </a>
    ) : null}
    {view.may.claim ? (
      <Form action={`/cases/${view.caseId}/claim`} csrf={csrf} label="Take the case, at hand">
        <button type="submit" class="button">
          Take it
        </button>
      </Form>
    ) : null}
    <a class="button plain" href={`/next?after=${view.caseId}`}>
      Next
    </a>
  </nav>
);
