/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What kind of service it is: the questions by which the law packs know which duties fall on it. */
import { Choices, Field } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { functions, type Profile, profile, risks, sizes } from '../law/profile.ts';
import { readCountries, writeCountries } from './countries.ts';

const countriesCharsMax = 1000;

const sizeWords: Record<Profile['size'], string> = {
  small: 'Small: fewer than 50 people work for it, and it takes in at most €10 million a year',
  medium: 'Medium: anything between',
  large: 'Large: more than seven million people a month in the United Kingdom',
  'very-large': 'Very large: more than 45 million people a month in the European Union',
};
const functionWords: Record<Profile['functions'][number], string> = {
  posts: 'Write posts that others read',
  pages: 'Make pages or groups',
  messages: 'Write to each other in private',
  pictures: 'Show pictures',
  video: 'Show videos',
  search: 'Search the web, not only this forum',
};
const riskWords: Record<Profile['risks'][number], string> = {
  hate: 'Hate against groups of people',
  suicide: 'Posts that promote suicide',
  'self-harm': 'Posts that promote self-harm or eating disorders',
  harassment: 'Hounding of one person',
  threats: 'Threats',
  'intimate-images': 'Intimate pictures without consent',
  children: 'Harm to children',
  terrorism: 'Terrorism',
  fraud: 'Fraud',
};

/** The form as sent, in the shape of the profile; the shape is checked by the verb. */
export function profileOfForm(form: FormData): unknown {
  return {
    size: form.get('size'),
    countries: readCountries(String(form.get('countries') ?? '').slice(0, countriesCharsMax)),
    functions: form.getAll('functions'),
    risks: form.getAll('risks'),
    childrenLikely: { yes: true, no: false }[String(form.get('childrenLikely'))],
    moderators: form.get('moderators'),
  };
}
export const profileShape = profile;

/** What is chosen before anybody has said anything: where one cannot say, children are likely. */
const unasked: Profile = {
  size: 'small',
  countries: [],
  functions: ['posts'],
  risks: [],
  childrenLikely: true,
  moderators: 'one',
};

/** What was typed, where it can be read; else what is known. */
function asTyped(form: FormData, known: Profile): Profile {
  const raw = profileOfForm(form) as Record<string, unknown>;
  const read = Object.entries(profile.shape).flatMap(([name, shape]) => {
    const result = shape.safeParse(raw[name]);
    return result.success ? [[name, result.data]] : [];
  });
  return { ...known, ...Object.fromEntries(read) };
}

/** All questions; after a refusal with what was typed. */
export const ProfileQuestions: FC<{ known: Profile | undefined; form: FormData | undefined }> = ({
  known = unasked,
  form,
}) => {
  const countries = form?.get('countries');
  return (
    <ServiceFields
      profile={form ? asTyped(form, known) : known}
      countries={typeof countries === 'string' ? countries : writeCountries(known.countries)}
    />
  );
};

const ServiceFields: FC<{ profile: Profile; countries: string }> = ({ profile: given, countries }) => (
  <>
    <Choices
      name="size"
      legend="How large is it?"
      options={sizes.map((value) => ({ value, text: sizeWords[value], checked: given.size === value }))}
    />
    <Field
      name="countries"
      label="In which countries are its people?"
      hint="With commas between; the first is the one whose help lines are shown. For example: United Kingdom, Ireland"
      value={countries}
      maxlength={countriesCharsMax}
      autocomplete="off"
      required
    />
    <Several
      name="functions"
      legend="What can people do there?"
      words={functionWords}
      all={functions}
      chosen={given.functions}
    />
    <Choices
      name="childrenLikely"
      legend="Are people under 18 likely to use it?"
      options={[
        { value: 'yes', text: 'Yes, or we cannot say', checked: given.childrenLikely },
        { value: 'no', text: 'No', checked: !given.childrenLikely },
      ]}
    />
    <Several
      name="risks"
      legend="What has gone wrong there, or could?"
      words={riskWords}
      all={risks}
      chosen={given.risks}
    />
    <Choices
      name="moderators"
      legend="Who moderates?"
      options={[
        { value: 'one', text: 'One person', checked: given.moderators === 'one' },
        { value: 'several', text: 'Several people', checked: given.moderators === 'several' },
      ]}
    />
  </>
);

const Several: FC<{
  name: string;
  legend: string;
  words: Record<string, string>;
  all: readonly string[];
  chosen: readonly string[];
}> = ({ name, legend, words, all, chosen }) => (
  <fieldset class="field">
    <legend>{legend}</legend>
    {all.map((value) => (
      <div class="choice">
        <input
          type="checkbox"
          id={`${name}-${value}`}
          name={name}
          value={value}
          checked={chosen.includes(value)}
        />
        <label for={`${name}-${value}`}>{words[value] ?? value}</label>
      </div>
    ))}
  </fieldset>
);

/** The profile in a few lines. */
export function profileWords(given: Profile): (readonly [string, string])[] {
  return [
    ['Size', sizeWords[given.size]],
    ['Countries', writeCountries(given.countries)],
    ['People can', given.functions.map((one) => functionWords[one]).join('; ')],
    ['Under 18', given.childrenLikely ? 'likely' : 'not likely'],
    ['Risks', given.risks.map((one) => riskWords[one]).join('; ') || 'none named'],
    ['Moderators', given.moderators === 'one' ? 'one person' : 'several people'],
  ];
}
