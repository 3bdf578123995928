/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /you, POST /you/passkeys…, GET and POST /sign-in/passkey…: one's own passkeys, and the way in by one. */
import { page } from '@answerable/kit/page.tsx';
import { credentialId, passkeyLabel, passkeyMade, passkeyUsed } from '@answerable/kit/passkey';
import { readForm, readJson } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { consolePage, serviceTitle } from '../console/console-page.tsx';
import type { DeskParts } from '../parts.ts';
import { refuseElsewhere } from './join-desk.tsx';
import { adminPage } from './manage-staff.tsx';
import { SignInPage, YouPage } from './passkey-page.tsx';

const made = z.strictObject({ label: passkeyLabel, response: passkeyMade });
const used = z.strictObject({ response: passkeyUsed });

export const showYou = (parts: DeskParts) =>
  adminPage(parts, '/', async (c, session) => {
    const { id } = session.staff;
    const passkeys = id === undefined ? undefined : await parts.passkeys.list(id);
    return consolePage(
      c,
      parts.config,
      { title: 'You', session },
      <YouPage session={session} passkeys={passkeys} />,
    );
  });

/** Only who has a row here can have passkeys; who came by the operator's link has none. */
function knownStaff({ staff }: Session) {
  if (staff.id === undefined) throw new Refusal('forbidden');
  return { ...staff, id: staff.id };
}

export const beginPasskey = (parts: DeskParts) => async (c: Context) =>
  c.json(await parts.passkeys.beginMaking(knownStaff(parts.signIn.session(c))));

export const makePasskey = (parts: DeskParts) => async (c: Context) => {
  const { label, response } = await readJson(c, made);
  await parts.passkeys.make(knownStaff(parts.signIn.session(c)), label, response);
  return c.json({ ok: true });
};

export const removePasskey = (parts: DeskParts) =>
  adminPage(parts, '/you', async (c, session) => {
    const { credential } = await readForm(
      c,
      z.strictObject({ credential: credentialId, csrf: wire.text(100) }),
    );
    await parts.passkeys.remove(knownStaff(session), credential);
    return c.redirect('/you', 303);
  });

export const showPasskeySignIn = (parts: DeskParts) => (c: Context) => {
  const { config } = parts;
  const options = { title: 'Sign in', service: serviceTitle(config), practice: config.mode === 'practice' };
  return page(c, options, <SignInPage />);
};

export const beginPasskeySignIn = (parts: DeskParts) => async (c: Context) =>
  c.json(await parts.passkeys.beginUsing());

export const passkeySignIn = (parts: DeskParts) => async (c: Context) => {
  refuseElsewhere(c);
  const { response } = await readJson(c, used);
  await parts.signIn.enter(c, await parts.passkeys.use(response));
  return c.json({ ok: true });
};
