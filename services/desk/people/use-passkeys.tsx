/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /you, POST /you/passkeys…, GET and POST /sign-in/passkey…: one's own passkeys, and the way in by one. */
import { page } from '@answerable/kit/page.tsx';
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

const encoded = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/);
const credentialId = encoded(1400).min(1);
const outer = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string().max(40), z.unknown()),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};
const made = z.strictObject({
  label: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,’'()-]{0,39}$/u),
  response: z.strictObject({
    ...outer,
    response: z.strictObject({
      clientDataJSON: encoded(4000),
      attestationObject: encoded(20_000),
      authenticatorData: encoded(8000).optional(),
      transports: z.array(z.string().max(20)).max(10).optional(),
      publicKey: encoded(4000).optional(),
      publicKeyAlgorithm: z.int().optional(),
    }),
  }),
});
const used = z.strictObject({
  response: z.strictObject({
    ...outer,
    response: z.strictObject({
      clientDataJSON: encoded(4000),
      authenticatorData: encoded(8000),
      signature: encoded(4000),
      userHandle: encoded(200).optional(),
    }),
  }),
});

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
  await parts.passkeys.make(knownStaff(parts.signIn.session(c)), label, response as never);
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
  await parts.signIn.enter(c, await parts.passkeys.use(response as never));
  return c.json({ ok: true });
};
