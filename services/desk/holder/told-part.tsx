/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Of a case where there is no gateway: who was told what, and what a person must hand over. */
import { Button, Form, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';

export const ToldPart: FC<CasePageProps> = ({ view, csrf }) => {
  if (view.letters.length === 0) return null;
  // While it stands on the list of what is done by hand, a new address would end the one that stands there.
  const byHand = new Set(
    view.beside.platform.hands
      .filter((one) => one.kind === 'tell-account' && one.state === 'waiting')
      .map((one) => one.target),
  );
  const waits = (sub: string) => byHand.has(`account/${sub}`);
  const untold = [...new Set(view.letters.filter((one) => one.told === false).map((one) => one.sub))].filter(
    (sub) => !waits(sub) && view.letters.every((one) => one.sub !== sub || one.told === false),
  );
  return (
    <section aria-labelledby="told">
      <h2 id="told">What they were told</h2>
      <ul>
        {view.letters.map((one) => (
          <li>
            {one.day}, {one.account}: {one.title} {one.told === null ? <Tag>on its way</Tag> : null}
            {one.told === false && waits(one.sub) ? <Tag tone="mark">to be told by hand</Tag> : null}
            {one.told === false && !waits(one.sub) ? (
              <Tag tone="bad">not told: {one.could || 'the platform cannot'}</Tag>
            ) : null}
          </li>
        ))}
      </ul>
      {untold.map((sub) => (
        <Form action={`/cases/${view.caseId}/addresses`} csrf={csrf} label="Hand the decision over">
          <input type="hidden" name="sub" value={sub} />
          <p>
            The platform could not tell {view.letters.find((one) => one.sub === sub)?.account}. If you can
            reach them, hand over the address of their decision page.
          </p>
          <Button kind="plain">Show the address, once</Button>
        </Form>
      ))}
    </section>
  );
};
