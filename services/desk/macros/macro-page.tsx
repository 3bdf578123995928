/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The desk's reasons, ready to be put into a decision: all of them, and one with its earlier versions. */
import { Button, ButtonLink, Field, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { displayText, Words } from '../console/display-text.tsx';
import { Select } from '../console/finding-fields.tsx';
import { categoryOptions } from '../console/reason-fields.tsx';
import { count, minutes } from '../deciding/event-words.ts';
import type { Offence } from '../law/pack.ts';
import type { Macro } from './macro.ts';

export const MacrosPage: FC<{ macros: readonly Macro[]; csrf: string; offences: readonly Offence[] }> = (
  props,
) => {
  const inUse = props.macros.filter((one) => !one.retired);
  const retired = props.macros.filter((one) => one.retired);
  return (
    <div class="two">
      <div>
        <p>
          Reasons that you use again and again. They are put into a decision to be finished there, and nothing
          is ever submitted by them.
        </p>
        {inUse.length === 0 ? <Notice title="None yet." /> : null}
        <ul class="plain-list">
          {inUse.map((one) => (
            <MacroLine macro={one} />
          ))}
        </ul>
        {retired.length > 0 ? (
          <details class="more">
            <summary>{count(retired.length, 'retired one')}</summary>
            <ul class="plain-list">
              {retired.map((one) => (
                <MacroLine macro={one} />
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      <div>
        <section aria-labelledby="new">
          <h2 id="new">A new one</h2>
          <MacroForm action="/reasons" csrf={props.csrf} offences={props.offences} />
        </section>
      </div>
    </div>
  );
};

const MacroLine: FC<{ macro: Macro }> = ({ macro: { macro, version, words, retired } }) => (
  <li class="item">
    <p>
      <a href={`/reasons/${macro}`} data-stop>
        {displayText(words.title)}
      </a>{' '}
      <span class="soft">version {version}</span> {retired ? <Tag>retired</Tag> : null}
    </p>
    <p class="soft">{displayText(words.ground)}</p>
  </li>
);

interface MacroPageProps {
  versions: readonly Macro[];
  newest: Macro;
  csrf: string;
  offences: readonly Offence[];
}

export const MacroPage: FC<MacroPageProps> = ({ versions, newest, csrf, offences }) => (
  <div class="two">
    <div>
      <MacroForm
        action={`/reasons/${newest.macro}`}
        csrf={csrf}
        offences={offences}
        macro={newest}
        button={newest.retired ? 'Bring it back as a new version' : 'Keep as a new version'}
      />
      {newest.retired ? null : (
        <Form action={`/reasons/${newest.macro}/retire`} csrf={csrf} label="Retire">
          <Button kind="plain">Retire it</Button>
        </Form>
      )}
      <p>
        <ButtonLink href="/reasons" kind="plain">
          All reasons
        </ButtonLink>
      </p>
    </div>
    <div>
      <section aria-labelledby="versions">
        <h2 id="versions">{count(versions.length, 'version')}</h2>
        <ol class="history" reversed>
          {[...versions].reverse().map((one) => (
            <li>
              <span class="soft">
                {minutes(one.at)}, {one.by}, version {one.version}
                {one.retired ? ', retired' : ''}
              </span>
              <Words text={`${one.words.ground}\n${one.words.explanation}`} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  </div>
);

const MacroForm: FC<{
  action: string;
  csrf: string;
  offences: readonly Offence[];
  macro?: Macro;
  button?: string;
}> = ({ action, csrf, offences, macro, button = 'Keep it' }) => {
  const words = macro?.words;
  return (
    <Form action={action} csrf={csrf} label="Reasons">
      <Field
        name="title"
        label="Short name"
        hint="As you look for it."
        maxlength={80}
        required
        value={words?.title ?? ''}
      />
      <Select
        name="limb"
        label="Against"
        selected={words?.limb ?? 'terms'}
        options={[
          ['terms', 'our terms'],
          ['illegal', 'the law'],
        ]}
      />
      <Select
        name="offence"
        label="Offence, where it is against the law"
        selected={words?.offence ?? ''}
        options={[['', 'none'], ...offences.map(({ id, title }) => [id, title] as const)]}
      />
      <Field name="clause" label="Clause of the terms" maxlength={200} value={words?.clause ?? ''} />
      <Field name="ground" label="Rule or law" maxlength={200} required value={words?.ground ?? ''} />
      <Field
        name="explanation"
        label="Why it goes against it"
        rows={4}
        maxlength={800}
        required
        value={words?.explanation ?? ''}
      />
      <Field
        name="facts"
        label="How “what happened” begins"
        hint="May stay empty: it is written for each case."
        rows={2}
        maxlength={1500}
        value={words?.facts ?? ''}
      />
      <Select name="category" label="Category" selected={words?.category ?? ''} options={categoryOptions} />
      <Button>{button}</Button>
    </Form>
  );
};
