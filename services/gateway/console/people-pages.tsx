/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /people…: an admin sees who works here, invites, changes a role, makes a new link, removes. */
import { Button, ButtonLink, Facts, Field, Form, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import { checkShape, readForm } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { workingNameBut } from '@answerable/kit/working-name';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import type { Link, PeopleStore, StaffRow } from './people-store.ts';
import { type Role, roles, roleWords } from './roles.ts';

/** The record calls others by these. */
export const workingName = workingNameBut(['gateway', 'desk', 'the machine', 'upkeep']);
const csrf = wire.text(100);
const invitation = z.strictObject({ csrf, name: workingName, role: z.enum(roles) });
const placing = z.strictObject({ csrf, role: z.enum(roles) });

type Person = Awaited<ReturnType<PeopleStore['list']>>[number];

export const showPeople = (parts: ConsoleParts) =>
  door(parts, 'admin', async (c, session) =>
    consolePage(
      c,
      parts,
      { title: 'The people who work here', session },
      <>
        <Table
          caption="Who works here"
          head={['Name', 'May', 'State']}
          rows={(await parts.people.list()).map((one) => [
            one.removed === null ? <a href={`/people/${one.id}`}>{one.name}</a> : one.name,
            roleWords[one.role][0],
            <State person={one} />,
          ])}
        />
        <h2>Invite somebody</h2>
        <Form action="/people" csrf={session.csrf} label="Invite somebody">
          <Field
            name="name"
            label="Working name"
            hint="It stands beside what this person does. It need not be a real name, and nobody else can have it later."
            maxlength={40}
            autocomplete="off"
            required
          />
          <RoleChoice />
          <Button>Make the invitation</Button>
        </Form>
      </>,
    ),
  );

const RoleChoice: FC<{ held?: Role }> = ({ held }) => (
  <fieldset class="field">
    <legend>May</legend>
    <p class="hint">Each may all that the ones below may.</p>
    {roles.map((role) => (
      <div class="choice">
        <input type="radio" id={`role-${role}`} name="role" value={role} checked={role === held} required />
        <label for={`role-${role}`}>
          <strong>{roleWords[role][0]}</strong>: {roleWords[role][1]}
        </label>
      </div>
    ))}
  </fieldset>
);

const State: FC<{ person: Person }> = ({ person }) => {
  if (person.removed !== null) return <span>left on {person.removed}</span>;
  if (Number(person.passkeys) > 0) return <span>has a passkey</span>;
  return <Tag tone="mark">{person.joined === null ? 'invited' : 'has no passkey'}</Tag>;
};

export const showPerson = (parts: ConsoleParts) =>
  door(parts, 'admin', async (c, session) => {
    const person = await parts.people.find(idOf(c));
    return consolePage(
      c,
      parts,
      { title: person.name, session },
      <PersonPage person={person} csrf={session.csrf} />,
    );
  });

const PersonPage: FC<{ person: StaffRow; csrf: string }> = ({ person, csrf: token }) => {
  const at = `/people/${person.id}`;
  return (
    <>
      <Facts
        facts={[
          ['Invited', person.invited],
          ['Came in', person.joined ?? 'not yet'],
        ]}
      />
      <Form action={`${at}/role`} csrf={token} label="Role">
        <RoleChoice held={person.role} />
        <Button kind="plain">Change the role</Button>
      </Form>
      <h2>A new link</h2>
      <p>
        For somebody who lost their passkey. It ends every passkey, session and token they have, and opens
        once. The record shows that you made it.
      </p>
      <Form action={`${at}/links`} csrf={token} label="A new link">
        <Button kind="plain">Make a new link</Button>
      </Form>
      <h2>Remove</h2>
      <p>Ends their passkeys, sessions and tokens at once. What they did keeps their name.</p>
      <Form action={`${at}/removal`} csrf={token} label="Remove">
        <Button kind="stop">Remove {person.name}</Button>
      </Form>
      <p>
        <a href="/people">Back to everybody</a>
      </p>
    </>
  );
};

export const invitePerson = (parts: ConsoleParts) =>
  door(parts, 'admin', async (c, session) => {
    const { name, role } = await readForm(c, invitation);
    return showLink(parts, c, session, name, await parts.people.invite(session.staff.name, name, role));
  });

export const placePerson = (parts: ConsoleParts) =>
  door(parts, 'admin', async (c, { staff }) => {
    await parts.people.place(staff.name, idOf(c), (await readForm(c, placing)).role);
    return c.redirect('/people', 303);
  });

export const linkPerson = (parts: ConsoleParts) =>
  door(parts, 'admin', async (c, session) => {
    const { name } = await parts.people.find(idOf(c));
    return showLink(parts, c, session, name, await parts.people.newLink(session.staff.name, idOf(c)));
  });

export const removePerson = (parts: ConsoleParts) =>
  door(parts, 'admin', async (c, { staff }) => {
    await parts.people.remove(staff.name, idOf(c));
    return c.redirect('/people', 303);
  });

/** A link is shown once, here; what is kept is its hash. */
function showLink(parts: ConsoleParts, c: Context, session: Session, name: string, link: Link) {
  return consolePage(
    c,
    parts,
    { title: `A link for ${name}`, session },
    <>
      <Notice tone="mark" live>
        <p>
          Give this link to {name}, in a way that nobody else can read. It opens once, until{' '}
          {link.until.toISOString().slice(0, 16).replace('T', ' ')} UTC, and is not shown again.
        </p>
      </Notice>
      <Field name="link" label="Link" value={`${parts.config.origin}/join?token=${link.token}`} />
      <p class="row">
        <ButtonLink href="/people" kind="plain">
          Back to everybody
        </ButtonLink>
      </p>
    </>,
  );
}

const idOf = (c: Context): string => checkShape(c.req.param('id'), wire.id);
