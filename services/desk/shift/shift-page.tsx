/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** One's own shift: how much was seen, a break, limits, cases to hand over, and notes from one shift to the next. */
import { Button, Field, Form, Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { Words } from '../console/display-text.tsx';
import { kindWords, reasonsLine } from '../console/reason-words.ts';
import { minutes as instantWords } from '../deciding/event-words.ts';
import { breakMinutes } from './rest-policy.ts';
import type { ShiftView } from './show-shift.tsx';

interface ShiftProps {
  view: ShiftView;
  csrf: string;
}

export const ShiftPage: FC<ShiftProps> = (props) => (
  <div class="two">
    <div>
      <RestSection {...props} />
      <HandOver {...props} />
    </div>
    <div>
      <Board {...props} />
      <Limits {...props} />
      <Totals {...props} />
    </div>
  </div>
);

const RestSection: FC<ShiftProps> = ({ view: { rest, now }, csrf }) => (
  <section aria-labelledby="rest">
    <h2 id="rest">What you have seen today</h2>
    <p class="big">
      {rest.minutes} of {rest.limits.minutes} minutes of heavy content
    </p>
    <p>
      <progress
        max={rest.limits.minutes}
        value={Math.min(rest.minutes, rest.limits.minutes)}
        aria-labelledby="rest"
      />
    </p>
    <p class="soft">
      {rest.inOneGo} minutes since your last break. Only minutes a day are kept, for a month, and only you see
      yours.
    </p>
    <RestNotice rest={rest} now={now} />
    {rest.state === 'on-break' ? (
      <Form action="/shift/break/end" csrf={csrf} label="End the break">
        <Button>I am back</Button>
      </Form>
    ) : (
      <Form action="/shift/break" csrf={csrf} label="Take a break">
        <p class="row">
          {breakMinutes.map((minutes) => (
            <Button kind="plain" name="minutes" value={String(minutes)}>
              Break of {minutes} min
            </Button>
          ))}
        </p>
      </Form>
    )}
  </section>
);

/** Said kindly wherever cases are given out. */
export const RestNotice: FC<{ rest: ShiftView['rest']; now: string }> = ({ rest }) => {
  switch (rest.state) {
    case 'on-break':
      return (
        <Notice tone="good" title={`You are on a break until ${rest.breakUntil?.slice(11, 16)} UTC`}>
          <p>No case is given to you, unless somebody may die. Nothing is late because of you.</p>
        </Notice>
      );
    case 'enough-today':
      return (
        <Notice tone="good" title="You have seen enough for today">
          <p>Heavy cases now go to others, unless somebody may die. Others are still yours if you like.</p>
        </Notice>
      );
    case 'break-suggested':
      return (
        <Notice title="Time for a break?">
          <p>
            {rest.inOneGo} minutes of heavy content in one go. <a href="/shift">Take ten minutes</a>; the
            queue waits.
          </p>
        </Notice>
      );
    default:
      return null;
  }
};

const HandOver: FC<ShiftProps> = ({ view, csrf }) => (
  <section aria-labelledby="hand-over">
    <h2 id="hand-over">In your hands</h2>
    {view.cases.length === 0 ? (
      <p>No case. You can go with a light heart.</p>
    ) : (
      <Form action="/shift/hand-over" csrf={csrf} label="Hand over">
        {view.cases.map((one) => (
          <div class="choice">
            <input type="checkbox" id={`case-${one.caseId}`} name="cases" value={one.caseId} checked />
            <label for={`case-${one.caseId}`}>
              <a href={`/cases/${one.caseId}`}>
                {kindWords(one.kind)} {one.caseId.slice(0, 6)}
              </a>
              : {reasonsLine(one.reasons)}
              {one.due ? <span class="soft">, due {instantWords(one.due)}</span> : null}
            </label>
          </div>
        ))}
        <Field name="word" label="What should the next person know?" rows={3} maxlength={1000} required />
        <div class="field">
          <label for="hand-over-to">Hand to</label>
          <select id="hand-over-to" name="to">
            <option value="">the queue: whoever is next</option>
            {view.colleagues.map((name) => (
              <option value={name}>{name}</option>
            ))}
          </select>
        </div>
        <Button>Hand over</Button>
      </Form>
    )}
  </section>
);

const Board: FC<ShiftProps> = ({ view, csrf }) => (
  <section aria-labelledby="board">
    <h2 id="board">Notes from shift to shift</h2>
    <Form action="/shift/notes" csrf={csrf} label="Leave a note">
      <Field
        name="words"
        label="A note for everybody who comes after"
        hint="Name nobody. Kept for two weeks."
        rows={2}
        maxlength={1000}
        required
      />
      <Button kind="plain">Leave the note</Button>
    </Form>
    {view.notes.map((one) => (
      <article class="item" aria-label={`Note by ${one.by}`}>
        <p class="soft">
          {instantWords(one.at)}, {one.by}
        </p>
        <Words text={one.words} />
        <Form action={`/shift/notes/${one.note}/done`} csrf={csrf} label={`Take down the note by ${one.by}`}>
          <Button kind="plain">Done, take it down</Button>
        </Form>
      </article>
    ))}
  </section>
);

const Limits: FC<ShiftProps> = ({ view: { own, bound }, csrf }) => (
  <section aria-labelledby="limits">
    <h2 id="limits">Your own limits</h2>
    <Form action="/shift/limits" csrf={csrf} label="Your own limits">
      <Field
        name="minutes"
        label="Minutes of heavy content a day"
        hint={`At most ${bound.minutes}; empty: as the desk has it.`}
        type="number"
        value={own.minutes === null ? '' : String(own.minutes)}
      />
      <Field
        name="breakAfter"
        label="A break is suggested after so many minutes"
        hint={`At most ${bound.breakAfter}; empty: as the desk has it.`}
        type="number"
        value={own.breakAfter === null ? '' : String(own.breakAfter)}
      />
      <Button kind="plain">Keep my limits</Button>
    </Form>
  </section>
);

/** For an admin: everybody's minutes together, and the upper bound. */
const Totals: FC<ShiftProps> = ({ view: { totals, bound }, csrf }) =>
  totals === null ? null : (
    <section aria-labelledby="totals">
      <h2 id="totals">For the whole desk</h2>
      <p class="soft">Minutes of everybody together, never whose.</p>
      <ul>
        {totals.map((one) => (
          <li>
            {one.day}: {one.minutes} minutes, {one.people === 1 ? 'one person' : `${one.people} persons`}
          </li>
        ))}
      </ul>
      <Form action="/shift/bounds" csrf={csrf} label="Upper bounds">
        <div class="field">
          <label for="bound-minutes">At most so many minutes a day, for anybody</label>
          <input type="number" id="bound-minutes" name="minutes" value={String(bound.minutes)} required />
        </div>
        <div class="field">
          <label for="bound-break">A break is suggested after at most</label>
          <input type="number" id="bound-break" name="breakAfter" value={String(bound.breakAfter)} required />
        </div>
        <Button kind="plain">Set for everybody</Button>
      </Form>
    </section>
  );
