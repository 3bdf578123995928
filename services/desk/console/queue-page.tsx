/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The queues with counts, ages and what is late, and the waiting cases, most urgent first: what each is about in
 * one line, who is on it, by when. Shows words of anybody only where the case is not a heavy one.
 */
import { Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { type Queue, queueTitles } from '../casework/queue.ts';
import { count } from '../deciding/event-words.ts';
import type { QueueView } from '../deciding/show-queue.tsx';
import { kindWords, reasonsLine } from './reason-words.ts';

export const QueuePage: FC<{ view: QueueView }> = ({ view }) => (
  <>
    <Counts view={view} />
    {view.cases.length === 0 ? (
      <Notice tone="good" title="Nothing is waiting here." />
    ) : (
      <ol class="cases" aria-label="Waiting cases, most urgent first">
        {view.cases.map((one) => (
          <Case one={one} />
        ))}
      </ol>
    )}
    <p>
      <a href={view.queue ? `/?queue=${view.queue}` : '/'}>Look again</a>
    </p>
    <nav class="thumb" aria-label="At hand">
      <a class="button" href="/next" data-key="n">
        Next case
      </a>
    </nav>
  </>
);

const Counts: FC<{ view: QueueView }> = ({ view }) => (
  <ul class="counts" aria-label="Queues with counts and ages">
    <li>
      <a href="/" {...(view.queue ? {} : { 'aria-current': 'page' })}>
        All <strong>{view.counts.reduce((sum, one) => sum + one.count, 0)}</strong>
      </a>
    </li>
    {view.counts.map((one) => (
      <li>
        <a href={`/?queue=${one.queue}`} {...(view.queue === one.queue ? { 'aria-current': 'page' } : {})}>
          {queueTitles[one.queue as Queue] ?? one.queue} <strong>{one.count}</strong>
          {one.oldestSeconds === null ? null : <span>, oldest {ageWords(one.oldestSeconds)}</span>}
        </a>
      </li>
    ))}
  </ul>
);

const Case: FC<{ one: QueueView['cases'][number] }> = ({ one }) => (
  <li class="case">
    <div>
      <a href={`/cases/${one.caseId}`} data-stop>
        {kindWords(one.kind)} {one.caseId.slice(0, 6)}
      </a>
      : {reasonsLine(one.reasons)}
      <span class="soft">, {amountWords(one)}</span>
    </div>
    <div class="clocks">
      <Due seconds={one.dueSeconds} /> <span class="soft">waiting {ageWords(one.ageSeconds)}</span>{' '}
      {one.hold ? <Tag tone="mark">held</Tag> : null}{' '}
      {one.assignee ? (
        <Tag>with {one.assignee}</Tag>
      ) : one.phase === 'escalated' ? (
        <Tag>needs a second person</Tag>
      ) : null}
    </div>
  </li>
);

function amountWords({ reports, headcount }: QueueView['cases'][number]): string {
  const { messages, accounts, persons } = headcount;
  const who =
    persons === null ? count(accounts, 'account') : `${count(accounts, 'account')}, ${people(persons)}`;
  return messages > 1
    ? `${count(messages, 'message')}, ${who}; ${count(reports, 'report')}`
    : count(reports, 'report');
}

export const people = (n: number): string => (n === 1 ? 'one person' : `${n} persons`);

const Due: FC<{ seconds: number | null }> = ({ seconds }) =>
  seconds === null ? null : seconds < 0 ? (
    <span class="late">late by {ageWords(-seconds)}</span>
  ) : (
    <span>due in {ageWords(seconds)}</span>
  );

/** `3 min`, `5 h`, `2 days`: ages at a glance. */
export function ageWords(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
