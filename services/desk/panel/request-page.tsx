/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** One question of another forum: what it is about, veiled; what was decided there; the answer in words. */
import { Button, Facts, Field, Notice, Tag } from '@answerable/kit/page.tsx';
import type { PanelFile, PanelVerdict } from '@answerable/protocol/report/panel';
import type { Child, FC } from 'hono/jsx';
import { Veiled, Words } from '../console/display-text.tsx';
import { count, minutes } from '../deciding/event-words.ts';
import { aboutWords } from './panel-list-page.tsx';

export interface RequestView {
  request: string;
  forum: string;
  about: string;
  due: string;
  file: PanelFile | null;
  verdict: PanelVerdict | null;
  answeredAt: string | null;
  withdrawnAt: string | null;
  refused: string | null;
}
interface Props {
  view: RequestView;
  csrf: string;
}

export const RequestPage: FC<Props> = ({ view, csrf }) => (
  <>
    <p>
      {aboutWords[view.about] ?? view.about}, asked by <strong>{view.forum}</strong>, due {minutes(view.due)}.
      You see numbers in place of names; of you they see your working name.
    </p>
    <Stands view={view} />
    {view.file ? <File file={view.file} /> : <p>Its words were erased here after their time.</p>}
    {view.file && !view.verdict && !view.withdrawnAt ? (
      <Answer view={view} file={view.file} csrf={csrf} />
    ) : null}
  </>
);

const Stands: FC<{ view: RequestView }> = ({ view }) => {
  if (view.withdrawnAt)
    return (
      <Notice>
        <p>An answer is not needed any more.</p>
      </Notice>
    );
  if (view.refused)
    return (
      <Notice tone="bad" title="Their desk did not take the answer.">
        <p>
          {['own_decision', 'same_decider'].includes(view.refused)
            ? 'Somebody of the same name had part in it there. A colleague here has to answer.'
            : 'It was decided meanwhile, or the question changed.'}
        </p>
      </Notice>
    );
  return view.verdict ? (
    <Notice tone="good" title="Answered.">
      <p>{verdictWords(view.verdict)}</p>
    </Notice>
  ) : null;
};

function verdictWords(verdict: PanelVerdict): string {
  switch (verdict.kind) {
    case 'confirmed':
      return 'The decision was confirmed.';
    case 'declined':
      return `Not confirmed: ${verdict.why}`;
    case 'hold-confirmed':
      return 'The hold was confirmed.';
    case 'hold-lifted':
      return `The hold was lifted. ${verdict.why}`;
    case 'heard':
      return `The appeal was heard: ${verdict.outcome}. ${verdict.reply}`;
  }
}

const File: FC<{ file: PanelFile }> = ({ file }) => (
  <>
    <section aria-labelledby="file">
      <h2 id="file">What it is about</h2>
      <p class="row">
        <Tag>{file.kind}</Tag>
        {file.reasons.map((reason) => (
          <Tag>{reason}</Tag>
        ))}
        <span>
          {count(file.items.length + file.more, 'item')}
          {file.persons === null ? '' : `, ${count(file.persons, 'person')}`}
        </span>
      </p>
      {file.items.map((one) => (
        <div class="item">
          <p>
            <strong>
              {one.kind} {one.n}
            </strong>
            , {one.account === null ? 'nobody accountable' : `account ${one.account}`}, {one.posted}
            {one.distress ? <Tag tone="good">own distress</Tag> : null}
          </p>
          <Veiled text={one.text} about={`${one.kind} ${one.n}`} lang={one.language} />
        </div>
      ))}
      {file.more > 0 ? <p>{count(file.more, 'more item')} of the same case are not shown.</p> : null}
      {file.records.map((one) => (
        <details class="more">
          <summary>
            What item {one.item} said over time: {count(one.posts.length, 'post')},{' '}
            {count(one.warnings.length, 'warning')}
          </summary>
          {one.warnings.map((warning) => (
            <p>
              {warning.day}: {warning.text}
            </p>
          ))}
          {one.posts.map((text) => (
            <Words text={text} />
          ))}
        </details>
      ))}
    </section>
    <Judged file={file} />
  </>
);

const Judged: FC<{ file: PanelFile }> = ({ file: { finding, decision, appeal, hold } }) => (
  <section aria-labelledby="judged">
    <h2 id="judged">What they found and did</h2>
    {finding ? (
      <Facts
        facts={[
          ['Against', finding.limb === 'illegal' ? 'the law' : 'their terms'],
          ['Severity', `${finding.severity} of 4`],
          ['Sure', `${finding.confidence} of 3`],
          ['Protected content', finding.protectedContent],
          ['What else was considered', finding.alternatives || 'nothing'],
        ]}
      />
    ) : null}
    {hold ? (
      <p>
        Item {hold.item} is hidden until {minutes(hold.until)}, unless a second person agrees.
      </p>
    ) : null}
    {decision ? (
      <>
        <ul>
          {decision.measures.map((one) => (
            <li>{measureWords(one)}</li>
          ))}
        </ul>
        <Facts
          facts={[
            ['By', decision.by.join(' and ')],
            ['Facts', decision.facts],
            ['Rule', decision.ground],
            ['Why', decision.explanation],
            ['Clause', decision.clause],
          ]}
        />
      </>
    ) : null}
    {appeal ? (
      <>
        <h3>The appeal{appeal.track === 'normal' ? '' : ` (${appeal.track} track)`}</h3>
        <Words text={appeal.grounds} />
        {appeal.evidence.map((one) => (
          <>
            <p class="soft">Added {one.day}</p>
            <Words text={one.words} />
          </>
        ))}
      </>
    ) : null}
  </section>
);

type FileMeasure = NonNullable<PanelFile['decision']>['measures'][number];

function measureWords({ kind, item, account, step, until }: FileMeasure): string {
  if (kind === 'hide-item') return `item ${item} is hidden`;
  if (kind === 'shut-page') return `page ${item} is shut`;
  return `${step} for account ${account}${until ? `, until ${until}` : ''}`;
}

const Answer: FC<Props & { file: PanelFile }> = ({ view, file, csrf }) => (
  <section aria-labelledby="answer">
    <h2 id="answer">Your answer</h2>
    <form
      method="post"
      action={`/panel/requests/${view.request}/verdict`}
      class="deciding"
      aria-labelledby="answer"
    >
      <input type="hidden" name="csrf" value={csrf} />
      <fieldset class="group">
        <legend>What do you decide?</legend>
        {view.about === 'appeal' ? (
          <>
            <Choice name="outcome" value="upheld" text="The decision stands" />
            <Choice name="outcome" value="varied" text="Something lighter takes its place" />
            <Choice
              name="outcome"
              value="overturned"
              text="The decision is undone, everything is as before"
            />
          </>
        ) : view.about === 'hold' ? (
          <>
            <Choice name="verdict" value="hold-confirmed" text="It stays hidden while they look at it" />
            <Choice name="verdict" value="hold-lifted" text="It is shown again" />
          </>
        ) : (
          <>
            <Choice name="verdict" value="confirmed" text="I confirm the decision" />
            <Choice name="verdict" value="declined" text="I do not confirm it" />
          </>
        )}
      </fieldset>
      {view.about === 'appeal' && file.decision ? <Lighter measures={file.decision.measures} /> : null}
      <Field
        name="reply"
        label={view.about === 'appeal' ? 'Your answer to whoever appealed, in words' : 'Why, in words'}
        rows={4}
        maxlength={1000}
        required={view.about === 'appeal'}
      />
      <Button>Send the answer</Button>
    </form>
  </section>
);

const Choice = ({ name, value, text }: { name: string; value: string; text: Child }) => (
  <div class="choice">
    <input type="radio" id={`choice-${value}`} name={name} value={value} required />
    <label for={`choice-${value}`}>{text}</label>
  </div>
);

const steps = ['warn', 'restrict', 'suspend', 'bar'] as const;

/** Down from what was decided, as far as the policy there has them. */
const lighterSteps = ({ step, steps: here }: FileMeasure) =>
  steps.slice(0, steps.indexOf(step ?? 'warn') + 1).filter((one) => here?.includes(one) ?? true);

const Lighter: FC<{ measures: FileMeasure[] }> = ({ measures }) => (
  <fieldset class="group for-varied">
    <legend>What stays, and how</legend>
    {measures.map((one) => (
      <>
        <div class="choice">
          <input type="checkbox" id={`keep-${one.n}`} name="keep" value={String(one.n)} />
          <label for={`keep-${one.n}`}>{measureWords(one)}</label>
        </div>
        {one.kind === 'sanction' ? (
          <>
            <div class="field">
              <label for={`step-${one.n}`}>becomes</label>
              <select id={`step-${one.n}`} name={`step-${one.n}`}>
                {lighterSteps(one).map((step) => (
                  <option value={step}>{step}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for={`until-${one.n}`}>until (not for a warning)</label>
              <input type="date" id={`until-${one.n}`} name={`until-${one.n}`} value={one.until ?? ''} />
            </div>
          </>
        ) : null}
      </>
    ))}
  </fieldset>
);
