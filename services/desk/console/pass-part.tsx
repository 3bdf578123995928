/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Passing on, filing elsewhere. */
import { Button, Form } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from './case-page.tsx';

export const PassPart: FC<CasePageProps> = ({ view, csrf }) => {
  const { may, caseId } = view;
  if (!may.escalate && !may.refile) return null;
  return (
    <details class="more">
      <summary>Pass on, or file elsewhere</summary>
      {may.escalate ? (
        <Form action={`/cases/${caseId}/escalation`} csrf={csrf} label="Pass on">
          <div class="field">
            <label for="escalate-why">Pass on to a second person, because</label>
            <input type="text" id="escalate-why" name="why" required maxlength={1000} data-key="e" />
          </div>
          <Button kind="plain">Pass on</Button>
        </Form>
      ) : null}
      {may.refile ? (
        <Form action={`/cases/${caseId}/kind`} csrf={csrf} label="File elsewhere">
          <div class="field">
            <label for="refile-to">File as</label>
            <select id="refile-to" name="to">
              {['content', 'page', 'pile-on', 'care'].map((kind) => (
                <option value={kind} selected={kind === view.kind}>
                  {kind}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="refile-why">Because</label>
            <input type="text" id="refile-why" name="why" required maxlength={1000} />
          </div>
          <Button kind="plain">File</Button>
        </Form>
      ) : null}
    </details>
  );
};
