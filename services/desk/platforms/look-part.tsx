/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** On the case page, where no software can read the platform: one form for each thing nobody has looked at yet. */
import { Button, Form } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';
import { accountCharsMax, textCharsMax } from './look-by-hand.ts';

export const LookPart: FC<CasePageProps> = ({ view, csrf }) => {
  const { looks } = view.beside.platform;
  if (looks.length === 0) return null;
  return (
    <section aria-labelledby="looks">
      <h2 id="looks">Go and look</h2>
      <p>
        The desk cannot read this platform. Say what stands there and whose it is; only then can anybody be
        sanctioned for it.
      </p>
      {looks.map(({ locator: target, url }, n) => (
        <details class="more">
          <summary>{url ?? target}</summary>
          {url === null ? null : (
            <p>
              <a class="button plain" href={url} rel="noreferrer noopener">
                Open it on the platform
              </a>
            </p>
          )}
          <Form action={`/cases/${view.caseId}/looks`} csrf={csrf} label={`What stands at ${url ?? target}`}>
            <input type="hidden" name="target" value={target} />
            <div class="field">
              <label for={`look-account-${n}`}>
                Name of the account that wrote it (empty if there is none)
              </label>
              <input type="text" id={`look-account-${n}`} name="account" maxlength={accountCharsMax} />
            </div>
            <div class="field">
              <label for={`look-text-${n}`}>What it says, word for word</label>
              <textarea id={`look-text-${n}`} name="text" rows={4} required maxlength={textCharsMax} />
            </div>
            <Button>I have looked</Button>
          </Form>
        </details>
      ))}
    </section>
  );
};
