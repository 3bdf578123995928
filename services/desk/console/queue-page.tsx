/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The queues with counts and ages, and the waiting cases, most urgent first. Shows no text of anybody. */
import { Notice, Table, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { type Queue, queueTitles } from '../casework/queue.ts';
import { count } from '../deciding/event-words.ts';
import type { QueueView } from '../deciding/show-queue.tsx';

const kindWords: Record<string, string> = {
  content: 'Post',
  page: 'Page',
  'pile-on': 'Pile-on',
  care: 'Care',
  complaint: 'Complaint',
};

export const QueuePage: FC<{ view: QueueView }> = ({ view }) => (
  <>
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
    <p>
      <a href={view.queue ? `/?queue=${view.queue}` : '/'}>Look again</a>
    </p>
    {view.cases.length === 0 ? (
      <Notice tone="good" title="Nothing is waiting here." />
    ) : (
      <Table
        caption="Waiting cases, most urgent first"
        head={['Case', 'What', 'How much', 'Waiting', 'Due', 'With']}
        rows={view.cases.map((one) => [
          <a href={`/cases/${one.caseId}`} data-stop>
            {kindWords[one.kind] ?? one.kind} {one.caseId.slice(0, 6)}
          </a>,
          <>
            {one.reasons.join(', ')}
            {one.hold ? (
              <>
                {' '}
                <Tag tone="mark">held</Tag>
              </>
            ) : null}
          </>,
          amountWords(one),
          ageWords(one.ageSeconds),
          <Due seconds={one.dueSeconds} />,
          one.assignee ?? (one.phase === 'escalated' ? 'a second person' : 'nobody'),
        ])}
      />
    )}
  </>
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
  seconds === null ? (
    <span>–</span>
  ) : seconds < 0 ? (
    <span class="late">late by {ageWords(-seconds)}</span>
  ) : (
    <span>in {ageWords(seconds)}</span>
  );

/** `3 min`, `5 h`, `2 days`: ages at a glance. */
export function ageWords(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
