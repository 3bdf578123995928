/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The figures of one month for everybody: one table that can be read aloud, and the days of the month as a plot. */
import { Notice, Table } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { few, type Shown } from './disclosure-control.ts';
import { goldenClasses } from './golden-cases.ts';
import { PlotPart } from './plot.tsx';
import { minutesWords, type Plot } from './plots.ts';
import type { PublicFigures } from './public-figures.ts';

interface PublicPageProps {
  months: readonly string[];
  month: string | undefined;
  figures: PublicFigures | null;
  least: number;
}

export const PublicPage: FC<PublicPageProps> = ({ months, month, figures, least }) => (
  <>
    <p>
      How often people report something to us, how soon we act, and how often we are wrong. Numbers smaller
      than {least} are shown as “few”, so that nobody can be recognised in them.
    </p>
    {figures === null ? (
      <Notice title="The first month is not over yet.">
        <p>Figures are shown here when a whole month is over.</p>
      </Notice>
    ) : (
      <>
        {months.length > 1 ? (
          <nav aria-label="Months">
            <ul class="counts">
              {months.map((one) => (
                <li>
                  <a
                    href={`/public/figures?month=${one}`}
                    {...(one === month ? { 'aria-current': 'page' } : {})}
                  >
                    {monthWords(one)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        <h2>{monthWords(month ?? '')}</h2>
        <Table
          caption={`Figures of ${monthWords(month ?? '')}`}
          head={['What', 'Figure']}
          rows={rowsOf(figures)}
        />
        <div class="plots">
          <PlotPart
            plot={daysPlot(figures)}
            periods={figures.byDay.map(({ day }) => day)}
            csv="/public/figures.csv"
          />
        </div>
        <p>
          <a href="/public/figures.csv">All months as CSV</a>
        </p>
      </>
    )}
  </>
);

function rowsOf(figures: PublicFigures): [string, string][] {
  const { minutesToAct } = figures;
  const share = (value: Shown) => (typeof value === 'number' ? `${Math.round(value * 100)} %` : words(value));
  const time = (value: Shown) => (typeof value === 'number' ? minutesWords(value) : words(value));
  return [
    ['Reports', words(figures.reports)],
    ...partRows('Reports that said', figures.reportsByReason),
    ['Complaints about us', words(figures.complaints)],
    ['Cases decided', words(figures.decided)],
    ...partRows('Decided as', figures.decidedByPath, pathWords),
    ['From the first report until we acted, half of them within', time(minutesToAct.median)],
    ['… 95 of 100 within', time(minutesToAct.p95)],
    ['Decided within the time we set ourselves', share(figures.decidedInTime)],
    ...partRows('What we did', figures.measures, measureWords),
    ['Appeals heard, each by somebody who had not decided', words(figures.appealsHeard)],
    ...partRows('Appeals', figures.appealsByOutcome),
    ['Decisions changed or undone on appeal', share(figures.reversed)],
    ['Accounts in a pile-on, the middle one', words(figures.pileOnAccounts)],
    ['Persons behind a pile-on, the middle one', words(figures.pileOnPersons)],
    ['Times somebody needed help', words(figures.careOpened)],
    ['… and was shown where to find it', words(figures.careHelped)],
    ['Words found to be somebody’s own distress', words(figures.distressFound)],
    ['… that we had sanctioned before we knew (our target is none)', words(figures.distressSanctioned)],
    ...goldenClasses.flatMap((name): [string, string][] =>
      name in figures.agreement
        ? [
            [
              `Practice cases answered as agreed: ${name.replaceAll('-', ' ')}`,
              share(figures.agreement[name] ?? null),
            ],
          ]
        : [],
    ),
  ];
}

const pathWords: Record<string, string> = {
  conduct: 'against the rules or the law',
  none: 'nothing against the rules',
  care: 'somebody who needed help',
  complaint: 'a complaint, answered',
};
const measureWords: Record<string, string> = {
  'hide-item': 'hid a post',
  'shut-page': 'shut a page',
  warn: 'warned somebody',
  restrict: 'restricted an account',
  suspend: 'suspended somebody for a time',
  bar: 'barred somebody',
};

function partRows(
  before: string,
  parts: Record<string, Shown>,
  named: Record<string, string> = {},
): [string, string][] {
  return Object.entries(parts).map(([part, shown]) => [
    `${before}: ${named[part] ?? part.replaceAll('-', ' ')}`,
    words(shown),
  ]);
}

const words = (value: Shown): string => (value === null ? '–' : value === few ? 'few' : String(value));

function daysPlot({ byDay }: PublicFigures): Plot {
  const number = (value: Shown) => (typeof value === 'number' ? value : null);
  return {
    name: 'days',
    title: 'By day',
    about: 'Days with few reports are left out.',
    unit: 'count',
    form: 'lines',
    series: [
      { label: 'Reports', values: byDay.map(({ reports }) => number(reports)) },
      { label: 'Decided', values: byDay.map(({ decided }) => number(decided)) },
    ],
  };
}

const monthNames =
  'January February March April May June July August September October November December'.split(' ');
const monthWords = (month: string): string =>
  `${monthNames[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`;
