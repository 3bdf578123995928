/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * What came with the reports: pictures (small, grey and blurred until somebody asks), addresses as text and not
 * as links, what was declared, how whoever reported can be reached, what was added later.
 */
import { Button, Form, Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';
import { displayText, Words } from '../console/display-text.tsx';
import { count } from '../deciding/event-words.ts';
import { complaintWords } from './form-words.ts';

type Shown = CasePageProps['view']['beside']['shown'];

export const EvidencePart: FC<CasePageProps> = (props) => {
  const { complaint, pictures, links, named, declaredBy, contacts, additions } = props.view.beside.shown;
  const some = [pictures, links, named, declaredBy, contacts, additions].some((list) => list.length > 0);
  if (!some && !complaint) return null;
  return (
    <section aria-labelledby="shown">
      <h2 id="shown">{complaint ? 'The complaint' : 'What came with it'}</h2>
      {complaint ? <Complained complaint={complaint} /> : null}
      {declaredBy.length > 0 ? (
        <Notice tone="mark" title="Intimate image, with all declarations">
          <p>
            Declared by{' '}
            {declaredBy.includes('subject') ? 'the person it shows' : 'somebody who acts for them'}. It comes
            down within 48 hours of the report, with its copies here, unless it is not one or they are not who
            they say (Online Safety Act, section 10(3A)).
          </p>
        </Notice>
      ) : null}
      {pictures.map((one) => (
        <Picture {...props} picture={one} />
      ))}
      {named.map(({ locator, kind, description }) => (
        <p>
          {locator} shows a {kind === 'picture' ? 'picture' : 'video'}:{' '}
          {displayText(description) || 'no words'}
        </p>
      ))}
      {links.length > 0 ? (
        <>
          <h3>Addresses</h3>
          <ul>
            {links.map((link) => (
              <li>
                <code>{link}</code>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {additions.map(({ day, words }) => (
        <div class="item">
          <p class="soft">Added {day}</p>
          <Words text={words} />
        </div>
      ))}
      {contacts.map((contact) => (
        <details class="more">
          <summary>How whoever reported can be reached</summary>
          <Words text={contact} />
        </details>
      ))}
    </section>
  );
};

const Complained: FC<{ complaint: NonNullable<Shown['complaint']> }> = ({ complaint }) => (
  <p>
    {complaintWords[complaint.about]}
    {complaint.concerns ? (
      <>
        {' '}
        It is about <a href={`/cases/${complaint.concerns}`}>case {complaint.concerns.slice(0, 6)}</a>.
      </>
    ) : null}
  </p>
);

const Picture: FC<CasePageProps & { picture: Shown['pictures'][number] }> = ({ view, csrf, picture }) => {
  const { hash, kind, width, height, description, describedBy } = picture;
  const what = kind === 'picture' ? 'Picture' : 'Still of a video';
  return (
    <div class="item">
      <p>
        {what}, {count(width, 'pixel')} by {height}.{' '}
        {description === '' ? 'Nobody has described it yet.' : displayText(description)}
        {describedBy ? <span class="soft"> ({describedBy})</span> : null}
      </p>
      <details class="veil">
        <summary>
          <img class="blurred" src={`/media/${hash}/blurred`} alt="" width="160" loading="lazy" /> Show it
          grey
        </summary>
        <img
          class="grey"
          src={`/media/${hash}`}
          alt={description || `${what} without a description`}
          loading="lazy"
        />
        <details class="more">
          <summary>In colour</summary>
          <img src={`/media/${hash}`} alt={description || `${what} without a description`} loading="lazy" />
        </details>
      </details>
      <details class="more">
        <summary>Describe it, so that others need not look</summary>
        <Form action={`/media/${hash}/description`} csrf={csrf} label={`Describe ${what.toLowerCase()}`}>
          <input type="hidden" name="case" value={view.caseId} />
          <p class="field">
            <label for={`seen-${hash}`}>What can be seen</label>
            <textarea id={`seen-${hash}`} name="description" rows={2} maxlength={500}>
              {description}
            </textarea>
          </p>
          <Button kind="plain">Keep</Button>
        </Form>
      </details>
    </div>
  );
};
