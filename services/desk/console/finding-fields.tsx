/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The finding: which limb, which offence with its elements, which clause, and what else was considered. */
import { Field } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';

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

const judged = [
  ['unsure', 'Not sure'],
  ['yes', 'Yes'],
  ['no', 'No'],
] as const;

export const FindingFields = () => (
  <fieldset class="group">
    <legend>What you found</legend>
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
      label="Which offence or kind"
      options={[
        ['harassment', 'Harassment'],
        ['threat', 'Threat'],
        ['stirring-up-hatred', 'Stirring up hatred'],
        ['encouraging-suicide', 'Encouraging suicide or serious self-harm'],
        ['intimate-image', 'Intimate image'],
        ['other', 'Another'],
      ]}
    />
    <Select name="capable" label="Able to do that?" options={judged} />
    <Select name="intended" label="Intended?" options={judged} />
    <Select
      name="aimedAtAnother"
      label="Aimed at another person?"
      options={judged}
      hint="Who speaks of themselves encourages nobody."
    />
    <Field name="clause" label="Clause of the terms" maxlength={200} />
    <Select
      name="severity"
      label="Severity"
      selected="2"
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
      selected="2"
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
      options={[
        ['none', 'No'],
        ['journalistic', 'Journalism'],
        ['democratic', 'A matter of democratic importance'],
      ]}
    />
    <Field
      name="alternatives"
      label="Less intrusive ways you considered"
      hint="And why they do not do."
      rows={2}
      maxlength={1000}
    />
  </fieldset>
);
