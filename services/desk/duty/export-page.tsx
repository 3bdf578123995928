/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The record to take away: where the files are, and the whole of it on one page that prints. Names nobody:
 * members of staff are numbered.
 */
import { Notice, Table } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { displayText } from '../console/display-text.tsx';
import { DutyLinks, Evidence, Open, Period, Plainly, useWords } from './duty-page.tsx';
import type { DutyView } from './duty-view.ts';
import { ClauseList } from './record-pages.tsx';
import type { Row } from './transparency.ts';

export const ExportPage: FC<{ view: DutyView; calls: number }> = ({ view, calls }) => {
  const period = `from=${view.from}&to=${view.to}`;
  return (
    <>
      <DutyLinks here="/duties/export" />
      <Period action="/duties/export" from={view.from} to={view.to} />
      <ul>
        <li>
          <a href={`/duties/record.html?${period}`}>Everything on one page, for printing</a>
        </li>
        <li>
          <a href={`/duties/record.json?${period}`}>Everything as JSON</a>
        </li>
        <li>
          <a href={`/duties/figures.csv?${period}`}>The transparency figures as CSV</a>
        </li>
        {Array.from({ length: calls }, (_, n) => (
          <li>
            <a href={`/duties/statements/${n + 1}?${period}`}>
              Statements of reasons for the EU database, file {n + 1} of {calls}
            </a>
          </li>
        ))}
      </ul>
      <Notice title="Before you hand anything in">
        <p>
          The files name nobody by themselves. Read what people typed, facts above all: the database must not
          get anything about a person (DSA Art. 24(5)).
        </p>
      </Notice>
      <Figures rows={view.transparency} />
    </>
  );
};

const valueWords = ({ value, counted, unit }: Row): string => {
  if (value === null) return counted ? 'none yet' : 'not counted by this desk';
  return unit === 'share'
    ? `${Math.round(value * 1000) / 10} %`
    : `${value}${unit === 'minutes' ? ' minutes' : ''}`;
};

const Figures: FC<{ rows: readonly Row[] }> = ({ rows }) => (
  <Table
    caption="Transparency figures"
    head={['What', 'Of which', 'How many', 'Asked by']}
    rows={rows.map((row) => [row.what, row.part, valueWords(row), row.at])}
  />
);

/** The whole record as one document. */
export const RecordDocument: FC<{ view: DutyView }> = ({ view }) => (
  <>
    <p>
      Made on {view.made}; counted from {view.from} to {view.to}. {view.chain.records} records in the chain,
      ending with {view.chain.head ?? 'none'}.
    </p>
    <Plainly view={view} />
    <h2>Duties and what the desk can show</h2>
    {view.duties.map((one) => (
      <section>
        <h3>
          {one.title} ({one.law}, {one.at.join(', ')})
        </h3>
        <p>{one.does}</p>
        {one.use ? <p>Recorded: {useWords[one.use]}.</p> : null}
        <Evidence duty={one} />
      </section>
    ))}
    <h2>Risk assessment</h2>
    <Table
      caption="By kind of harm"
      head={['Harm', 'Likelihood', 'Impact', 'Why', 'What is done', 'Reviewed', 'Next']}
      rows={view.harms.map(({ title, risk }) =>
        risk
          ? [
              title,
              risk.likelihood,
              risk.impact,
              displayText(risk.evidence),
              displayText(risk.measures),
              `${risk.at.slice(0, 10)}, ${risk.by}`,
              risk.nextReview,
            ]
          : [title, 'not assessed', '', '', '', '', ''],
      )}
    />
    <h2>Measures</h2>
    <Table
      caption="In use, and what is done instead"
      head={['Measure', 'Use', 'Since', 'How', 'Instead', 'Free speech and private life']}
      rows={view.measures.map((one) => [
        one.measure,
        useWords[one.use] ?? one.use,
        one.since,
        displayText(one.words),
        displayText(one.instead),
        displayText(one.rights),
      ])}
    />
    <h2>Terms</h2>
    <ClauseList clauses={view.clauses} today={view.made} />
    <h2>Transparency</h2>
    <Figures rows={view.transparency} />
    {view.packs.map(({ law }) => (
      <Open view={view} law={law} />
    ))}
  </>
);
