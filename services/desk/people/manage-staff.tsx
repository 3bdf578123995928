/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /people…: an admin sees who works here, invites, changes and removes. */
import { asForm, checkShape } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { human, staffRoles } from '../casework/event.ts';
import { queues } from '../casework/queue.ts';
import { consolePage } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { LinkPage, PeoplePage, PersonPage } from './people-page.tsx';
import type { Link } from './staff-store.ts';
import { workingName } from './working-name.ts';

const place = z
  .strictObject({
    roles: z.array(z.enum(staffRoles)).min(1),
    queues: z.array(z.enum(queues)),
  })
  .transform(({ roles, queues: given }) => ({ roles, queues: given.length === 0 ? null : given }));

/** A page of an admin's: a refusal is told in words, with a way back. */
export const adminPage =
  (parts: DeskParts, back: string, work: (c: Context, session: Session) => Promise<Response> | Response) =>
  async (c: Context) => {
    try {
      c.header('cache-control', 'no-store');
      return await work(c, parts.signIn.session(c));
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, parts.config, error, back);
    }
  };

export const showPeople = (parts: DeskParts) =>
  adminPage(parts, '/', async (c, session) =>
    consolePage(
      c,
      parts.config,
      { title: 'The people who work here', session },
      <PeoplePage people={await parts.staff.list()} csrf={session.csrf} />,
    ),
  );

export const showPerson = (parts: DeskParts) =>
  adminPage(parts, '/people', async (c, session) => {
    const person = await parts.staff.find(idOf(c));
    return consolePage(
      c,
      parts.config,
      { title: person.name, session },
      <PersonPage person={person} csrf={session.csrf} />,
    );
  });

export const inviteStaff = (parts: DeskParts) =>
  adminPage(parts, '/people', async (c, session) => {
    const form = await asForm(c.req.formData());
    const name = checkShape({ name: form.get('name') }, z.strictObject({ name: workingName })).name;
    const { link } = await parts.staff.invite(session.staff.name, name, placeOf(form));
    return showLink(parts, c, session, name, link);
  });

export const placeStaff = (parts: DeskParts) =>
  adminPage(parts, '/people', async (c, session) => {
    await parts.staff.place(session.staff.name, idOf(c), placeOf(await asForm(c.req.formData())));
    return c.redirect('/people', 303);
  });

export const linkStaff = (parts: DeskParts) =>
  adminPage(parts, '/people', async (c, session) => {
    const { name } = await parts.staff.find(idOf(c));
    return showLink(parts, c, session, name, await parts.staff.newLink(session.staff.name, idOf(c)));
  });

export const removeStaff = (parts: DeskParts) =>
  adminPage(parts, '/people', async (c, { staff }) => {
    const { name } = await parts.staff.remove(staff.name, idOf(c));
    // From here on nothing of theirs opens. What they hold goes back, as an admin gives it back.
    const by = { actor: { role: 'admin' as const, name: staff.name }, tool: human };
    for (const { case_id } of await parts.store.claimedBy(name))
      await parts.casebook.act(case_id, (state) =>
        state.assignee?.name === name ? [{ ...by, body: { kind: 'released' } }] : [],
      );
    return c.redirect('/people', 303);
  });

function showLink(parts: DeskParts, c: Context, session: Session, name: string, link: Link) {
  const address = `${parts.config.origin}/join?token=${link.token}`;
  return consolePage(
    c,
    parts.config,
    { title: `A link for ${name}`, session },
    <LinkPage name={name} address={address} link={link} />,
  );
}

const idOf = (c: Context): string => checkShape(c.req.param('id'), wire.id);
const placeOf = (form: FormData) =>
  checkShape({ roles: form.getAll('roles'), queues: form.getAll('queues') }, place);
