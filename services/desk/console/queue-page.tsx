/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The queues with counts, ages and what is late, and the waiting cases, most urgent first: what each is about in
 * one line, who is on it, by when. Words of anybody stand here only where the case is not a heavy one.
 */
import { Button, Notice, Tag } from '@answerable/kit/page.tsx';
import { reportReasons } from '@answerable/protocol/report/report';
import type { FC, PropsWithChildren } from 'hono/jsx';
import { type Queue, queueTitles } from '../casework/queue.ts';
import { count } from '../deciding/event-words.ts';
import type { QueueView } from '../deciding/queue-view.ts';
import { RestNotice } from '../shift/shift-page.tsx';
import { displayText } from './display-text.tsx';
import { Select } from './finding-fields.tsx';
import { kindWords, reasonsLine, reasonWords } from './reason-words.ts';

interface QueueProps {
  view: QueueView;
  csrf: string;
}

export const QueuePage: FC<QueueProps> = ({ view, csrf }) => {
  const alarms = view.cases.filter((one) => one.alarm);
  const others = view.cases.filter((one) => !one.alarm);
  return (
    <>
      {alarms.length > 0 ? (
        <section aria-labelledby="alarms" class="alarms">
          <h2 id="alarms">Somebody may die</h2>
          <Cases cases={alarms} label="Alarms" />
        </section>
      ) : null}
      <RestNotice rest={view.rest} now={view.now} />
      <Counts view={view} />
      <Filters view={view} />
      {view.cases.length === 0 ? (
        <Notice tone="good" title="Nothing is waiting here.">
          <p>
            People report on <a href="/report">the public form</a>. It helps if the forum links to it where
            everybody sees it.
          </p>
        </Notice>
      ) : (
        <Choosing csrf={csrf}>
          <Cases cases={others} label="Waiting cases, most urgent first" choosing />
        </Choosing>
      )}
      <nav class="thumb" aria-label="At hand">
        <a class="button plain" href={addressOf(view)}>
          Look again
        </a>
        <a class="button" href="/next" data-key="n">
          Next case
        </a>
      </nav>
    </>
  );
};

/** Several like cases can be ticked and decided together; what cannot be has no box. */
const Choosing: FC<PropsWithChildren<{ csrf: string }>> = ({ csrf, children }) => (
  <form method="post" action="/bulk/review" aria-label="Several at once" class="choosing">
    <input type="hidden" name="csrf" value={csrf} />
    {children}
    <p class="several">
      <button type="submit" class="button plain" id="several">
        Decide the ticked ones together
      </button>
    </p>
  </form>
);

const addressOf = ({ asked }: QueueView): string => {
  const query = new URLSearchParams({ ...asked }).toString();
  return query === '' ? '/' : `/?${query}`;
};

const Counts: FC<{ view: QueueView }> = ({ view }) => (
  <ul class="counts" aria-label="Queues with counts and ages">
    <li>
      <a href="/" {...(view.queue ? {} : { 'aria-current': 'page' })}>
        <strong>{view.counts.reduce((sum, one) => sum + one.count, 0)}</strong> All
      </a>
    </li>
    {view.counts.map((one) => (
      <li>
        <a
          href={`/?queue=${one.queue}`}
          class={one.count === 0 ? 'empty' : ''}
          {...(view.queue === one.queue ? { 'aria-current': 'page' } : {})}
        >
          <strong>{one.count}</strong> {queueTitles[one.queue as Queue] ?? one.queue}
          {one.oldestSeconds === null ? null : <small>oldest {ageWords(one.oldestSeconds)}</small>}
          {one.late > 0 ? <small class="late">{one.late} late</small> : null}
        </a>
      </li>
    ))}
  </ul>
);

const Filters: FC<{ view: QueueView }> = ({ view: { asked } }) => (
  <details class="more" open={Boolean(asked.with ?? asked.reason ?? asked.late)}>
    <summary>Show only some</summary>
    <form method="get" action="/" class="filters" aria-label="Show only some">
      {asked.queue ? <input type="hidden" name="queue" value={asked.queue} /> : null}
      <Select
        name="with"
        label="With whom"
        selected={asked.with ?? ''}
        options={[
          ['', 'anybody or nobody'],
          ['nobody', 'nobody'],
          ['me', 'me'],
        ]}
      />
      <Select
        name="reason"
        label="Reported as"
        selected={asked.reason ?? ''}
        options={[['', 'anything'], ...reportReasons.map((one) => [one, reasonWords(one)] as const)]}
      />
      <Select
        name="late"
        label="Clock"
        selected={asked.late ?? ''}
        options={[
          ['', 'all'],
          ['yes', 'late ones'],
        ]}
      />
      <Button kind="plain">Show</Button>
    </form>
  </details>
);

type CasesProps = { cases: QueueView['cases']; label: string; choosing?: boolean };

const Cases: FC<CasesProps> = ({ cases, label, choosing }) => (
  <ol class="cases" aria-label={label}>
    {cases.map((one) => (
      <li class={choosing ? 'case ticked' : 'case'}>
        {choosing && one.together ? (
          <input
            type="checkbox"
            name="cases"
            value={one.caseId}
            aria-label={`Tick ${kindWords(one.kind)} ${one.caseId.slice(0, 6)}`}
          />
        ) : choosing ? (
          <span />
        ) : null}
        <div>
          <a href={`/cases/${one.caseId}`} data-stop>
            {kindWords(one.kind)} {one.caseId.slice(0, 6)}
          </a>
          : {reasonsLine(one.reasons)}
          <span class="soft">, {amountWords(one)}</span>
          {one.opening ? (
            <span class="opening">
              <bdi dir="auto">{displayText(one.opening.replace(/\s+/g, ' '))}</bdi>
            </span>
          ) : null}
        </div>
        <div class="clocks">
          {one.alarm ? <Tag tone="bad">alarm</Tag> : null}{' '}
          <Due seconds={one.dueSeconds} under={one.dueUnder} />{' '}
          <span class="soft">waiting {ageWords(one.ageSeconds)}</span>{' '}
          {one.hold ? <Tag tone="mark">held</Tag> : null}{' '}
          {one.assignee ? (
            <Tag>{one.mine ? 'with you' : `with ${one.assignee}`}</Tag>
          ) : one.phase === 'escalated' ? (
            <Tag>needs a second person</Tag>
          ) : null}
        </div>
      </li>
    ))}
  </ol>
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

const Due: FC<{ seconds: number | null; under: string | null }> = ({ seconds, under }) =>
  seconds === null ? null : seconds < 0 ? (
    <span class="late">
      late by {ageWords(-seconds)}
      {under ? `, ${under}` : ''}
    </span>
  ) : (
    <span>
      due in {ageWords(seconds)}
      {under ? <span class="soft">, {under}</span> : null}
    </span>
  );

/** `3 min`, `5 h`, `2 days`: ages at a glance. */
export function ageWords(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
