/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET and POST /suspensions…: an admin stops the renewals of a record after a death or a fraud, or lets them go on.
 * A record is found by its number R, which the person's own copy of it shows, and an authority after an opening;
 * by a name nobody can be looked up here.
 */
import { dayOf } from '@answerable/kit/clock';
import { Button, Choices, Field, Form, Notice, Table } from '@answerable/kit/page.tsx';
import { readForm } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { known } from './sign-in-pages.tsx';
import type { SuspensionStore } from './suspension-store.ts';

const csrf = wire.text(100);
const recordPoint = z.string().trim().pipe(wire.point);
const said = z.strictObject({
  csrf,
  record: recordPoint,
  wish: z.enum(['suspend', 'lift']),
  reason: z.enum(['death', 'fraud']),
});
const withdrawn = z.strictObject({ csrf, record: recordPoint });

type Waiting = Awaited<ReturnType<SuspensionStore['waiting']>>[number];

export const showSuspensions = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) =>
    consolePage(
      c,
      parts,
      { title: 'Suspensions', session },
      <SuspensionsPage
        waiting={await parts.suspensions.waiting()}
        own={known(session).id}
        csrf={session.csrf}
        done={c.req.query('done')}
      />,
    ),
  );

export const saySuspension = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) => {
    const { record, wish, reason } = await readForm(c, said);
    const { id, name } = known(session);
    const today = dayOf(parts.clock.now());
    const done = await parts.suspensions.say(record, { wish, reason }, { id, name }, today);
    return c.redirect(`/suspensions?done=${done ? 'yes' : 'waits'}`, 303);
  });

export const withdrawSuspension = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) => {
    const { record } = await readForm(c, withdrawn);
    await parts.suspensions.withdraw(record, known(session), dayOf(parts.clock.now()));
    return c.redirect('/suspensions', 303);
  });

const words = { suspend: 'Suspend', lift: 'Let go on', death: 'a death', fraud: 'a fraud' };

const SuspensionsPage: FC<{
  waiting: readonly Waiting[];
  own: string;
  csrf: string;
  done: string | undefined;
}> = (props) => (
  <>
    {props.done === 'yes' ? <Notice tone="good" title="It is done." live /> : null}
    {props.done === 'waits' ? <Notice tone="mark" title="It waits for a second admin." live /> : null}
    <p>
      A suspended record is not renewed: its accounts lapse with the period. Nothing is deleted, and nobody at
      a platform learns why.
    </p>
    {props.waiting.length > 0 ? (
      <Table
        caption="Waits for a second person"
        head={['What', 'Because of', 'By', 'Answer']}
        rows={props.waiting.map((one) => [
          `${words[one.wish]} ${one.record_point.slice(0, 8)}…`,
          words[one.reason],
          `${one.name}, ${one.day}`,
          <Answer one={one} own={one.staff_id === props.own} csrf={props.csrf} />,
        ])}
      />
    ) : null}
    <h2>Suspend a record, or let it go on</h2>
    <Form action="/suspensions" csrf={props.csrf} label="Suspend a record, or let it go on">
      <Field
        name="record"
        label="Number of the record"
        hint="64 letters, digits and signs: on the person’s own copy of the record, or from an authority after an opening. Nobody can be found by name here."
        maxlength={70}
        autocomplete="off"
        required
      />
      <Choices
        name="wish"
        legend="What is to be done"
        options={[
          { value: 'suspend', text: 'Suspend it' },
          { value: 'lift', text: 'Let it go on (takes two admins)' },
        ]}
      />
      <Choices
        name="reason"
        legend="Because of"
        options={[
          { value: 'death', text: 'A death, with a certificate seen: at once' },
          { value: 'fraud', text: 'A fraud: takes two admins' },
        ]}
      />
      <Button kind="stop">Go on</Button>
    </Form>
  </>
);

const Answer: FC<{ one: Waiting; own: boolean; csrf: string }> = ({ one, own, csrf: token }) => (
  <div class="row">
    {own ? null : (
      <Form action="/suspensions" csrf={token} label={`Agree: ${one.record_point.slice(0, 8)}`}>
        <input type="hidden" name="record" value={one.record_point} />
        <input type="hidden" name="wish" value={one.wish} />
        <input type="hidden" name="reason" value={one.reason} />
        <Button>Agree</Button>
      </Form>
    )}
    <Form action="/suspensions/withdrawal" csrf={token} label={`Withdraw: ${one.record_point.slice(0, 8)}`}>
      <input type="hidden" name="record" value={one.record_point} />
      <Button kind="plain">Withdraw</Button>
    </Form>
  </div>
);
