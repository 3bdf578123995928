/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /people…: an admin sees who works here, invites, makes a new link and removes. */
import { asForm, checkShape } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { workingNameBut } from '@answerable/kit/working-name';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { LinkPage, PeoplePage, PersonPage } from './people-page.tsx';
import type { Link } from './people-store.ts';
import { roles } from './roles.ts';

/** The record calls others by these. */
export const workingName = workingNameBut(['registrar', 'operator', 'keeper']);

/** A referee belongs to an organisation and does nothing else; nobody else belongs to one. */
const invitation = z
  .strictObject({
    name: workingName,
    roles: z.array(z.enum(roles)).min(1),
    organisation: wire.id.nullable(),
  })
  .refine(({ roles: held, organisation }) =>
    held.includes('referee') ? held.length === 1 && organisation !== null : organisation === null,
  );

export const showPeople = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) =>
    consolePage(
      c,
      parts,
      { title: 'The people who work here', session },
      <PeoplePage
        people={await parts.people.list()}
        organisations={await parts.organisations.list()}
        csrf={session.csrf}
      />,
    ),
  );

export const showPerson = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) => {
    const person = await parts.people.find(idOf(c));
    return consolePage(
      c,
      parts,
      { title: person.name, session },
      <PersonPage person={person} csrf={session.csrf} />,
    );
  });

export const invitePerson = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) => {
    const form = await asForm(c.req.formData());
    const { name, ...place } = checkShape(
      {
        name: form.get('name'),
        roles: form.getAll('roles'),
        organisation: form.get('organisation') || null,
      },
      invitation,
    );
    if (place.organisation !== null) await parts.organisations.find(place.organisation);
    const { link } = await parts.people.invite(session.staff.name, name, place);
    return showLink(parts, c, session, name, link);
  });

export const linkPerson = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, session) => {
    const { name } = await parts.people.find(idOf(c));
    return showLink(parts, c, session, name, await parts.people.newLink(session.staff.name, idOf(c)));
  });

export const removePerson = (parts: ConsoleParts) =>
  door(parts, ['admin'], async (c, { staff }) => {
    await parts.people.remove(staff.name, idOf(c));
    return c.redirect('/people', 303);
  });

function showLink(parts: ConsoleParts, c: Context, session: Session, name: string, link: Link) {
  const address = `${parts.origin}/join?token=${link.token}`;
  return consolePage(
    c,
    parts,
    { title: `A link for ${name}`, session },
    <LinkPage name={name} address={address} link={link} />,
  );
}

const idOf = (c: Context): string => checkShape(c.req.param('id'), wire.id);
