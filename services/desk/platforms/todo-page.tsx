/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The list of what people do on the platform by hand, to tick off. Works without scripts and in one hand. */
import { Button, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { minutes } from '../deciding/event-words.ts';
import type { HandView } from './hand-view.ts';

const whyCharsMax = 300;

export const TodoPage: FC<{ hands: readonly HandView[]; csrf: string }> = ({ hands, csrf }) => (
  <>
    <p>
      What was decided and the desk cannot do itself. Do it on the platform, then tick it off here: the case
      keeps who did it and when.
    </p>
    {hands.length === 0 ? <Notice tone="good" title="Nothing is to be done by hand." /> : null}
    {hands.map((hand) => (
      <HandItem hand={hand} csrf={csrf} inList />
    ))}
  </>
);

export const HandItem: FC<{ hand: HandView; csrf: string; inList?: boolean }> = ({ hand, csrf, inList }) => (
  <article class="item" data-stop tabindex={-1} aria-label={`${hand.title}: ${hand.target}`}>
    {inList ? <h2>{hand.title}</h2> : <h3>{hand.title}</h3>}
    <p>
      <HandTarget hand={hand} /> {hand.state === 'cannot' ? <Tag tone="bad">could not be done</Tag> : null}
    </p>
    <p>{hand.could}</p>
    {hand.notice === '' ? null : (
      <p>
        Words to show or send: <q>{hand.notice}</q>
      </p>
    )}
    <p class="soft">
      Since {minutes(hand.askedAt)}
      {inList ? (
        <>
          {' '}
          · <a href={`/cases/${hand.caseId}`}>Case {hand.caseId.slice(0, 6)}</a>
        </>
      ) : null}
    </p>
    {hand.state === 'waiting' ? <Ticks hand={hand} csrf={csrf} /> : null}
  </article>
);

const HandTarget: FC<{ hand: HandView }> = ({ hand: { target, url, called } }) =>
  url === null ? (
    <strong class="long">{called ?? target}</strong>
  ) : (
    <a href={url} rel="noreferrer noopener" class="long">
      {url}
    </a>
  );

const Ticks: FC<{ hand: HandView; csrf: string }> = ({ hand: { act, title, target }, csrf }) => (
  <>
    <Form action={`/todo/${act}/done`} csrf={csrf} label={`Tick off: ${title}, ${target}`}>
      <p>
        <Button>I have done it</Button>
      </p>
    </Form>
    <details class="more">
      <summary>It cannot be done</summary>
      <Form action={`/todo/${act}/cannot`} csrf={csrf} label={`Cannot be done: ${title}, ${target}`}>
        <div class="field">
          <label for={`why-${act}`}>Why not, in a few words</label>
          <input type="text" id={`why-${act}`} name="why" required maxlength={whyCharsMax} />
        </div>
        <Button kind="plain">Say so in the case</Button>
      </Form>
    </details>
  </>
);
