/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Several cases before one decision: each with its text, each can be taken out; and afterwards what came of it. */
import { ButtonLink, Field, Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { Veiled, Words } from '../console/display-text.tsx';
import { kindWords, reasonsLine } from '../console/reason-words.ts';
import { count } from '../deciding/event-words.ts';
import { bulkMax } from './bulk-policy.ts';
import type { Chosen, LeftOut } from './decide-several.tsx';

interface BulkProps {
  chosen: readonly Chosen[];
  leftOut: readonly LeftOut[];
  csrf: string;
}

export const BulkPage: FC<BulkProps> = ({ chosen, leftOut, csrf }) => (
  <>
    <p>
      Read each one. Untick what needs a look of its own. At most {bulkMax}; each is decided for itself, and
      each can be appealed for itself. A restriction, a suspension, a bar, and anything illegal are decided
      one at a time.
    </p>
    <Left leftOut={leftOut} />
    {chosen.length === 0 ? (
      <p>
        <ButtonLink href="/">Queues</ButtonLink>
      </p>
    ) : (
      <form method="post" action="/bulk" class="deciding" aria-label="Decide several">
        <input type="hidden" name="csrf" value={csrf} />
        {chosen.map((one) => (
          <Case one={one} />
        ))}
        <fieldset class="group">
          <legend>For all of them</legend>
          <div class="choice">
            <input type="radio" id="about-nothing" name="about" value="nothing" data-key="a" required />
            <label for="about-nothing">Nothing against the rules</label>
          </div>
          <div class="choice">
            <input type="radio" id="about-conduct" name="about" value="conduct" data-key="t l" required />
            <label for="about-conduct">All go against the same clause of our terms</label>
          </div>
        </fieldset>
        <div class="for-conduct">
          <fieldset class="group">
            <legend>The same for each</legend>
            <div class="choice">
              <input type="radio" id="measure-hide" name="measure" value="hide" checked />
              <label for="measure-hide">Hide what was posted</label>
            </div>
            <div class="choice">
              <input type="radio" id="measure-warn" name="measure" value="hide-and-warn" />
              <label for="measure-warn">Hide it, and warn the account</label>
            </div>
            <Field name="clause" label="Clause of the terms" maxlength={200} />
            <Field name="ground" label="Rule or law" maxlength={200} />
            <Field name="explanation" label="Why it goes against it" rows={3} maxlength={800} />
            <Field
              name="facts"
              label="What happened"
              hint="It must be true of each. Name nobody."
              rows={3}
              maxlength={1500}
            />
          </fieldset>
        </div>
        <Field name="note" label="Note for colleagues" rows={2} maxlength={1000} />
        <p class="row">
          <button type="submit" class="button" data-key="s">
            Decide those that are ticked
          </button>
          <ButtonLink href="/" kind="plain">
            Not now
          </ButtonLink>
        </p>
      </form>
    )}
  </>
);

const Case: FC<{ one: Chosen }> = ({ one }) => (
  <article class="item" tabindex={-1} data-stop aria-label={`Case ${one.caseId.slice(0, 6)}`}>
    <div class="choice">
      <input type="checkbox" id={`take-${one.caseId}`} name="cases" value={one.caseId} checked />
      <label for={`take-${one.caseId}`}>
        <strong>
          {kindWords(one.kind)} {one.caseId.slice(0, 6)}
        </strong>
        : {reasonsLine(one.reasons)}, {count(one.reports, 'report')}
      </label>
    </div>
    {one.texts.map((text) =>
      one.heavy ? <Veiled text={text} about={reasonsLine(one.reasons)} /> : <Words text={text} />,
    )}
    <p>
      <a href={`/cases/${one.caseId}`}>The whole case</a>
    </p>
  </article>
);

const Left: FC<{ leftOut: readonly LeftOut[] }> = ({ leftOut }) =>
  leftOut.length === 0 ? null : (
    <Notice title={`${count(leftOut.length, 'case')} left out`}>
      <ul>
        {leftOut.map((one) => (
          <li>
            <a href={`/cases/${one.caseId}`}>{one.caseId.slice(0, 6)}</a>: {one.why}
          </li>
        ))}
      </ul>
    </Notice>
  );

export const BulkResultPage: FC<{ decided: readonly string[]; leftOut: readonly LeftOut[] }> = (props) => (
  <>
    <Notice tone="good" title={`${count(props.decided.length, 'case')} decided`} live>
      <ul>
        {props.decided.map((caseId) => (
          <li>
            <a href={`/cases/${caseId}`}>{caseId.slice(0, 6)}</a>
          </li>
        ))}
      </ul>
    </Notice>
    <Left leftOut={props.leftOut} />
    <p class="row">
      <ButtonLink href="/">Queues</ButtonLink>
      <ButtonLink href="/next" kind="plain">
        Next case
      </ButtonLink>
    </p>
  </>
);
