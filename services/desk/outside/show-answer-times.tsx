/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /public/outside-notices, as a page, JSON or CSV: how companies answer the notices that we send them. */
import { Notice, page, Table } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import { serviceTitle } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { type AnswerTimes, hoursInWords } from './answer-times.ts';

const head = [
  'Company',
  'Notices sent',
  'Answered',
  'Acted on',
  'Median time to an answer',
  'Longest wait now',
];

export const showAnswerTimes = (parts: DeskParts) => async (c: Context) => {
  const { config, clock, notices } = parts;
  const times = await notices.answerTimes(clock.now().toISOString());
  if (wantsJson(c)) return c.json({ companies: times });
  const options = {
    title: 'How companies answer our notices',
    service: serviceTitle(config),
    practice: config.mode === 'practice',
  };
  return page(
    c,
    options,
    <>
      <p>
        When a page on another company’s service promotes suicide or hate, we send that company a notice, as
        the law lets anybody do. This is how long each one takes to answer.
      </p>
      {times.length === 0 ? (
        <Notice title="No notice was sent yet." />
      ) : (
        <>
          <Table caption="Notices by company" head={head} rows={times.map(rowOf)} />
          <p>
            <a href="/public/outside-notices.csv">The same as CSV</a>
          </p>
        </>
      )}
      <p class="soft">
        Acted on: the company said that it removed or restricted what the notice was about. The time runs from
        sending to the answer; the median is over answered notices only.
      </p>
    </>,
  );
};

const rowOf = (one: AnswerTimes): string[] => [
  displayText(one.company),
  String(one.sent),
  String(one.answered),
  String(one.acted),
  hoursInWords(one.medianHours),
  hoursInWords(one.oldestOpenHours),
];

export const showAnswerTimesCsv = (parts: DeskParts) => async (c: Context) => {
  const times = await parts.notices.answerTimes(parts.clock.now().toISOString());
  const rows = times.map((one) => [
    displayText(one.company),
    one.sent,
    one.answered,
    one.acted,
    rounded(one.medianHours),
    rounded(one.oldestOpenHours),
  ]);
  const names = ['company', 'sent', 'answered', 'acted', 'median_hours', 'oldest_open_hours'];
  c.header('content-type', 'text/csv; charset=utf-8');
  return c.body([names, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join(''));
};

const rounded = (hours: number | null) => (hours === null ? '' : Math.round(hours * 10) / 10);

// RFC 4180; and a text that a spreadsheet would take for a formula stays a text.
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}
