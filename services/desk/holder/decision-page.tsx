/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The page on which somebody reads what was decided about them, in plain words, and appeals. */
import { Button, Choices, Facts, Field, Form, Notice, page } from '@answerable/kit/page.tsx';
import type { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { DeskConfig } from '../config.ts';
import { serviceTitle } from '../console/console-page.tsx';
import { Words } from '../console/display-text.tsx';
import { minutes } from '../deciding/event-words.ts';
import type { AppealView, DecisionView } from './decision-view.ts';

const style = `
.letter { border:1px solid var(--line); border-radius:.375rem; padding:.25rem 1.25rem 1rem; margin:0 0 1.25rem }
.letter h3 { font-size:1rem; margin:1rem 0 .15rem } .letter p { margin:0 } .words { white-space:pre-wrap; margin:0 }
`;

function frame(c: Context, config: DeskConfig, title: string, content: Child, status = 200) {
  const options = {
    title,
    service: serviceTitle(config),
    practice: config.mode === 'practice',
    style,
    status: status as ContentfulStatusCode,
  };
  return page(c, options, content);
}

export function decisionPage(c: Context, config: DeskConfig, view: DecisionView, code: string) {
  const title = view.letters.some((one) => one.kind === 'statement')
    ? 'What was decided about you'
    : 'A message for you';
  return frame(
    c,
    config,
    title,
    <>
      <p>
        Only you have the address of this page. Keep it: here you read every answer, also when your account is
        closed.
      </p>
      <Standing view={view} />
      <AppealPart view={view} code={code} />
      <WishPart view={view} code={code} />
      <section aria-labelledby="letters">
        <h2 id="letters">Our messages to you</h2>
        {view.letters.toReversed().map((letter) => (
          <Letter {...letter} />
        ))}
      </section>
    </>,
  );
}

const Standing: FC<{ view: DecisionView }> = ({ view }) => {
  const { inForce, hiddenUntil, letters } = view;
  const decided = letters.some((one) => one.kind === 'statement');
  if (!decided && hiddenUntil.length === 0) return null;
  return (
    <section aria-labelledby="now">
      <h2 id="now">What holds now</h2>
      {inForce.length > 0 ? (
        <ul>
          {inForce.map((words) => (
            <li>{words}</li>
          ))}
        </ul>
      ) : null}
      {hiddenUntil.map((until) => (
        <p>Something of yours is hidden for now, until {minutes(until)} at most. Nothing was decided yet.</p>
      ))}
      {inForce.length === 0 && hiddenUntil.length === 0 ? (
        <Notice tone="good">
          <p>Nothing. What was decided is not in force any more.</p>
        </Notice>
      ) : null}
    </section>
  );
};

/** A title on a line of its own, then its words: as plainWords writes them. */
const Letter: FC<DecisionView['letters'][number]> = ({ day, title, body }) => (
  <article class="letter">
    <h2>{title}</h2>
    <p class="soft">{day}</p>
    {body.split('\n\n').map((part) => {
      const [first = '', ...rest] = part.split('\n');
      return rest.length === 0 ? (
        <Words text={first} />
      ) : (
        <>
          <h3>{first}</h3>
          <Words text={rest.join('\n')} />
        </>
      );
    })}
  </article>
);

const AppealPart: FC<{ view: DecisionView; code: string }> = ({ view, code }) => {
  if (!view.appeal && !view.may.appeal) return null;
  return (
    <section aria-labelledby="appeal">
      <h2 id="appeal">Your appeal</h2>
      {view.appeal ? <Progress appeal={view.appeal} /> : <AppealForm view={view} code={code} />}
      {view.may.addEvidence ? <EvidenceForm code={code} /> : null}
    </section>
  );
};

/** Whoever was offered help says what they want; and can change their mind. */
const WishPart: FC<{ view: DecisionView; code: string }> = ({ view, code }) =>
  view.wish === null ? null : (
    <section aria-labelledby="wish">
      <h2 id="wish">What would you like?</h2>
      {view.wish === 'leave-alone' ? (
        <p>You asked to be left alone. Nobody will write to you about this.</p>
      ) : null}
      {view.wish === 'get-in-touch' ? <p>You asked us to get in touch. Somebody will write to you.</p> : null}
      <Form action={`/decisions/${code}/wish`} csrf={undefined} label="What you would like">
        <div class="row">
          <Button kind="plain" name="wish" value="get-in-touch">
            Please get in touch
          </Button>
          <Button kind="plain" name="wish" value="leave-alone">
            Please leave me alone
          </Button>
        </div>
      </Form>
    </section>
  );

const tracks = [
  { value: 'normal', text: 'None of these', checked: true },
  { value: 'journalism', text: 'It is journalism: it goes first' },
  { value: 'intimate-image', text: 'It is about an intimate image: it goes first' },
];

const AppealForm: FC<{ view: DecisionView; code: string }> = ({ view, code }) => (
  <>
    <p>
      If you disagree, say why. Somebody who had no part in the decision reads it and answers you in words. It
      costs nothing, and you can do it until {view.appealUntil}.
    </p>
    <Form action={`/decisions/${code}/appeal`} csrf={undefined} label="Appeal">
      <Choices name="track" legend="Is it one of these?" options={tracks} />
      <Field
        name="grounds"
        label="Why should it be decided otherwise?"
        hint="In your own words. You can add more afterwards."
        rows={6}
        maxlength={4000}
        required
      />
      <Button>Send the appeal</Button>
    </Form>
  </>
);

const stages = {
  waiting: 'It is here, and waits for somebody who had no part in the decision.',
  'in-hand': 'Somebody who had no part in the decision is looking at it now.',
  heard: 'It was heard.',
};
const outcomes = {
  upheld: 'The decision stands.',
  varied: 'The decision was changed to something lighter.',
  overturned: 'The decision is undone, and everything is as it was before.',
};

const Progress: FC<{ appeal: AppealView }> = ({ appeal }) => (
  <>
    <Notice {...(appeal.outcome && appeal.outcome !== 'upheld' ? { tone: 'good' as const } : {})} live>
      {appeal.outcome ? (
        <>
          <p>
            <strong>{outcomes[appeal.outcome]}</strong>
          </p>
          <Words text={appeal.reply ?? ''} />
        </>
      ) : (
        <>
          <p>{stages[appeal.stage]}</p>
          <p>
            {appeal.late
              ? `You should have had an answer by ${minutes(appeal.due)}. It is late, and it comes first now.`
              : `You get an answer by ${minutes(appeal.due)}.`}
          </p>
        </>
      )}
    </Notice>
    <Facts
      facts={[
        ['Sent', minutes(appeal.at)],
        ...(appeal.heardAt ? [['Heard', minutes(appeal.heardAt)] as const] : []),
        ...(appeal.restoredAt ? [['Restored', minutes(appeal.restoredAt)] as const] : []),
        ['What you wrote', <Words text={appeal.grounds} />],
        ...appeal.evidence.map((one) => [`Added ${minutes(one.at)}`, <Words text={one.words} />] as const),
      ]}
    />
  </>
);

const EvidenceForm: FC<{ code: string }> = ({ code }) => (
  <Form action={`/decisions/${code}/evidence`} csrf={undefined} label="Add to your appeal">
    <Field
      name="words"
      label="Add something"
      hint="What else should be known?"
      rows={3}
      maxlength={4000}
      required
    />
    <Button kind="plain">Add it</Button>
  </Form>
);

const refusalWords: Record<string, string> = {
  not_found: 'There is no decision at this address. Please look whether it is complete.',
  already_decided: 'You have sent an appeal before, or it was heard already.',
  appeal_over: 'The time for an appeal is over.',
};

export function decisionRefusedPage(c: Context, config: DeskConfig, refusal: Refusal) {
  const words = refusalWords[refusal.code] ?? refusal.message;
  return frame(
    c,
    config,
    'That did not work',
    <Notice tone="bad" live>
      <p>{words}</p>
      <p>Nothing was changed. You can go back and try again.</p>
    </Notice>,
    refusal.status,
  );
}
