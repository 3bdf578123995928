/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Of a complaint: the answer to whoever complained, in words, with what is done about it. */
import { Button, Choices, Field, Form } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from './case-page.tsx';
import { keptIn } from './kept.ts';

const outcomes = [
  ['upheld', 'They are right'],
  ['partly', 'They are partly right'],
  ['not-upheld', 'We see it otherwise'],
] as const;

export const ComplaintPart: FC<CasePageProps> = ({ view, csrf, draft }) => {
  if (!view.may.answer) return null;
  const action = `/cases/${view.caseId}/decision`;
  const kept = keptIn(draft, action);
  return (
    <section aria-labelledby="complaint">
      <h2 id="complaint">Answer the complaint</h2>
      <Form action={action} csrf={csrf} label="Answer the complaint">
        <input type="hidden" name="about" value="complaint" />
        <Choices
          name="outcome"
          legend="What came of it?"
          options={outcomes.map(([value, text]) => ({ value, text, checked: kept.chosen('outcome', value) }))}
        />
        <Field
          name="reply"
          label="Your answer, in words"
          hint="They read it with their receipt."
          rows={4}
          maxlength={2000}
          value={kept.one('reply')}
          required
        />
        <Field
          name="remedy"
          label="What is done about it"
          hint="Needed unless you see it otherwise."
          rows={2}
          maxlength={1000}
          value={kept.one('remedy')}
        />
        <Button>Send the answer</Button>
      </Form>
    </section>
  );
};
