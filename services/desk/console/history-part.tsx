/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What happened in a case, line by line, and a note for colleagues. */
import { Button, Field, Form } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { minutes } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { displayText } from './display-text.tsx';

export const HistoryPart: FC<CasePageProps> = ({ view }) => (
  <section aria-labelledby="history">
    <h2 id="history">History</h2>
    <ol class="history">
      {view.history.map((event) => (
        <li>
          <span class="soft">
            {minutes(event.at)} · {event.who === event.role ? event.who : `${event.who}, ${event.role}`}
          </span>
          <br />
          {displayText(event.words)}
        </li>
      ))}
    </ol>
  </section>
);

export const NotePart: FC<CasePageProps> = ({ view, csrf }) => (
  <section aria-labelledby="note">
    <h2 id="note">Note for colleagues</h2>
    <Form action={`/cases/${view.caseId}/notes`} csrf={csrf} label="Keep a note">
      <Field name="note" label="Note" rows={2} maxlength={1000} required />
      <Button kind="plain">Keep the note</Button>
    </Form>
  </section>
);
