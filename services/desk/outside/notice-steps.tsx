/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What can be done next with a notice: what the transition would take, and nothing else. */
import { Button, Field, Form, Notice } from '@answerable/kit/page.tsx';
import type { Child, FC } from 'hono/jsx';
import { Select } from '../console/finding-fields.tsx';
import { outcomes } from './notice.ts';
import { DraftFields } from './notice-fields.tsx';
import type { NoticePageProps } from './notice-page.tsx';
import { chasesMax, noticeDue } from './notice-transition.ts';

const handed = [
  ['form', 'Through their form'],
  ['post', 'By post'],
  ['by-hand', 'In another way'],
] as const;
const outcomeWords = {
  removed: 'They removed it',
  restricted: 'They restricted it',
  kept: 'They kept it as it is',
  other: 'Something else',
};

export const NoticeSteps: FC<NoticePageProps> = (props) => {
  const { state } = props;
  if (state.phase === 'closed') return null;
  const waiting = state.phase === 'sent' || state.phase === 'acknowledged';
  return (
    <section aria-labelledby="next">
      <h2 id="next">What is next</h2>
      {state.phase === 'draft' ? <Sending {...props} /> : null}
      {waiting ? <Asking {...props} /> : null}
      {state.phase === 'sent' ? (
        <Step {...props} verb="acknowledged" label="They confirmed it">
          <Field name="reference" label="Their reference, if any" maxlength={200} />
        </Step>
      ) : null}
      {waiting ? (
        <Step {...props} verb="answered" label="They answered">
          <Select
            name="outcome"
            label="What did they do?"
            options={outcomes.map((one) => [one, outcomeWords[one]] as const)}
          />
          <Field name="words" label="What they said" rows={3} maxlength={2000} required />
          <When />
        </Step>
      ) : null}
      <Step {...props} verb="closed" label="Close it">
        <Field name="why" label="Why" maxlength={2000} required />
      </Step>
    </section>
  );
};

const Step: FC<NoticePageProps & { verb: string; label: string; children?: Child }> = (props) => (
  <details class="more">
    <summary>{props.label}</summary>
    <Form action={`/outside/${props.state.notice}/${props.verb}`} csrf={props.csrf} label={props.label}>
      {props.children}
      <Button kind="plain">{props.label}</Button>
    </Form>
  </details>
);

const Sending: FC<NoticePageProps> = (props) => {
  const { state, canMail, csrf } = props;
  return (
    <>
      {canMail && state.draft.email ? (
        <Form action={`/outside/${state.notice}/sent`} csrf={csrf} label="Send by e-mail">
          <input type="hidden" name="way" value="e-mail" />
          <p>
            <Button>Send it to {state.draft.email}</Button>
          </p>
        </Form>
      ) : null}
      <Step {...props} verb="sent" label="I handed it over myself">
        <Ways />
        <When />
      </Step>
      <Step {...props} verb="draft" label="Change it">
        <DraftFields evidence={props.choices} draft={state.draft} />
      </Step>
    </>
  );
};

const Asking: FC<NoticePageProps> = (props) => {
  const { state, now } = props;
  const due = noticeDue(state);
  if (state.chased >= chasesMax)
    return (
      <Notice title={`Asked ${state.chased} times without an answer.`}>
        <p>
          In the EU you can tell the Digital Services Coordinator of your country. In the UK you can tell
          Ofcom; it does not decide single cases. The police can be told of a crime at any time.
        </p>
      </Notice>
    );
  return (
    <>
      {due !== null && due <= now ? <Notice title="It is time to ask again." live /> : null}
      <Step {...props} verb="chased" label="I asked again">
        <Ways />
      </Step>
    </>
  );
};

const Ways = () => <Select name="way" label="How" options={handed} />;

const When = () => (
  <Field name="on" label="When, in UTC" hint="Leave it empty for now." type="datetime-local" />
);
