/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** How it stands: the number that matters first, clocks, whose it is, and taking it up. */
import { Button, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { count, minutes } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { people } from './queue-page.tsx';
import { kindWords, phaseWords, reasonWords } from './reason-words.ts';

export const StandingPart: FC<CasePageProps> = ({ view, csrf, now }) => {
  const { messages, accounts, persons } = view.headcount;
  const late = view.due !== null && view.due < now;
  return (
    <>
      <p class="big">
        {messages > 0 ? count(messages, 'message') : count(view.items.length, 'item')},{' '}
        {count(accounts, 'account')}
        {persons === null ? '' : `, ${people(persons)}`}
      </p>
      <p class="row">
        <Tag>{kindWords(view.kind)}</Tag> <Tag>{phaseWords(view.phase)}</Tag>
        {view.reasons.map((reason) => (
          <Tag>{reasonWords(reason)}</Tag>
        ))}
        {view.due === null ? null : (
          <Tag tone={late ? 'bad' : 'mark'}>
            {late ? 'late: was due' : 'due'} {minutes(view.due)}
            {view.dueUnder === null ? '' : `: ${view.dueUnder}`}
          </Tag>
        )}
        <span>{view.assignee ? `With ${view.mine ? 'you' : view.assignee}` : 'With nobody'}</span>
      </p>
      {view.kind === 'care' ? (
        <Notice tone="good" title="This is about somebody who may need help.">
          <p>Help can be shown and offered. There is no sanction for distress.</p>
        </Notice>
      ) : null}
      <div class="row">
        {view.may.claim ? (
          <Form action={`/cases/${view.caseId}/claim`} csrf={csrf} label="Take the case">
            <button type="submit" class="button" data-key="c">
              Take this case
            </button>
          </Form>
        ) : null}
        {view.may.release ? (
          <Form action={`/cases/${view.caseId}/release`} csrf={csrf} label="Give the case back">
            <Button kind="plain">Give it back</Button>
          </Form>
        ) : null}
      </div>
    </>
  );
};
