/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** A practice case, what was agreed about it, and how an admin keeps them. */
import { Button, ButtonLink, Choices, Facts, Field, Form, Notice, Table } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { count } from '../deciding/event-words.ts';
import { type GoldenAnswer, type GoldenCase, goldenClasses, goldenMeasures } from './golden-cases.ts';

const measureWords: Record<(typeof goldenMeasures)[number], string> = {
  'hide-item': 'hide the post',
  'shut-page': 'shut the page',
  warn: 'warn',
  restrict: 'restrict',
  suspend: 'suspend',
  bar: 'bar',
};
const offenceChoices = [
  'encouraging-suicide',
  'threat',
  'harassment',
  'stirring-up-hatred',
  'intimate-image',
  'other',
];
export const classWords = (name: string): string => name.replaceAll('-', ' ');

interface PracticePageProps {
  shown: { golden: string; text: string; background: string } | undefined;
  mine: { answered: number; agreed: number };
  csrf: string;
}

export const PracticePage: FC<PracticePageProps> = ({ shown, mine, csrf }) => (
  <>
    <Notice title="This is practice. Nobody wrote this, and nothing happens to anybody.">
      <p>
        The answer was agreed beforehand. You see it as soon as you have answered. The desk counts how often
        its people agree, by kind of case; nobody else sees how you answered. So far:{' '}
        {count(mine.answered, 'case')}, {mine.agreed} as agreed.
      </p>
    </Notice>
    {shown === undefined ? (
      <p>You have answered every practice case that there is.</p>
    ) : (
      <>
        <div class="item">
          <p class="words">{shown.text}</p>
        </div>
        {shown.background ? <p class="soft">{shown.background}</p> : null}
        <Form action={`/practice/${shown.golden}`} csrf={csrf} label="Your answer">
          <AnswerFields />
          <Button>Answer</Button>
        </Form>
      </>
    )}
  </>
);

const AnswerFields: FC = () => (
  <>
    <Choices
      name="path"
      legend="What would you decide?"
      options={[
        { value: 'none', text: 'Nothing against the rules' },
        { value: 'care', text: 'Somebody needs help' },
        { value: 'conduct', text: 'Against the rules or the law' },
      ]}
    />
    <fieldset class="group">
      <legend>Only if it is against the rules or the law</legend>
      <Select
        name="limb"
        label="Against"
        options={[
          ['terms', 'our terms'],
          ['illegal', 'the law'],
        ]}
      />
      <Select
        name="offence"
        label="Offence, if it is against the law"
        options={[['', 'none'], ...offenceChoices.map((one): [string, string] => [one, classWords(one)])]}
      />
      <Select
        name="measure"
        label="The lightest measure that is enough"
        options={goldenMeasures.map((one) => [one, measureWords[one]])}
      />
    </fieldset>
  </>
);

const Select: FC<{ name: string; label: string; options: readonly (readonly [string, string])[] }> = (
  props,
) => (
  <div class="field">
    <label for={`field-${props.name}`}>{props.label}</label>
    <select id={`field-${props.name}`} name={props.name}>
      {props.options.map(([value, text]) => (
        <option value={value}>{text}</option>
      ))}
    </select>
  </div>
);

export const AnsweredPage: FC<{ one: GoldenCase; given: GoldenAnswer; agreed: boolean }> = (props) => {
  const { one, given, agreed } = props;
  return (
    <>
      <Notice
        tone={agreed ? 'good' : 'mark'}
        title={agreed ? 'As was agreed.' : 'Something else was agreed.'}
        live
      >
        <p>{one.why}</p>
      </Notice>
      <div class="item">
        <p class="words">{one.text}</p>
      </div>
      <Facts
        facts={[
          ['Agreed', answerWords(one.answer)],
          ['You said', answerWords(given)],
          ['Kind of case', classWords(one.class)],
        ]}
      />
      <p class="row">
        <ButtonLink href="/practice">Another one</ButtonLink>
        <ButtonLink href="/" kind="plain">
          Back to the queues
        </ButtonLink>
      </p>
    </>
  );
};

function answerWords(answer: GoldenAnswer): string {
  if (answer.path === 'none') return 'nothing against the rules';
  if (answer.path === 'care') return 'somebody needs help';
  const ground =
    answer.limb === 'illegal' ? `against the law (${answer.offence ?? 'none named'})` : 'against our terms';
  return `${ground}; ${measureWords[answer.measure]}`;
}

export const KeepingPart: FC<{ kept: readonly GoldenCase[]; csrf: string }> = ({ kept, csrf }) => (
  <>
    <h2>Keep the practice cases</h2>
    <p>
      Agree on the answer among yourselves before you add one. Write it anew: no words that somebody here has
      said, no method, and no slur that the point does not need.
    </p>
    <details class="more">
      <summary>Add a practice case</summary>
      <Form action="/practice/cases" csrf={csrf} label="Add a practice case">
        <Select
          name="class"
          label="Kind of case"
          options={goldenClasses.map((one) => [one, classWords(one)])}
        />
        <Field name="text" label="Words" rows={4} maxlength={2000} required />
        <Field name="background" label="What a moderator would know besides" rows={2} maxlength={1000} />
        <AnswerFields />
        <Field name="why" label="Why this was agreed" rows={3} maxlength={1000} required />
        <Button>Add</Button>
      </Form>
    </details>
    <details class="more">
      <summary>Those in use ({kept.length})</summary>
      <Table
        caption="Practice cases in use"
        head={['Kind', 'Words', 'Agreed', '']}
        rows={kept.map((one) => [
          classWords(one.class),
          one.text,
          answerWords(one.answer),
          <Form
            action={`/practice/cases/${one.golden}/retirement`}
            csrf={csrf}
            label={`Retire ${one.golden}`}
          >
            <Button kind="plain">Retire</Button>
          </Form>,
        ])}
      />
    </details>
  </>
);
