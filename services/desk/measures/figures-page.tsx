/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The figures as the people who work here see them: what waits now, the time that was chosen, and each plot. */
import { Button, Choices, Facts, Field, Form, Table } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { type Queue, queueTitles } from '../casework/queue.ts';
import { ageWords } from '../console/queue-page.tsx';
import { count } from '../deciding/event-words.ts';
import { listMax } from '../store.ts';
import type { FigureSettings } from './figure-settings.ts';
import type { Figures } from './figures.ts';
import { goldenClasses } from './golden-cases.ts';
import { spans } from './periods.ts';
import { PlotPart } from './plot.tsx';
import { minutesWords, type Plot, valueWords } from './plots.ts';
import { classWords } from './practice-page.tsx';

interface FiguresPageProps {
  view: { span: string; from: string; to: string; whole: Figures; plots: Plot[]; periods: string[] };
  waiting: { queue: string; count: number; oldest: string | null; late: number }[];
  now: Date;
  csrf: string;
  /** for an admin */
  settings: FigureSettings | null;
}

export const FiguresPage: FC<FiguresPageProps> = ({ view, waiting, now, csrf, settings }) => (
  <>
    <h2>Waiting now</h2>
    <Table
      caption="Cases that wait, by queue"
      head={['Queue', 'Waiting', 'Oldest', 'Late']}
      rows={waiting.map(({ queue, count, oldest, late }) => [
        queueTitles[queue as Queue] ?? queue,
        String(count),
        oldest === null ? '–' : ageWords(Math.max(0, (now.getTime() - Date.parse(oldest)) / 1000)),
        late >= listMax ? `${listMax} or more` : String(late),
      ])}
    />
    <h2>
      From {view.from} to {view.to}
    </h2>
    <ul class="counts" aria-label="How far back">
      {Object.entries(spans).map(([span, { words }]) => (
        <li>
          <a href={`/figures?span=${span}`} {...(span === view.span ? { 'aria-current': 'page' } : {})}>
            {words}
          </a>
        </li>
      ))}
    </ul>
    <WholeFacts whole={view.whole} />
    <div class="plots">
      {view.plots.map((plot) => (
        <PlotPart plot={plot} periods={view.periods} csv={`/figures/${plot.name}.csv?span=${view.span}`} />
      ))}
    </div>
    <Agreement golden={view.whole.golden} />
    <p class="soft">
      Days are in UTC. A day is closed an hour after it is over; from then on its figures stay as they are. No
      figure is kept of any member of staff.
    </p>
    {settings ? <Publishing settings={settings} csrf={csrf} /> : null}
  </>
);

const WholeFacts: FC<{ whole: Figures }> = ({ whole }) => {
  const { reports, complaints, acted, decided, appeals, care, distress, pileOns } = whole;
  return (
    <Facts
      facts={[
        ['Reports', `${reports.total}${wordsOf(reports.byReason)}`],
        ['Complaints', `${complaints.total}${wordsOf(complaints.byKind)}`],
        ['From aware to acted', spreadWords(acted)],
        ['Decided', `${decided.count}${wordsOf(decided.byPath)}`],
        ['Decided within the target', valueWords(decided.inTimeShare, 'share')],
        ['What was done', wordsOf(decided.measures, '') || '–'],
        ['Appeals heard', `${appeals.heard}${wordsOf(appeals.byOutcome)}`],
        ['Reversed', valueWords(appeals.reversalShare, 'share')],
        [
          'Persons behind a pile-on',
          pileOns.persons.median === null ? '–' : `${pileOns.persons.median}, the middle one`,
        ],
        [
          'Care',
          `${care.opened} opened, ${care.helped} helped; “somebody may die” raised ${count(care.alarms, 'time')}`,
        ],
        ['Distress that was sanctioned', `${distress.sanctioned} of ${distress.found} found`],
      ]}
    />
  );
};

/** Where detectors and tired people go wrong stands first. */
const Agreement: FC<{ golden: Figures['golden'] }> = ({ golden }) => (
  <>
    <h3>Agreement on practice cases</h3>
    <Table
      caption="Agreement on practice cases, by what they try out"
      head={['Kind', 'Answered', 'As agreed']}
      rows={goldenClasses.map((name) => [
        classWords(name),
        String(golden[name]?.asked ?? 0),
        valueWords(golden[name]?.share ?? null, 'share'),
      ])}
    />
  </>
);

function spreadWords({ count, median, p95 }: { count: number; median: number | null; p95: number | null }) {
  if (median === null || p95 === null) return '–';
  return `half within ${minutesWords(median)}, 95 of 100 within ${minutesWords(p95)} (${count} cases)`;
}

function wordsOf(counts: Record<string, number>, before = ': '): string {
  const parts = Object.entries(counts).toSorted((a, b) => b[1] - a[1]);
  return parts.length === 0 ? '' : `${before}${parts.map(([part, n]) => `${part} ${n}`).join(', ')}`;
}

const Publishing: FC<{ settings: FigureSettings; csrf: string }> = ({ settings, csrf }) => (
  <details class="more">
    <summary>Who sees these figures, and how often practice comes</summary>
    <Form action="/figures/settings" csrf={csrf} label="Figures and practice">
      <Choices
        name="public"
        legend="Show everybody the months that are over, at /public/figures"
        options={[
          { value: 'yes', text: 'Yes', checked: settings.public },
          { value: 'no', text: 'No', checked: !settings.public },
        ]}
      />
      <Field
        name="least"
        label="The least number that is shown to everybody"
        hint="Smaller ones are shown as “few”, so that nobody is recognised in them. From 5 to 100."
        type="number"
        value={String(settings.least)}
        required
      />
      <Field
        name="practiceEvery"
        label="After how many decisions a practice case comes"
        hint="Everybody knows that these exist, and they say that they are practice. 0: only who asks for one gets one."
        type="number"
        value={String(settings.practiceEvery)}
        required
      />
      <Button>Save</Button>
    </Form>
  </details>
);
