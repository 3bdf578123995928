/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /organisations…: an admin says which organisations vouch, and pauses one with a reason. */
import { Button, Choices, Field, Form, Table, Tag } from '@answerable/kit/page.tsx';
import { checkShape, readForm } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import type { OrganisationRow } from './organisation-store.ts';
import { organisationKinds, organisationWords } from './roles.ts';

const csrf = wire.text(100);
const name = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,&’'()-]{1,79}$/u));
const added = z.strictObject({ csrf, name, kind: z.enum(organisationKinds) });
const reason = z.string().trim().min(3).max(300);
const stood = z.strictObject({ csrf, standing: z.enum(['active', 'paused']), reason });

export const showOrganisations = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) =>
    consolePage(
      c,
      parts,
      { title: 'Organisations that vouch', session },
      <OrganisationsPage list={await parts.organisations.list()} csrf={session.csrf} />,
    ),
  );

export const addOrganisation = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, { staff }) => {
    const form = await readForm(c, added);
    await parts.organisations.add(staff.name, form.kind, form.name);
    return c.redirect('/organisations', 303);
  });

export const standOrganisation = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, { staff }) => {
    const { standing, reason: why } = await readForm(c, stood);
    const id = checkShape(c.req.param('id'), wire.id);
    await parts.organisations.stand(staff.name, id, standing, why);
    return c.redirect('/organisations', 303);
  });

const OrganisationsPage: FC<{ list: readonly OrganisationRow[]; csrf: string }> = (props) => (
  <>
    {props.list.length === 0 ? (
      <p>None yet. Add the first one below, then invite its referees under People.</p>
    ) : (
      <Table
        caption="Who vouches"
        head={['Name', 'Kind', 'State', 'Change']}
        rows={props.list.map((one) => [
          one.name,
          organisationWords[one.kind],
          one.standing === 'active' ? (
            <Tag tone="good">since {one.since}</Tag>
          ) : (
            <>
              <Tag tone="bad">paused since {one.since}</Tag> {one.reason}
            </>
          ),
          <StandingForm one={one} csrf={props.csrf} />,
        ])}
      />
    )}
    <h2>Add an organisation</h2>
    <p>
      Check first that it exists, that it may do this, and who speaks for it.{' '}
      <strong>Its name is sealed with each person it vouches for</strong>, and read only after an opening.
    </p>
    <Form action="/organisations" csrf={props.csrf} label="Add an organisation">
      <Field name="name" label="Name" maxlength={80} autocomplete="off" required />
      <Choices
        name="kind"
        legend="Kind"
        options={organisationKinds.map((kind) => ({ value: kind, text: organisationWords[kind] }))}
      />
      <Button>Add</Button>
    </Form>
  </>
);

const StandingForm: FC<{ one: OrganisationRow; csrf: string }> = ({ one, csrf: token }) => {
  const next = one.standing === 'active' ? 'paused' : 'active';
  const id = `reason-${one.id}`;
  return (
    <Form action={`/organisations/${one.id}/standing`} csrf={token} label={`Change ${one.name}`}>
      <input type="hidden" name="standing" value={next} />
      <div class="field">
        <label for={id}>Reason</label>
        <input id={id} name="reason" type="text" maxlength={300} required />
      </div>
      <Button kind={next === 'paused' ? 'stop' : 'plain'}>
        {next === 'paused' ? 'Pause' : 'Let it go on'}
      </Button>
    </Form>
  );
};
