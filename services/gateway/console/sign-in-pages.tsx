/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * How people come in: by a one-time link, which lets them make a passkey and nothing else, and by passkey from
 * then on. Looking at a link does not use it up: programs that fetch every address in a message would.
 */
import { Button, ButtonLink } from '@answerable/kit/page.tsx';
import { credentialId, passkeyLabel, passkeyMade, passkeyUsed } from '@answerable/kit/passkey';
import { OwnPasskeys, PasskeySignIn } from '@answerable/kit/passkey-page.tsx';
import { readForm, readJson } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { OwnTokens } from './api-tokens-page.tsx';
import { consolePage, ownDoor, told } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { workingName } from './people-pages.tsx';
import { roleOf, roleWords } from './roles.ts';

const tokenForm = z.strictObject({ token: z.string().max(100) });
const made = z.strictObject({ label: passkeyLabel, response: passkeyMade });
const used = z.strictObject({ response: passkeyUsed });
const removal = z.strictObject({ credential: credentialId, csrf: wire.text(100) });
const linkRequest = z.strictObject({ name: workingName });

/** POST /operator/sign-in-links: the first admin, and one who lost every passkey. */
export const machineLink = (parts: ConsoleParts) => async (c: Context) => {
  const { name } = await readJson(c, linkRequest);
  const { token } = await parts.people.machineLink(name);
  return c.json({ path: `/join?token=${token}` });
};

export const showInvitation = (parts: ConsoleParts) =>
  told(parts, async (c) => {
    const token = (c.req.query('token') ?? '').slice(0, 100);
    const { name } = await parts.people.lookAt(token);
    return consolePage(
      c,
      parts,
      { title: 'You are invited' },
      <form method="post" action="/join">
        <p>
          You are invited to work here as <strong>{name}</strong>. This link opens once. You then make a
          passkey, and sign in with it from then on.
        </p>
        <input type="hidden" name="token" value={token} />
        <Button>Come in</Button>
      </form>,
    );
  });

export const join = (parts: ConsoleParts) =>
  told(parts, async (c) => {
    refuseElsewhere(c);
    const { token } = await readForm(c, tokenForm);
    await parts.signIn.enter(c, await parts.people.take(token));
    return c.redirect('/you', 303);
  });

export const showYou = (parts: ConsoleParts) =>
  ownDoor(parts, async (c, session) => {
    const role = roleOf(session.staff);
    const { id } = known(session);
    const passkeys = await parts.passkeys.list(id);
    return consolePage(
      c,
      parts,
      { title: 'You', session },
      <>
        <p>
          You are <strong>{session.staff.name}</strong>
          {role
            ? `: ${roleWords[role][0].toLowerCase()}, who ${roleWords[role][1]}.`
            : '. Everything else here opens once you have signed in with a passkey.'}
        </p>
        <OwnPasskeys
          passkeys={passkeys}
          csrf={session.csrf}
          without="Passkeys need scripts in your browser. Nobody works here without one."
        />
        {passkeys.length > 0 && !role ? (
          <p class="row">
            <ButtonLink href="/sign-in/passkey">Sign in with your passkey</ButtonLink>
          </p>
        ) : null}
        {role ? <OwnTokens tokens={await parts.tokens.list(id)} role={role} csrf={session.csrf} /> : null}
      </>,
    );
  });

export const beginPasskey = (parts: ConsoleParts) =>
  ownDoor(parts, async (c, session) => c.json(await parts.passkeys.beginMaking(known(session))));

export const makePasskey = (parts: ConsoleParts) =>
  ownDoor(parts, async (c, session) => {
    const { label, response } = await readJson(c, made);
    await parts.passkeys.make(known(session), label, response);
    return c.json({ ok: true });
  });

export const removePasskey = (parts: ConsoleParts) =>
  ownDoor(parts, async (c, session) => {
    const { credential } = await readForm(c, removal);
    await parts.passkeys.remove(known(session), credential);
    return c.redirect('/you', 303);
  });

export const showPasskeySignIn = (parts: ConsoleParts) => (c: Context) =>
  consolePage(
    c,
    parts,
    { title: 'Sign in' },
    <PasskeySignIn lost="No passkey here? An admin can make you a link, which opens once. An admin who lost every passkey makes one at the machine: answerable gateway people --new-link NAME." />,
  );

export const beginPasskeySignIn = (parts: ConsoleParts) => async (c: Context) =>
  c.json(await parts.passkeys.beginUsing());

export const passkeySignIn = (parts: ConsoleParts) => async (c: Context) => {
  refuseElsewhere(c);
  const { response } = await readJson(c, used);
  await parts.signIn.enter(c, await parts.passkeys.enter(response));
  return c.json({ ok: true });
};

/** Whoever has a session here has a row. */
export function known({ staff }: Session) {
  if (staff.id === undefined) throw new Refusal('forbidden');
  return { ...staff, id: staff.id };
}

/** Nobody is signed in by a form of another site. */
function refuseElsewhere(c: Context): void {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('forbidden');
}
