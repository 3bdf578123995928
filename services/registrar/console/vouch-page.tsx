/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /vouch, POST /vouch/check, GET /vouch/done: what a referee types, reads once more, signs, and is told. */
import { Button, ButtonLink, Facts, Field, Form, Notice } from '@answerable/kit/page.tsx';
import { PasskeyScript } from '@answerable/kit/passkey-page.tsx';
import { asForm } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { organisationWords } from './roles.ts';
import {
  documentKinds,
  documentWords,
  knowingWords,
  type VouchForm,
  vouchForm,
  waysOfKnowing,
} from './vouch-form.ts';

export const showVouch = (parts: ConsoleParts) =>
  door(parts, ['referee'], (c, session) => formPage(c, parts, session, { typed: {} }));

/** What was typed, and what is wrong with it; the declaration is made anew each time. */
interface Filled {
  typed: Typed;
  wrong?: readonly string[];
  status?: number;
}

function formPage(c: Context, parts: ConsoleParts, session: Session, { typed, wrong = [], status }: Filled) {
  const title = 'Vouch for somebody';
  const failed = wrong.length > 0 ? { status: (status ?? 400) as ContentfulStatusCode } : {};
  return consolePage(
    c,
    parts,
    { title, session, ...failed },
    <VouchPage csrf={session.csrf} typed={typed} wrong={wrong} />,
  );
}

const names = [
  ...['code', 'given', 'family', 'formerFamily', 'birthDate'],
  ...['known', 'documentKind', 'documentIssuer', 'documentNumber'],
] as const;
type Typed = Readonly<Record<string, string>>;
/** Longer than any of the fields takes: it was not typed here. */
const typedCharsMax = 120;

const typedIn = (fields: Record<string, unknown>): Typed =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      return typeof value === 'string' && value.length <= typedCharsMax ? [[name, value]] : [];
    }),
  );

const wrongWords: Readonly<Record<string, string>> = {
  code: 'Code: eight letters and digits.',
  given: 'First and middle names: letters, as they are written.',
  family: 'Family name: letters, as it is written.',
  formerFamily: 'Earlier family name: letters, or nothing.',
  birthDate: 'Date of birth: a day.',
  known: 'How you know who they are: please choose.',
  declared: 'Please read the declaration, and tick it.',
  documentIssuer: 'Country or agency: letters only.',
  documentNumber: 'Document: all three fields, or none of them.',
};
const wrongIn = (issues: readonly { path: readonly PropertyKey[] }[]): string[] => [
  ...new Set(issues.map(({ path }) => wrongWords[String(path[0])] ?? 'Something here cannot be read.')),
];

export const checkVouch = (parts: ConsoleParts) =>
  door(parts, ['referee'], async (c, session) => {
    const { csrf: _, act, ...fields } = await asForm(c.req.parseBody());
    const typed = typedIn(fields);
    if (act === 'change') return formPage(c, parts, session, { typed });
    const read = vouchForm.safeParse(fields);
    if (!read.success) return formPage(c, parts, session, { typed, wrong: wrongIn(read.error.issues) });
    const form = read.data;
    const checked = await parts.vouching.check(session, form).catch((error) => {
      if (!(error instanceof Refusal) || error.status >= 500) throw error;
      return error;
    });
    if (checked instanceof Refusal)
      return formPage(c, parts, session, { typed, wrong: [checked.message], status: checked.status });
    const { organisation } = checked;
    const by = `${organisation.name} (${organisationWords[organisation.kind]})`;
    return consolePage(
      c,
      parts,
      { title: 'Read this once more, then sign', session },
      <CheckPage form={form} fields={fields} by={by} csrf={session.csrf} />,
    );
  });

export const vouchDone = (parts: ConsoleParts) =>
  door(parts, ['referee'], (c, session) =>
    consolePage(
      c,
      parts,
      { title: 'Done', session },
      <>
        <Notice tone="good" title="Their wallet goes on by itself." live>
          <p>Nothing about this person is kept here: only that your organisation vouched once more today.</p>
        </Notice>
        <p class="row">
          <ButtonLink href="/vouch" kind="plain">
            Vouch for somebody else
          </ButtonLink>
        </p>
      </>,
    ),
  );

const VouchPage: FC<{ csrf: string; typed: Typed; wrong: readonly string[] }> = ({ csrf, typed, wrong }) => (
  <>
    {wrong.length > 0 ? (
      <Notice tone="bad" title="Nothing was signed yet" live>
        <ul>
          {wrong.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <p>What you typed is still here. Please look at it, and tick the declaration once more.</p>
      </Notice>
    ) : null}
    <p>
      The person is with you, and their wallet shows a code. You say who they are, for your organisation. You
      do not learn where they will use it, and nobody there learns who they are or that you vouched.
    </p>
    <Form action="/vouch/check" csrf={csrf} label="Vouch for somebody">
      <Field
        name="code"
        label="Code"
        hint="Eight letters and digits, on the screen of the person’s own device, such as CDFG-3467. Never take a code from anybody else."
        value={typed.code ?? ''}
        maxlength={20}
        autocomplete="off"
        required
      />
      <Field
        name="given"
        label="First and middle names"
        value={typed.given ?? ''}
        maxlength={80}
        autocomplete="off"
        required
      />
      <Field
        name="family"
        label="Family name"
        value={typed.family ?? ''}
        maxlength={80}
        autocomplete="off"
        required
      />
      <Field
        name="formerFamily"
        label="An earlier family name, if there is one"
        value={typed.formerFamily ?? ''}
        maxlength={80}
        autocomplete="off"
      />
      <Field
        name="birthDate"
        label="Date of birth"
        type="date"
        value={typed.birthDate ?? ''}
        autocomplete="off"
        required
      />
      <Known typed={typed.known} />
      <details open={Boolean(typed.documentKind || typed.documentIssuer || typed.documentNumber)}>
        <summary>I saw a passport or a driving licence</summary>
        <p class="hint">
          Leave this empty if you saw none: nobody needs one. All three fields, or none of them.
        </p>
        <div class="field">
          <label for="field-documentKind">Which</label>
          <select id="field-documentKind" name="documentKind">
            <option value="">None</option>
            {documentKinds.map((kind) => (
              <option value={kind} selected={typed.documentKind === kind}>
                {documentWords[kind]}
              </option>
            ))}
          </select>
        </div>
        <Field
          name="documentIssuer"
          label="Country or agency"
          hint="As on the document, for example GBR or DVLA"
          value={typed.documentIssuer ?? ''}
          maxlength={20}
          autocomplete="off"
        />
        <Field
          name="documentNumber"
          label="Number"
          value={typed.documentNumber ?? ''}
          maxlength={40}
          autocomplete="off"
        />
      </details>
      <div class="choice">
        <input type="checkbox" id="declared" name="declared" value="yes" required />
        <label for="declared">
          I declare that this person is who I say, that they are with me and wish this, that I saw the code on
          their own device, and that this person is not me and not of my household. I know that a false
          declaration can be an offence.
        </label>
      </div>
      <p class="row">
        <Button>Go on</Button>
      </p>
    </Form>
  </>
);

const Known: FC<{ typed: string | undefined }> = ({ typed }) => (
  <fieldset class="field">
    <legend>How you know who they are</legend>
    {waysOfKnowing.map((way) => (
      <div class="choice">
        <input type="radio" id={`known-${way}`} name="known" value={way} checked={typed === way} required />
        <label for={`known-${way}`}>{knowingWords[way]}</label>
      </div>
    ))}
  </fieldset>
);

const CheckPage: FC<{ form: VouchForm; fields: Record<string, unknown>; by: string; csrf: string }> = (
  props,
) => {
  const { form } = props;
  return (
    <>
      <Facts
        facts={[
          ['Code', form.code],
          ['Name', `${form.given} ${form.family}`],
          ...(form.formerFamily === undefined ? [] : [['Earlier name', form.formerFamily] as const]),
          ['Born', form.birthDate],
          [
            'Document',
            form.documentKind === undefined
              ? 'none seen'
              : `${documentWords[form.documentKind]} ${form.documentIssuer} ${form.documentNumber}`,
          ],
          ['You know', knowingWords[form.known]],
          ['For', props.by],
        ]}
      />
      <p>
        <strong>Let the person read this too.</strong> It is sealed so that nobody here can read it again; a
        quorum of guardians can, on an order, and then it says that your organisation vouched.
      </p>
      <form
        method="post"
        action="/vouch"
        data-passkey="sign"
        data-then="/vouch/done"
        aria-label="Sign with your passkey"
      >
        <input type="hidden" name="csrf" value={props.csrf} />
        {Object.entries(props.fields).map(([name, value]) =>
          typeof value === 'string' ? <input type="hidden" name={name} value={value} /> : null,
        )}
        <p class="row">
          <Button disabled>Sign with your passkey</Button>
        </p>
        <p role="status" />
      </form>
      <Form action="/vouch/check" csrf={props.csrf} label="Change something">
        {Object.entries(props.fields).map(([name, value]) =>
          typeof value === 'string' && name !== 'declared' ? (
            <input type="hidden" name={name} value={value} />
          ) : null,
        )}
        <Button kind="plain" name="act" value="change">
          Something is wrong: change it
        </Button>
      </Form>
      <noscript>
        <p>Passkeys need scripts in your browser.</p>
      </noscript>
      <PasskeyScript />
    </>
  );
};
