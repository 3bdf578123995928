/**
 * From counts to figures that name nobody: a day stands by itself where no figure of it is between one and four;
 * the days that do not are added up by week, the weeks that do not into the rest; and what is still smaller is
 * only said to be smaller. No figure is in two sums, so none can be had by taking one from another. Pure.
 */

/** A figure below this, and above none, might be somebody. */
const peopleMin = 5;
const msPerDay = 86_400_000;
/** An entry of the log is small: so many routes, and so long a name of a count. */
const censusRoutesMax = 8;
const kindCharsMax = 60;
const censusOutcomes = ['begun', 'back', 'completed'] as const;

export interface RouteCount {
  day: string;
  route: string;
  outcome: string;
  count: number;
}

/** Null: one to four. An outcome that is not named was none. */
export type Outcomes = Record<string, number | null>;

export interface Span {
  over: 'day' | 'week' | 'rest';
  /** First and last day. */
  from: string;
  to: string;
  outcomes: Outcomes;
}

export interface RouteFigures {
  route: string;
  spans: Span[];
}

/** By route; only spans that are over before `today`. */
export function routeFigures(counts: readonly RouteCount[], today: string): RouteFigures[] {
  const over = counts.filter(({ day }) => weekOf(day).to < today);
  return [...groups(over, ({ route }) => route)].map(([route, rows]) => ({ route, spans: spansOf(rows) }));
}

/** Of one day, for the census of the log: begun, back and completed of routes that stand by themselves on it. */
export function censusOfRoutes(rows: readonly RouteCount[]): Record<string, number> {
  const good = [...groups(rows, ({ route }) => route)]
    .filter(([, of]) => isGood(of))
    .slice(0, censusRoutesMax);
  const cells = good.flatMap(([route, of]) =>
    censusOutcomes.map((outcome) => [`route.${route}.${outcome}`, sums(of).get(outcome) ?? 0] as const),
  );
  return Object.fromEntries(cells.filter(([kind]) => kind.length <= kindCharsMax));
}

function spansOf(rows: readonly RouteCount[]): Span[] {
  const days = [...groups(rows, ({ day }) => day)].map(([day, of]) => ({ from: day, to: day, of }));
  const [goodDays, thinDays] = split(days);
  const byWeek = groups(
    thinDays.flatMap(({ of }) => of),
    ({ day }) => weekOf(day).from,
  );
  const [goodWeeks, thinWeeks] = split([...byWeek.values()].map((of) => ({ ...weekOf(of[0]!.day), of })));
  const rest = thinWeeks.flatMap(({ of }) => of);
  const spans = [
    ...goodDays.map((span) => said('day', span)),
    ...goodWeeks.map((span) => said('week', span)),
  ].sort((a, b) => a.from.localeCompare(b.from));
  const [first, last] = [thinWeeks[0], thinWeeks.at(-1)];
  return first && last ? [...spans, said('rest', { from: first.from, to: last.to, of: rest })] : spans;
}

interface Raw {
  from: string;
  to: string;
  of: readonly RouteCount[];
}

function split(spans: readonly Raw[]): [good: Raw[], thin: Raw[]] {
  return [spans.filter(({ of }) => isGood(of)), spans.filter(({ of }) => !isGood(of))];
}

const isGood = (rows: readonly RouteCount[]): boolean =>
  [...sums(rows).values()].every((sum) => sum >= peopleMin);

const said = (over: Span['over'], { from, to, of }: Raw): Span => ({
  over,
  from,
  to,
  outcomes: Object.fromEntries(
    [...sums(of)].sort().map(([name, sum]) => [name, sum >= peopleMin ? sum : null]),
  ),
});

function sums(rows: readonly RouteCount[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { outcome, count } of rows) found.set(outcome, (found.get(outcome) ?? 0) + Number(count));
  return found;
}

function groups<T>(rows: readonly T[], nameOf: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(nameOf(row), [...(found.get(nameOf(row)) ?? []), row]);
  return found;
}

/** Monday to Sunday. */
function weekOf(day: string): { from: string; to: string } {
  const at = new Date(`${day}T00:00:00Z`).getTime();
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  const monday = at - sinceMonday * msPerDay;
  return { from: dayAt(monday), to: dayAt(monday + 6 * msPerDay) };
}

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
