/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Looking in on somebody again: what they asked for, what was seen so far, and what to write down now. */
import { Button, Choices, Field, Form, Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { welfareSights } from '../casework/care.ts';
import type { CasePageProps } from '../console/case-page.tsx';
import { Select } from '../console/finding-fields.tsx';
import { minutes } from '../deciding/event-words.ts';
import { sightWords, wishWords } from './care-words.ts';

const nextOptions = [
  ['', 'No, this is enough'],
  ['4', 'Yes, in 4 hours'],
  ['24', 'Yes, tomorrow'],
  ['72', 'Yes, in three days'],
  ['168', 'Yes, in a week'],
] as const;

export const WelfarePart: FC<CasePageProps> = ({ view, csrf }) => {
  const { welfare } = view;
  if (!welfare) return null;
  const leftAlone = welfare.wish?.wish === 'leave-alone';
  return (
    <section aria-labelledby="welfare">
      <h2 id="welfare">Looking in again</h2>
      {welfare.wish ? (
        <Notice tone={leftAlone ? 'mark' : 'good'} title={`${wishWords[welfare.wish.wish]}.`}>
          <p>
            {leftAlone
              ? 'Nobody writes to them about this any more. Look only at what anybody can see.'
              : 'A person should write soon, in plain words.'}{' '}
            ({minutes(welfare.wish.at)})
          </p>
        </Notice>
      ) : null}
      <p>
        {welfare.due === null
          ? 'Nobody is to look in again.'
          : welfare.waiting
            ? 'It is time to look in on them.'
            : `Somebody looks in again at ${minutes(welfare.due)}.`}
      </p>
      {welfare.checks.length === 0 ? null : (
        <ul>
          {welfare.checks.map((one) => (
            <li>
              {minutes(one.at)}, {one.by}: {sightWords[one.seen]}
              {one.wrote ? '; wrote to them' : ''}
            </li>
          ))}
        </ul>
      )}
      {view.may.checkWelfare ? (
        <Form action={`/cases/${view.caseId}/welfare`} csrf={csrf} label="Write down what you saw">
          <Choices
            name="seen"
            legend="What did you see?"
            options={welfareSights.map((value) => ({ value, text: sightWords[value] }))}
          />
          <p>
            If you are worried that they may die: <a href={`/alarms/${view.caseId}`}>Somebody may die</a>.
          </p>
          <Field name="note" label="A few words for colleagues" rows={2} required maxlength={2000} />
          {leftAlone ? null : (
            <>
              <Field
                name="words"
                label="Words to them, if you want to write"
                hint="Short and plain. Ask, do not advise; promise nothing that is not yours to keep."
                rows={3}
                maxlength={2000}
              />
              <Select name="nextHours" label="Look in again?" selected="24" options={nextOptions} />
            </>
          )}
          <Button>Keep</Button>
        </Form>
      ) : null}
    </section>
  );
};
