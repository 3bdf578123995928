/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Appeals: what was said, what came of it, and the hearing for somebody who had no part in the decision. */
import { Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { minutes } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { displayText, Words } from './display-text.tsx';
import { keptIn } from './kept.ts';
import { MeasureFields } from './measure-fields.tsx';
import { ReasonFields } from './reason-fields.tsx';

const outcomes = [
  ['upheld', 'The decision stands'],
  ['varied', 'Something lighter takes its place'],
  ['overturned', 'The decision is undone, everything is as before'],
] as const;

export const AppealPart: FC<CasePageProps> = (props) => {
  const { view } = props;
  if (view.appeals.length === 0) return null;
  const waiting = view.appeals.some((one) => one.outcome === null);
  return (
    <section aria-labelledby="appeals">
      <h2 id="appeals">Appeal</h2>
      {view.appeals.map((one) => (
        <div class="item">
          <p class="soft">
            {minutes(one.at)}, {one.track} track
          </p>
          <Words text={one.grounds} />
          {one.evidence.map((more) => (
            <>
              <p class="soft">Added {minutes(more.at)}</p>
              <Words text={more.words} />
            </>
          ))}
          {one.outcome ? (
            <p>
              Heard by {one.heardBy}: <strong>{one.outcome}</strong>. {displayText(one.reply ?? '')}
              {one.restoredAt ? ` Restored ${minutes(one.restoredAt)}.` : ''}
            </p>
          ) : null}
        </div>
      ))}
      {view.may.hear ? (
        <Hearing {...props} />
      ) : waiting ? (
        <Notice>
          <p>An appeal is heard by somebody who took no part in the decision, after taking the case.</p>
        </Notice>
      ) : null}
    </section>
  );
};

const Hearing: FC<CasePageProps> = ({ view, csrf, draft }) => {
  const action = `/cases/${view.caseId}/hearing`;
  const kept = keptIn(draft, action);
  return (
    <form method="post" action={action} class="deciding" aria-label="Hear the appeal">
      <input type="hidden" name="csrf" value={csrf} />
      <fieldset class="group">
        <legend>What do you decide?</legend>
        {outcomes.map(([value, text]) => (
          <div class="choice">
            <input
              type="radio"
              id={`outcome-${value}`}
              name="outcome"
              value={value}
              checked={kept.chosen('outcome', value)}
              required
            />
            <label for={`outcome-${value}`}>{text}</label>
          </div>
        ))}
      </fieldset>
      <div class="for-varied">
        {view.items.map((item) => (
          <input type="hidden" name="items" value={item.locator} />
        ))}
        <MeasureFields view={view} kept={kept} lighter />
        <ReasonFields kept={kept} clause />
      </div>
      <div class="field">
        <label for="hearing-reply">Your answer, in words</label>
        <textarea id="hearing-reply" name="reply" rows={4} maxlength={2000} required>
          {kept.one('reply')}
        </textarea>
      </div>
      <p>
        <button type="submit" class="button" data-key="s">
          Send the answer
        </button>
      </p>
    </form>
  );
};
