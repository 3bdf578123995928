/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /public/figures and /public/figures.csv: for everybody, where an admin has said so. Months that are over. */
import { page } from '@answerable/kit/page.tsx';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { serviceTitle } from '../console/console-page.tsx';
import { consoleStyle } from '../console/console-style.ts';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { monthOf, periodsBetween, wholeMonth } from './periods.ts';
import { plotStyle } from './plot.tsx';
import { type PublicFigures, publicFigures } from './public-figures.ts';
import { PublicPage } from './public-page.tsx';
import { csvResponse } from './show-figures.tsx';

const monthsMax = 24;
const monthShape = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The months that are closed, newest first. */
async function months({ figures }: DeskParts): Promise<string[]> {
  const closed = await figures.closedDays();
  if (!closed) return [];
  const all = periodsBetween(closed.first, closed.last, 'month').filter((one) => one.to <= closed.last);
  return all
    .map((one) => monthOf(one.from))
    .slice(-monthsMax)
    .reverse();
}

async function monthFigures({ figures }: DeskParts, month: string, least: number): Promise<PublicFigures> {
  const { from, to } = wholeMonth(month);
  const days = periodsBetween(from, to, 'day');
  const [whole, each] = await Promise.all([figures.between(from, to), figures.of(days)]);
  return publicFigures(whole, each, least);
}

function requirePublic({ settings }: DeskParts): number {
  const set = settings.find('figures');
  if (!set?.public) throw new Refusal('not_found');
  return set.least;
}

export const showPublicFigures = (parts: DeskParts) => async (c: Context) => {
  const least = requirePublic(parts);
  const known = await months(parts);
  const asked = c.req.query('month');
  if (asked !== undefined && !monthShape.test(asked)) throw new Refusal('malformed', 'month');
  const month = asked ?? known[0];
  if (asked !== undefined && !known.includes(asked)) throw new Refusal('not_found');
  const shown = month === undefined ? null : await monthFigures(parts, month, least);
  if (wantsJson(c)) return c.json({ least, months: known, figures: shown });
  const { config } = parts;
  return page(
    c,
    {
      title: 'What our safety desk does, in figures',
      service: serviceTitle(config),
      practice: config.mode === 'practice',
      style: consoleStyle + plotStyle,
    },
    <PublicPage months={known} month={month} figures={shown} least={least} />,
  );
};

export const publicCsv = (parts: DeskParts) => async (c: Context) => {
  const least = requirePublic(parts);
  const lines = ['"from","to","figure","part","value"'];
  for (const month of (await months(parts)).toReversed()) {
    const { from, to, byDay, ...rest } = await monthFigures(parts, month, least);
    for (const [figure, value] of Object.entries(rest)) {
      const parts = value !== null && typeof value === 'object' ? Object.entries(value) : [['', value]];
      for (const [part, shown] of parts) lines.push(lineOf(from, to, figure, part, shown));
    }
    for (const { day, ...counts } of byDay)
      for (const [figure, shown] of Object.entries(counts)) lines.push(lineOf(day, day, figure, '', shown));
  }
  return csvResponse(c, `${lines.join('\r\n')}\r\n`);
};

const lineOf = (...cells: unknown[]): string => cells.map((cell) => `"${cell ?? ''}"`).join(',');
