/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET and POST /platforms/:platform/sanction: a sanction by hand. The form, then in plain words what will happen,
 * then it is done; each is one page, and nothing is recorded before the last.
 */
import { Button, ButtonLink, Choices, Field, Form, Notice } from '@answerable/kit/page.tsx';
import { asForm } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { type StepHere, stepsOf } from '@answerable/protocol/platform/steps';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { platformNamed } from '../api/admin-api.ts';
import type { PlatformConfig } from '../config.ts';
import type { GatewayParts } from '../parts.ts';
import { drawSanction, imposeByHand, requestOfWish, type Wish, wishShape } from '../sanctions/by-hand.ts';
import { consolePage, door } from './console-page.tsx';
import { holdsWords, stepWords, whatFollows } from './sanction-words.ts';

/** What a form may bring, as texts; anything longer was not typed here. */
const fields = ['handle', 'caseId', 'holds', 'step', 'from', 'until', 'reason'] as const;
const fieldCharsMax = 4_000;
const reasonRows = 6;
type Typed = Partial<Record<(typeof fields)[number], string>>;

const labels: Record<(typeof fields)[number], string> = {
  handle: 'Account',
  caseId: 'Number of the case',
  holds: 'It holds',
  step: 'Step',
  from: 'Begins on',
  until: 'Until',
  reason: 'Reason',
};
const hints: Partial<Record<string, string>> = {
  handle: 'it has 60 characters at most',
  caseId: 'it has 22 letters and digits, as the desk shows it',
  until: 'a day after today; none for a warning',
  from: 'a day after today and before the end, or nothing',
  reason: 'at least a sentence',
};

export const showSanctionForm = (parts: GatewayParts) =>
  door(parts.console, 'admin', async (c, session) => formPage(c, parts, session, {}));

export const sanctionByHand = (parts: GatewayParts) =>
  door(parts.console, 'admin', async (c, session) => {
    const given = await asForm(c.req.parseBody());
    const typed = typedIn(given);
    if (given.act === 'change') return formPage(c, parts, session, typed);
    const { name } = platformNamed(parts, c.req.param('platform'));
    const read = wishShape.safeParse({
      ...typed,
      platform: name,
      from: typed.from || undefined,
      until: typed.until || null,
    });
    if (!read.success) return formPage(c, parts, session, typed, wrongIn(read.error.issues));
    try {
      if (given.act !== 'do') return await sure(c, parts, session, typed, read.data);
      const sanction = wire.id.safeParse(given.sanction);
      if (!sanction.success) throw new Refusal('malformed', 'sanction');
      await imposeByHand(parts, session.staff.name, sanction.data, read.data);
      return c.redirect(`/sanctions/${sanction.data}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error;
      return formPage(c, parts, session, typed, wrongOf(error));
    }
  });

function typedIn(given: Record<string, unknown>): Typed {
  const texts = fields.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' && value.length <= fieldCharsMax ? [[name, value.trim()]] : [];
  });
  return Object.fromEntries(texts) as Typed;
}

const lineFor = (field: string): string =>
  `${(labels as Record<string, string>)[field] ?? 'This form'}: ${hints[field] ?? 'please choose'}.`;
const wrongIn = (issues: readonly { path: readonly PropertyKey[] }[]): string[] => [
  ...new Set(issues.map(({ path }) => lineFor(String(path[0] ?? '')))),
];
const wrongOf = (refusal: Refusal): string[] =>
  refusal.code === 'malformed' && refusal.pointer ? [lineFor(refusal.pointer)] : [refusal.message];

async function formPage(
  c: Context,
  parts: GatewayParts,
  session: Session,
  typed: Typed,
  wrong: readonly string[] = [],
) {
  const platform = platformNamed(parts, c.req.param('platform'));
  const { policy } = await parts.platformPolicies.inForce(platform.name);
  return consolePage(
    c,
    parts.console,
    {
      title: `A sanction at ${policy.title}`,
      session,
      ...(wrong.length > 0 ? { status: 400 as const } : {}),
    },
    <>
      {wrong.length > 0 ? (
        <Notice tone="bad" title="Nothing was done yet" live>
          <ul>
            {wrong.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <p>
          Cases are decided at the desk. This is for the day on which it is away. You see what will happen
          before anything does.
        </p>
      )}
      <Form action={`/platforms/${platform.name}/sanction`} csrf={session.csrf} label="A sanction by hand">
        <Field
          name="handle"
          label={labels.handle}
          hint={`The name at ${policy.title}, or the number that it knows the account by.`}
          value={typed.handle ?? ''}
          maxlength={60}
          autocomplete="off"
          required
        />
        <Field
          name="caseId"
          label={labels.caseId}
          hint="The desk must know it: an appeal is heard there."
          value={typed.caseId ?? ''}
          maxlength={22}
          autocomplete="off"
          required
        />
        <Holds typed={typed} may={policy.sanctionsHoldThePerson} />
        <Steps typed={typed} steps={stepsOf(policy)} />
        <Field
          name="until"
          type="date"
          label={labels.until}
          hint="The day on which it ends. For a bar: when somebody looks at it again. For a warning: nothing."
          value={typed.until ?? ''}
        />
        <Field
          name="from"
          type="date"
          label={labels.from}
          hint="A later day. Nothing: it begins at once."
          value={typed.from ?? ''}
        />
        <Field
          name="reason"
          label={labels.reason}
          hint="The holder reads it, word for word. Say what was done and which rule it broke; name nobody else."
          rows={reasonRows}
          value={typed.reason ?? ''}
          maxlength={2000}
          required
        />
        <Button name="act" value="look">
          See what will happen
        </Button>
      </Form>
      <p>
        <a href="/sanctions">Back to sanctions</a>
      </p>
    </>,
  );
}

const Holds: FC<{ typed: Typed; may: boolean }> = ({ typed, may }) =>
  may ? (
    <Choices
      name="holds"
      legend={labels.holds}
      options={(['account', 'person'] as const).map((value) => ({
        value,
        text: holdsWords[value],
        checked: typed.holds === value,
      }))}
    />
  ) : (
    <input type="hidden" name="holds" value="account" />
  );

const Steps: FC<{ typed: Typed; steps: readonly StepHere[] }> = ({ typed, steps }) => (
  <Choices
    name="step"
    legend="Step, of those that the policy has"
    options={steps.map(({ step, daysMax }) => ({
      value: step,
      text: `${stepWords[step][0]}: ${stepWords[step][1]}${daysMax === null ? '' : `; for ${daysMax} days at most`}`,
      checked: typed.step === step,
    }))}
  />
);

/** Nothing is recorded here. The number that the sanction will have is drawn for this page: pressed twice it is one. */
async function sure(c: Context, parts: GatewayParts, session: Session, typed: Typed, wish: Wish) {
  const platform: PlatformConfig = platformNamed(parts, wish.platform);
  const sanction = drawSanction();
  await requestOfWish(parts, sanction, wish);
  const { step, holds, until, from, handle } = wish;
  return consolePage(
    c,
    parts.console,
    { title: 'This will happen', session },
    <>
      <p>
        {stepWords[step][0]}: <strong>{handle}</strong> at {platform.policy.title}. It holds{' '}
        {holdsWords[holds]}.
      </p>
      <ul>
        {whatFollows({ step, holds, until, from }, platform).map((line) => (
          <li>{line}</li>
        ))}
        <li>
          The record shows everybody here that {session.staff.name} did it, when, the case and the reason. The
          account does not stand in it.
        </li>
      </ul>
      <h2>Your reason</h2>
      <p>{wish.reason}</p>
      <Form
        action={`/platforms/${platform.name}/sanction`}
        csrf={session.csrf}
        label="Do it, or change something"
      >
        <input type="hidden" name="sanction" value={sanction} />
        {fields.map((name) => (
          <input type="hidden" name={name} value={typed[name] ?? ''} />
        ))}
        <div class="row">
          <Button kind="stop" name="act" value="do">
            {stepWords[step][0]}
          </Button>
          <Button kind="plain" name="act" value="change">
            Change something
          </Button>
          <ButtonLink href="/sanctions" kind="plain">
            Leave it
          </ButtonLink>
        </div>
      </Form>
    </>,
  );
}
