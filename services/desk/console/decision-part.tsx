/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The decision: what it is, what follows, with reasons. The part about measures is not in the page at all
 * where none may be taken.
 */
import type { FC } from 'hono/jsx';
import { signpostsFor } from '../casework/signposts.ts';
import { MacroFields } from '../macros/macro-part.tsx';
import type { CasePageProps } from './case-page.tsx';
import { FindingFields, Select } from './finding-fields.tsx';
import { type Kept, keptIn } from './kept.ts';
import { MeasureFields } from './measure-fields.tsx';
import { ReasonFields } from './reason-fields.tsx';

export const DecisionPart: FC<CasePageProps> = (props) => {
  const { view, csrf, draft } = props;
  if (!view.may.decide) return null;
  const care = view.kind === 'care';
  const action = `/cases/${view.caseId}/decision`;
  const kept = keptIn(draft, action);
  return (
    <section aria-labelledby="deciding">
      <h2 id="deciding">Decide</h2>
      <form method="post" action={action} class="deciding" id="decision-form" aria-labelledby="deciding">
        <input type="hidden" name="csrf" value={csrf} />
        <fieldset class="group">
          <legend>What is it?</legend>
          <About value="nothing" keys="a" text="Nothing against the rules" kept={kept} />
          <About
            value="first-person-distress"
            keys={care ? 'h l' : 'h'}
            text="Somebody speaks of their own distress: they get help"
            checked={care}
            kept={kept}
          />
          {view.may.sanction ? (
            <About value="conduct" keys="t l" text="It goes against the law or our terms" kept={kept} />
          ) : null}
        </fieldset>
        <Items {...props} kept={kept} />
        <CareFields {...props} kept={kept} />
        {view.may.sanction ? (
          <div class="for-conduct">
            <FindingFields kept={kept} offences={view.offences} />
            <MeasureFields view={view} kept={kept} />
            <MacroFields view={view} kept={kept} />
            <ReasonFields kept={kept} />
          </div>
        ) : null}
        <div class="field">
          <label for="field-decision-note">Note for colleagues</label>
          <textarea id="field-decision-note" name="note" rows={2} maxlength={2000}>
            {kept.one('note')}
          </textarea>
        </div>
        {view.may.sanction ? (
          <p class="for-conduct soft">You see it first as they will read it. Nothing is done before that.</p>
        ) : null}
        <p class="row">
          <button type="submit" class="button" data-key="s">
            Submit
          </button>
          <button type="submit" class="button plain" name="then" value="next" data-key="n">
            Submit and go to the next
          </button>
        </p>
      </form>
    </section>
  );
};

type AboutProps = { value: string; text: string; keys: string; checked?: boolean; kept: Kept };

const About: FC<AboutProps> = (props) => (
  <div class="choice">
    <input
      type="radio"
      id={`about-${props.value}`}
      name="about"
      value={props.value}
      data-key={props.keys}
      checked={props.kept.chosen('about', props.value, props.checked)}
      required
    />
    <label for={`about-${props.value}`}>{props.text}</label>
  </div>
);

const Items: FC<CasePageProps & { kept: Kept }> = ({ view, kept }) => {
  const boxes = view.items.slice(0, 100).map((item) => (
    <div class="choice">
      <input
        type="checkbox"
        id={`about-item-${item.locator}`}
        name="items"
        value={item.locator}
        checked={kept.chosen('items', item.locator, view.kind === 'care' || !item.distress)}
      />
      <label for={`about-item-${item.locator}`}>
        {item.locator}, {item.account ?? 'no accountable author'}
        {item.distress ? ' (own distress)' : ''}
      </label>
    </div>
  ));
  return (
    <fieldset class="group" id="about-items">
      <legend>About which items?</legend>
      {boxes.length > 4 ? (
        <details class="more">
          <summary>All {boxes.length} items; open to choose</summary>
          {boxes}
        </details>
      ) : (
        boxes
      )}
    </fieldset>
  );
};

const CareFields: FC<CasePageProps & { kept: Kept }> = ({ view, countries, kept }) => {
  const { list, checked } = signpostsFor(countries[0] ?? 'GB');
  return (
    <fieldset class="group for-care">
      <legend>Help</legend>
      <p>Shown beside the post, and in their inbox, only to be kind (numbers compared on {checked}):</p>
      <ul>
        {list.map(({ name, how }) => (
          <li>
            {name}: {how}
          </li>
        ))}
      </ul>
      <Check name="offerContact" text="Offer that somebody gets in touch" kept={kept} />
      <Check
        name="welfareFlag"
        kept={kept}
        text={`A human looks in on this again (${view.accounts.length > 0 ? 'account kept in mind' : 'item kept in mind'})`}
      />
      <Select
        name="lookAgainHours"
        label="When, if one of these is chosen"
        selected={kept.one('lookAgainHours', '24')}
        options={[
          ['4', 'in 4 hours'],
          ['24', 'tomorrow'],
          ['72', 'in three days'],
          ['168', 'in a week'],
        ]}
      />
    </fieldset>
  );
};

const Check: FC<{ name: string; text: string; kept: Kept }> = ({ name, text, kept }) => (
  <div class="choice">
    <input type="checkbox" id={`check-${name}`} name={name} value="yes" checked={kept.chosen(name, 'yes')} />
    <label for={`check-${name}`}>{text}</label>
  </div>
);
