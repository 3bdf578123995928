/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /duties and what is below it, and GET /terms: as pages, JSON and CSV. */
import { page } from '@answerable/kit/page.tsx';
import { checkShape } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { statementsPerCall } from '@answerable/protocol/report/transparency-database';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { z } from 'zod';
import { dayOfInstant } from '../casework/deadline.ts';
import { consolePage, serviceTitle } from '../console/console-page.tsx';
import { consoleStyle } from '../console/console-style.ts';
import { displayText, Words } from '../console/display-text.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { DutyPage } from './duty-page.tsx';
import { type DutyView, dutyView } from './duty-view.ts';
import { ExportPage, RecordDocument } from './export-page.tsx';
import { clausesOn } from './record.ts';
import { MeasuresPage, RisksPage, TermsPage } from './record-pages.tsx';
import { csvOf } from './transparency.ts';

const callsMax = 100_000;
const calls = z.coerce.number().int().min(1).max(callsMax);
const period = z
  .object({ from: wire.day, to: wire.day })
  .refine(({ from, to }) => from <= to, { path: ['to'] });

/** Days that are counted; without any, this year so far. Throws Refusal `malformed`. */
function periodOf(c: Context, { clock }: DeskParts): { from: string; to: string } {
  const today = dayOfInstant(clock.now().toISOString());
  const from = c.req.query('from') || `${today.slice(0, 4)}-01-01`;
  return checkShape({ from, to: c.req.query('to') || today }, period);
}

async function viewOf(c: Context, parts: DeskParts): Promise<DutyView> {
  const { from, to } = periodOf(c, parts);
  c.header('cache-control', 'no-store');
  return dutyView(parts, from, to);
}

type Draw = (view: DutyView, session: Session, keeps: boolean) => Child;

const pageOf = (title: string, draw: Draw) => (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const view = await viewOf(c, parts);
  if (wantsJson(c)) return c.json(view);
  const keeps = session.staff.roles.includes('admin');
  return consolePage(c, parts.config, { title, session }, draw(view, session, keeps));
};

export const showDuties = pageOf('Duties', (view) => <DutyPage view={view} />);
export const showRisks = pageOf('Risk assessment', (view, { csrf }, keeps) => (
  <RisksPage view={view} csrf={csrf} keeps={keeps} />
));
export const showMeasures = pageOf('Measures', (view, { csrf }, keeps) => (
  <MeasuresPage view={view} csrf={csrf} keeps={keeps} />
));
export const showTerms = pageOf('Terms', (view, { csrf }, keeps) => (
  <TermsPage view={view} csrf={csrf} keeps={keeps} />
));
export const showExport = pageOf('Export', (view) => {
  const statements = view.transparency.find((row) => row.what === 'Statements of reasons')?.value ?? 0;
  return <ExportPage view={view} calls={Math.ceil(statements / statementsPerCall)} />;
});

/** One page without anything around it, as a printer wants it. */
export const showDocument = (parts: DeskParts) => async (c: Context) => {
  const view = await viewOf(c, parts);
  const options = { title: 'Duty record', service: serviceTitle(parts.config), style: consoleStyle };
  return page(c, options, <RecordDocument view={view} />);
};

export const exportJson = (parts: DeskParts) => async (c: Context) => {
  const view = await viewOf(c, parts);
  c.header('content-disposition', `attachment; filename="duties-${view.from}-${view.to}.json"`);
  return c.json(view);
};

export const exportTable = (parts: DeskParts) => async (c: Context) => {
  const view = await viewOf(c, parts);
  c.header('content-type', 'text/csv; charset=utf-8');
  c.header('content-disposition', `attachment; filename="figures-${view.from}-${view.to}.csv"`);
  return c.body(csvOf(view.transparency, view.from, view.to));
};

/** As the EU database takes them, so many in one call. */
export const exportStatements = (parts: DeskParts) => async (c: Context) => {
  const { from, to } = periodOf(c, parts);
  const { n } = checkShape({ n: c.req.param('n') }, z.object({ n: calls }));
  c.header('cache-control', 'no-store');
  return c.json({ statements: await parts.duty.statements(from, to, n) });
};

/** The terms as they stand today, for anybody (Online Safety Act s.10(8); DSA Art. 14(1)). */
export const showTermsToAll = (parts: DeskParts) => async (c: Context) => {
  const today = dayOfInstant(parts.clock.now().toISOString());
  const { record } = await parts.duty.read();
  const standing = clausesOn(record, today).map(({ clause, title, words, from }) => ({
    clause,
    title,
    words,
    from,
  }));
  if (wantsJson(c)) return c.json({ day: today, clauses: standing });
  const options = {
    title: 'Terms',
    service: serviceTitle(parts.config),
    practice: parts.config.mode === 'practice',
    style: consoleStyle,
  };
  return page(
    c,
    options,
    <>
      <p>As they stand on {today}.</p>
      {standing.length === 0 ? <p>No clause is published here yet.</p> : null}
      {standing.map((one) => (
        <section aria-labelledby={`clause-${one.clause}`}>
          <h2 id={`clause-${one.clause}`}>
            {one.clause} {displayText(one.title)}
          </h2>
          <Words text={one.words} />
          <p class="soft">In force since {one.from}.</p>
        </section>
      ))}
    </>,
  );
};
