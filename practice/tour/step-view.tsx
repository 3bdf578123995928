/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * One step on the left half: its promise, the button that lets it happen, what it tells on the way, and how it
 * ended: as promised or not, and what each party learned.
 */
import { Tag } from '@answerable/kit/page.tsx';
import type { Outcome, Step } from '@answerable/practice-story/step';
import type { FC } from 'hono/jsx';
import type { StepState } from './progress.ts';
import { VerdictView, verdictOf } from './verdict-view.tsx';

const toldShown = 12;

export const StepCard: FC<{ step: Step; state: StepState; needed: readonly string[] }> = (props) => {
  const { step, state, needed } = props;
  return (
    <article
      class="step"
      id={`step-${step.id}`}
      data-status={state.status}
      aria-labelledby={`title-${step.id}`}
    >
      <h3 id={`title-${step.id}`}>{step.title}</h3>
      <p class="says">{step.says}</p>
      <form method="post" action={`/steps/${step.id}/run`} data-live="step" aria-label={step.title}>
        <button
          type="submit"
          class="button"
          aria-describedby={`title-${step.id}`}
          aria-disabled={mayRun(state) ? undefined : 'true'}
        >
          {labelOf(state)}
        </button>
        {needed.length > 0 ? <span class="hint"> After: {needed.join(', ')}.</span> : null}
      </form>
      <div id={`told-${step.id}`} class="told">
        <StepTold step={step} state={state} />
      </div>
    </article>
  );
};

/** The part of a step that changes while it runs. The page reads status and label from its first element. */
export const StepTold: FC<{ step: Step; state: StepState }> = ({ step, state }) => (
  <div data-status={state.status} data-label={labelOf(state)} data-may={mayRun(state) ? 'yes' : 'no'}>
    {state.status === 'waiting' ? <p class="soft">Waiting for its turn.</p> : null}
    {state.status === 'running' ? <Told lines={state.told} /> : null}
    {state.status === 'done' && state.outcome ? (
      <OutcomeView step={step} outcome={state.outcome} earlier={state.earlier} />
    ) : null}
  </div>
);

const Told: FC<{ lines: readonly string[] }> = ({ lines }) =>
  lines.length === 0 ? (
    <p class="soft">It begins.</p>
  ) : (
    <ol class="lines">
      {lines.slice(-toldShown).map((line) => (
        <li>{line}</li>
      ))}
    </ol>
  );

const OutcomeView: FC<{ step: Step; outcome: Outcome; earlier: boolean }> = ({ step, outcome, earlier }) => {
  const verdict = verdictOf(outcome);
  const figures = Object.entries(outcome.figures ?? {}).filter(([name]) => !(verdict && name in verdict));
  return (
    <>
      <p class="ending">
        {outcome.ok ? <Tag tone="good">✓ As promised</Tag> : <Tag tone="bad">✗ Not as promised</Tag>}
        {earlier ? <span class="hint"> at an earlier start</span> : null}
      </p>
      {verdict ? <VerdictView verdict={verdict} asPromised={outcome.ok} /> : null}
      <ul class="lines">
        {outcome.lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {figures.length > 0 ? (
        <dl class="facts figures">
          {figures.map(([name, value]) => (
            <>
              <dt>{wordsOf(name)}</dt>
              <dd>{shownNumber(value)}</dd>
            </>
          ))}
        </dl>
      ) : null}
      {outcome.learned.length > 0 ? <LearnedTable step={step} learned={outcome.learned} /> : null}
    </>
  );
};

const LearnedTable: FC<{ step: Step; learned: Outcome['learned'] }> = ({ step, learned }) => (
  <table class="learned">
    <caption>
      What each party learned<span class="unseen">: {step.title}</span>
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">Party</th>
        <th scope="col">Learned</th>
      </tr>
    </thead>
    <tbody>
      {learned.map(({ party, what }) => (
        <tr>
          <th scope="row">{party}</th>
          <td>{what}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export function labelOf({ status, outcome }: StepState): string {
  if (status === 'waiting' || status === 'running') return 'It is happening';
  if (status === 'idle') return 'Let it happen';
  return outcome?.ok ? 'It has happened' : 'Let it happen again';
}

const mayRun = ({ status, outcome }: StepState): boolean =>
  status === 'idle' || (status === 'done' && !outcome?.ok);

/** `bannedNamed` → “banned named” */
const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
const shownNumber = (value: number) =>
  value.toLocaleString('en-GB', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });
