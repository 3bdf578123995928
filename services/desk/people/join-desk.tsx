/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET and POST /join: somebody comes in by a one-time link. Looking does not use it up: programs that fetch
 * every address in a message would. The button does.
 */
import { page } from '@answerable/kit/page.tsx';
import { readForm } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import { serviceTitle } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { JoinPage } from './people-page.tsx';

const tokenForm = z.strictObject({ token: z.string().max(100) });

export const showInvitation = (parts: DeskParts) => async (c: Context) => {
  const token = (c.req.query('token') ?? '').slice(0, 100);
  try {
    const { name } = await parts.staff.lookAt(token);
    const { config } = parts;
    const options = {
      title: 'You are invited',
      service: serviceTitle(config),
      practice: config.mode === 'practice',
    };
    return page(c, options, <JoinPage name={name} token={token} />);
  } catch (error) {
    return explain(c, parts, error);
  }
};

export const joinDesk = (parts: DeskParts) => async (c: Context) => {
  try {
    refuseElsewhere(c);
    const { token } = await readForm(c, tokenForm);
    await parts.signIn.enter(c, await parts.staff.take(token));
    return c.redirect('/you', 303);
  } catch (error) {
    return explain(c, parts, error);
  }
};

/** Nobody is signed in by a form of another site. */
export function refuseElsewhere(c: Context): void {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('forbidden');
}

function explain(c: Context, parts: DeskParts, error: unknown) {
  if (wantsJson(c) || !(error instanceof Refusal)) throw error;
  return refusalPage(c, parts.config, error, '/');
}
