/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Measures, from the least intrusive up, each with what it does, to whom and until when; then why something lighter
 * would not do. Shown where the transition allows measures, and nowhere else.
 */
import { Field } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CaseView } from '../deciding/case-view.ts';
import { offeredSteps, offeredTerms, offersPerson } from '../promises/offered-steps.ts';
import { Select } from './finding-fields.tsx';
import type { Kept } from './kept.ts';

interface MeasureProps {
  view: CaseView;
  kept: Kept;
  /** what takes the place of a decision; then nobody is asked for something lighter still */
  lighter?: boolean;
}

export const MeasureFields: FC<MeasureProps> = ({ view, kept, lighter }) => {
  const posts = view.items.filter((item) => item.kind === 'post' && !item.distress);
  const pages = view.items.filter((item) => item.kind === 'page' && !item.distress);
  const accounts = view.accounts.filter((account) => account.seen);
  return (
    <fieldset class="group" id={lighter ? 'instead' : 'measures'}>
      <legend>{lighter ? 'In its place' : 'What is to be done, from the lightest up'}</legend>
      {posts.length > 0 ? (
        <Tick
          name="hideAll"
          value="yes"
          kept={kept}
          text={posts.length === 1 ? 'Hide the post' : 'Hide the posts chosen above'}
          hint="Nobody else sees it. It is kept, and can be shown again."
        />
      ) : null}
      {pages.map((page) => (
        <Tick
          name="shut"
          value={page.locator}
          kept={kept}
          text={`Shut ${page.locator} (needs a second person)`}
          hint="Nobody sees the page or what stands on it. It is kept, and can be opened again."
        />
      ))}
      {accounts.length > 0 ? <Sanction view={view} kept={kept} accounts={accounts} /> : null}
      {lighter ? null : (
        <Field
          name="alternatives"
          label="Why would something lighter not do?"
          hint="What you considered first. A suspension, a bar and a shut page need this."
          rows={2}
          maxlength={1000}
          value={kept.one('alternatives')}
        />
      )}
    </fieldset>
  );
};

const Sanction: FC<MeasureProps & { accounts: CaseView['accounts'] }> = ({ view, kept, accounts }) => (
  <>
    <fieldset class="field">
      <legend>For the account or its person</legend>
      {offeredSteps(accounts, view.rules.barNeedsSecond).map(({ value, text, hint }) => (
        <div class="choice">
          <input
            type="radio"
            id={`step-${value}`}
            name="step"
            value={value}
            checked={kept.one('step', 'none') === value}
            aria-describedby={`step-${value}-hint`}
          />
          <div>
            <label for={`step-${value}`}>{text}</label>
            <p class="hint" id={`step-${value}-hint`}>
              {hint}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
    <div class="for-sanction">
      <Select
        name="sub"
        label="Whose"
        selected={kept.one('sub')}
        options={accounts.map((one) => [
          one.sub,
          one.person === null ? one.label : `${one.label} (person ${one.person})`,
        ])}
      />
      <Select
        name="holds"
        label="It holds"
        selected={kept.one('holds')}
        options={
          view.rules.holdsPersons && offersPerson(accounts)
            ? [
                ['person', 'the person, with all accounts here'],
                ['account', 'this one account'],
              ]
            : [['account', 'this account']]
        }
      />
      <Select
        name="term"
        label="For how long (a bar: until it is looked at again)"
        hint="Not for a warning."
        selected={kept.one('term', '')}
        options={[
          ['', 'Choose'],
          ...offeredTerms(accounts).map(([days, words]) => [String(days), words] as const),
          ['day', 'until the day below'],
        ]}
      />
      <Field name="until" label="Until the day" type="date" value={kept.one('until')} />
    </div>
  </>
);

const Tick: FC<{ name: string; value: string; text: string; hint: string; kept: Kept }> = (props) => {
  const id = `${props.name}-${props.value}`;
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        name={props.name}
        value={props.value}
        checked={props.kept.chosen(props.name, props.value)}
        aria-describedby={`${id}-hint`}
      />
      <div>
        <label for={id}>{props.text}</label>
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      </div>
    </div>
  );
};
