/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Measures and the reasons for them. Shown where the transition allows measures, and nowhere else. */
import { Field } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CaseView } from '../deciding/case-view.ts';
import { Select } from './finding-fields.tsx';

export const MeasureFields: FC<{ view: CaseView; lighter?: boolean }> = ({ view, lighter }) => {
  const posts = view.items.filter((item) => item.kind === 'post' && !item.distress);
  const pages = view.items.filter((item) => item.kind === 'page' && !item.distress);
  const accounts = view.accounts.filter((account) => account.seen);
  return (
    <fieldset class="group">
      <legend>{lighter ? 'In its place' : 'What is to be done'}</legend>
      {posts.length > 0 ? (
        <div class="choice">
          <input type="checkbox" id="hideAll" name="hideAll" value="yes" />
          <label for="hideAll">{posts.length === 1 ? 'Hide the post' : 'Hide the posts chosen above'}</label>
        </div>
      ) : null}
      {pages.map((page) => (
        <div class="choice">
          <input type="checkbox" id={`shut-${page.locator}`} name="shut" value={page.locator} />
          <label for={`shut-${page.locator}`}>Shut {page.locator} (needs a second person)</label>
        </div>
      ))}
      {accounts.length > 0 ? (
        <>
          <Select
            name="step"
            label="Sanction"
            selected="none"
            options={[
              ['none', 'None'],
              ['warn', 'Warn'],
              ['restrict', 'Restrict'],
              ['suspend', 'Suspend'],
              ['bar', view.rules.barNeedsSecond ? 'Bar (needs a second person)' : 'Bar'],
            ]}
          />
          <Select
            name="sub"
            label="Whose"
            options={accounts.map((one) => [
              one.sub,
              one.person === null ? one.label : `${one.label} (person ${one.person})`,
            ])}
          />
          <Select
            name="holds"
            label="It holds"
            options={
              view.rules.holdsPersons
                ? [
                    ['person', 'the person, with all accounts here'],
                    ['account', 'this one account'],
                  ]
                : [['account', 'this account']]
            }
          />
          <Field
            name="until"
            label="Until (a bar: looked at again on)"
            hint="Not for a warning."
            type="date"
          />
        </>
      ) : null}
    </fieldset>
  );
};

const categories = [
  ['STATEMENT_CATEGORY_CYBER_VIOLENCE', 'Hounding and abuse'],
  ['STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH', 'Hateful or illegal speech'],
  ['STATEMENT_CATEGORY_SELF_HARM', 'Promotion of suicide or self-harm'],
  ['STATEMENT_CATEGORY_VIOLENCE', 'Threats and violence'],
  ['STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE', 'Not what this forum is for'],
] as const;

/** `clause`: shown here where no finding asks for it. */
export const ReasonFields: FC<{ clause?: boolean }> = ({ clause }) => (
  <fieldset class="group">
    <legend>Reasons, for the person it is about</legend>
    <Field
      name="facts"
      label="What happened"
      hint="Name nobody, and not who reported."
      rows={3}
      maxlength={1500}
    />
    <Field name="ground" label="Rule or law" maxlength={200} />
    {clause ? <Field name="clause" label="Clause of the terms" maxlength={200} /> : null}
    <Field name="explanation" label="Why it goes against it" rows={3} maxlength={800} />
    <Select name="category" label="Category" options={categories} />
  </fieldset>
);
