/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The reasons, as the person it is about will read them. */
import { Field } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { Select } from './finding-fields.tsx';
import type { Kept } from './kept.ts';

export const categoryOptions = [
  ['', 'As the offence says; else our terms'],
  ['STATEMENT_CATEGORY_CYBER_VIOLENCE', 'Hounding and abuse'],
  ['STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH', 'Hateful or illegal speech'],
  ['STATEMENT_CATEGORY_SELF_HARM', 'Promotion of suicide or self-harm'],
  ['STATEMENT_CATEGORY_VIOLENCE', 'Threats and violence'],
  ['STATEMENT_CATEGORY_PROTECTION_OF_MINORS', 'Harm to children'],
  ['STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS', 'Somebody’s private life'],
  ['STATEMENT_CATEGORY_SCAMS_AND_FRAUD', 'Fraud'],
  ['STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY', 'Terrorism'],
  ['STATEMENT_CATEGORY_OTHER_VIOLATION_TC', 'Anything else against our terms'],
] as const;

/** `clause`: shown here where no finding asks for it. */
export const ReasonFields: FC<{ kept: Kept; clause?: boolean }> = ({ kept, clause }) => (
  <fieldset class="group">
    <legend>Reasons, for the person it is about</legend>
    <Field
      name="facts"
      label="What happened"
      hint="Name nobody, and not who reported."
      rows={3}
      maxlength={1500}
      value={kept.one('facts')}
    />
    <Field name="ground" label="Rule or law" maxlength={200} value={kept.one('ground')} />
    {clause ? (
      <Field name="clause" label="Clause of the terms" maxlength={200} value={kept.one('clause')} />
    ) : null}
    <Field
      name="explanation"
      label="Why it goes against it"
      rows={3}
      maxlength={800}
      value={kept.one('explanation')}
    />
    <Select name="category" label="Category" options={categoryOptions} selected={kept.one('category')} />
  </fieldset>
);
