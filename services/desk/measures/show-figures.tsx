/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /figures and /figures/:plot.csv for the people who work here; POST /figures/settings for an admin. */
import { asForm, checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { queues } from '../casework/queue.ts';
import { consolePage } from '../console/console-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { figureDefaults, figureSettings } from './figure-settings.ts';
import { FiguresPage } from './figures-page.tsx';
import { dayBefore, periodsBetween, spans } from './periods.ts';
import { plotStyle } from './plot.tsx';
import { csvOf, plotsOf } from './plots.ts';
import { dayAt } from './tally-store.ts';

const spanDefault = '4w';

async function seriesOf({ figures, clock }: DeskParts, c: Context) {
  const span = c.req.query('span') ?? spanDefault;
  const found = Object.hasOwn(spans, span) ? spans[span] : undefined;
  if (!found) throw new Refusal('malformed', 'span');
  const to = dayAt(clock.now().getTime());
  const from = dayBefore(to, found.days - 1);
  const periods = periodsBetween(from, to, found.step);
  const [whole, each] = await Promise.all([figures.between(from, to), figures.of(periods)]);
  return { span, from, to, whole, each, plots: plotsOf(each), periods: periods.map((one) => one.to) };
}

export const showFigures = (parts: DeskParts) => async (c: Context) => {
  const session = await parts.signIn.session(c);
  const { each: _each, ...view } = await seriesOf(parts, c);
  const [waiting, late] = await Promise.all([
    parts.figures.waiting(),
    parts.store.late(queues, parts.clock.now().toISOString()),
  ]);
  c.header('cache-control', 'no-store');
  const now = { waiting: waiting.map((one) => ({ ...one, late: late.get(one.queue) ?? 0 })) };
  if (wantsJson(c)) return c.json({ ...view, now });
  const settings = parts.settings.find('figures') ?? figureDefaults;
  return consolePage(
    c,
    parts.config,
    { title: 'Figures', session, style: plotStyle },
    <FiguresPage
      view={view}
      waiting={now.waiting}
      now={parts.clock.now()}
      csrf={session.csrf}
      settings={session.staff.roles.includes('admin') ? settings : null}
    />,
  );
};

export const figuresCsv = (parts: DeskParts) => async (c: Context) => {
  const { plots, periods } = await seriesOf(parts, c);
  const plot = plots.find(({ name }) => `${name}.csv` === c.req.param('plot'));
  if (!plot) throw new Refusal('not_found');
  return csvResponse(c, csvOf(periods, plot));
};

export function csvResponse(c: Context, text: string): Response {
  c.header('content-type', 'text/csv; charset=utf-8');
  c.header('cache-control', 'no-store');
  return c.body(text);
}

export const changeFigureSettings = (parts: DeskParts) => async (c: Context) => {
  const { staff } = await parts.signIn.session(c);
  const form = await asForm(c.req.parseBody());
  const given = {
    public: form.public === 'yes',
    least: Number(form.least),
    practiceEvery: Number(form.practiceEvery),
  };
  await parts.settings.change(staff.name, 'figures', checkShape(given, figureSettings));
  return c.redirect('/figures', 303);
};
