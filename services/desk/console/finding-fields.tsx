/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The finding, in the order in which one finds: against the law or the terms; which offence, element by element,
 * each with what it asks; the clause; how grave, how sure, whether it is protected. Without scripts every offence
 * can be opened; with them only the chosen one is there.
 */
import { Field } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { Offence } from '../law/pack.ts';
import type { Kept } from './kept.ts';

export const Select: FC<{
  name: string;
  label: string;
  options: readonly (readonly [string, string])[];
  selected?: string;
  hint?: string;
}> = ({ name, label, options, selected, hint }) => (
  <div class="field">
    <label for={`select-${name}`}>{label}</label>
    {hint ? (
      <p class="hint" id={`select-${name}-hint`}>
        {hint}
      </p>
    ) : null}
    <select
      id={`select-${name}`}
      name={name}
      {...(hint ? { 'aria-describedby': `select-${name}-hint` } : {})}
    >
      {options.map(([value, text]) => (
        <option value={value} selected={value === selected}>
          {text}
        </option>
      ))}
    </select>
  </div>
);

const answers = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['unsure', 'Not sure'],
] as const;

export const FindingFields: FC<{ kept: Kept; offences: readonly Offence[] }> = ({ kept, offences }) => (
  <fieldset class="group">
    <legend>What you found</legend>
    <fieldset class="field">
      <legend>Against</legend>
      <Limb value="terms" text="our terms" kept={kept} />
      <Limb value="illegal" text="the law" kept={kept} />
    </fieldset>
    <div class="for-illegal" id="elements">
      <Select
        name="offence"
        label="Which offence"
        options={offences.map(({ id, title }) => [id, title] as const)}
        selected={kept.one('offence', offences[0]?.id)}
      />
      {offences.map((one) => (
        <Elements offence={one} kept={kept} open={kept.one('offence', offences[0]?.id) === one.id} />
      ))}
    </div>
    <Field
      name="clause"
      label="Clause of the terms"
      hint="Also where it is against the law: the statement names both."
      maxlength={200}
      value={kept.one('clause')}
    />
    <Select
      name="severity"
      label="Severity"
      selected={kept.one('severity', '2')}
      options={[
        ['1', '1, slight'],
        ['2', '2, moderate'],
        ['3', '3, serious'],
        ['4', '4, grave'],
      ]}
    />
    <Select
      name="confidence"
      label="How sure are you?"
      selected={kept.one('confidence', '2')}
      options={[
        ['1', 'Not very'],
        ['2', 'Fairly'],
        ['3', 'Very'],
      ]}
    />
    <Select
      name="protectedContent"
      label="Is it protected content?"
      hint="Protected content needs a second person."
      selected={kept.one('protectedContent', 'none')}
      options={[
        ['none', 'No'],
        ['journalistic', 'Journalism'],
        ['democratic', 'A matter of democratic importance'],
      ]}
    />
  </fieldset>
);

const Limb: FC<{ value: string; text: string; kept: Kept }> = ({ value, text, kept }) => (
  <div class="choice">
    <input
      type="radio"
      id={`limb-${value}`}
      name="limb"
      value={value}
      checked={kept.one('limb', 'terms') === value}
    />
    <label for={`limb-${value}`}>{text}</label>
  </div>
);

const Elements: FC<{ offence: Offence; kept: Kept; open: boolean }> = ({ offence, kept, open }) => (
  <details class="more elements" data-offence={offence.id} open={open}>
    <summary>
      {offence.title} ({offence.under})
    </summary>
    {offence.elements.map(({ id, ask }) => (
      <Element name={`element:${offence.id}:${id}`} ask={ask} kept={kept} />
    ))}
  </details>
);

const Element: FC<{ name: string; ask: string; kept: Kept }> = ({ name, ask, kept }) => (
  <fieldset class="element">
    <legend>{ask}</legend>
    {answers.map(([value, text]) => (
      <div class="choice">
        <input
          type="radio"
          id={`${name}:${value}`}
          name={name}
          value={value}
          checked={kept.one(name, 'unsure') === value}
        />
        <label for={`${name}:${value}`}>{text}</label>
      </div>
    ))}
  </fieldset>
);
