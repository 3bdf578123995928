/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Of a case: which forum was asked what, by when it should answer; or that nobody can be asked. */
import { Button, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';
import { minutes } from '../deciding/event-words.ts';

const about = { confirmation: 'the proposal', hold: 'the hold', appeal: 'the appeal' };
const stands = { answered: 'answered', late: 'not in time', moot: 'not needed any more' };

export const PanelPart: FC<CasePageProps> = ({ view, csrf }) => {
  const { asked, unasked } = view.panel;
  const byHand = unasked > 0 && !view.rules.oneModerator && view.panel.mayAsk;
  const nobody = unasked > 0 && view.rules.oneModerator;
  if (asked.length === 0 && !byHand && !nobody) return null;
  return (
    <section aria-labelledby="panel">
      <h2 id="panel">With other forums</h2>
      {asked.length > 0 ? (
        <ul>
          {asked.map((one) => (
            <li>
              <strong>{one.forum}</strong>, about {about[one.about]}:{' '}
              {one.state === 'asked' ? (
                <Tag tone="mark">answer due {minutes(one.due)}</Tag>
              ) : (
                <Tag>{stands[one.state]}</Tag>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {byHand ? (
        <Form action={`/cases/${view.caseId}/panel`} csrf={csrf} label="Ask another forum">
          <p>If everybody here had part in it, somebody of another forum can decide.</p>
          <Button kind="plain">Ask another forum</Button>
        </Form>
      ) : null}
      {nobody ? (
        <Notice>
          <p>
            This waits for somebody of another forum, and none is asked yet. If it stays so, agree with a
            forum under <a href="/panel">For other forums</a>.
          </p>
        </Notice>
      ) : null}
    </section>
  );
};
