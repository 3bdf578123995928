/**
 * GET /media/:hash and /media/:hash/blurred, for staff; POST /media/:hash/description, what a moderator sees in
 * it. A picture leaves here as a picture, to be kept in a file if it is opened by itself, in a sandbox without
 * anything, and named by its hash.
 */
import { asForm, checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import type { DeskParts } from '../parts.ts';
import { isTheirs } from '../people/queue-access.ts';
import { storable } from '../storable.ts';

const nameChars = 12;
const described = z.strictObject({ description: wire.text(500), case: wire.id.optional() });

export const showMedia = (parts: DeskParts, which: 'picture' | 'preview') => async (c: Context) => {
  const hash = await theirs(parts, c);
  const bytes = await parts.intake.bytes(hash, which);
  if (!bytes) throw new Refusal('not_found');
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'image/jpeg',
    'content-disposition': `attachment; filename="${hash.slice(0, nameChars)}.jpg"`,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
};

export const describeMedia = (parts: DeskParts) => async (c: Context) => {
  const { staff } = parts.signIn.session(c);
  const hash = await theirs(parts, c);
  const json = c.req.header('content-type')?.toLowerCase().startsWith('application/json') ?? false;
  const given = storable(json ? await readJson(c, described) : checkShape(await formFields(c), described));
  if (!(await parts.intake.describe(hash, given.description.trim(), staff.name)))
    throw new Refusal('not_found');
  if (json) return c.json({ description: given.description.trim() });
  return c.redirect(given.case ? `/cases/${given.case}` : '/', 303);
};

/** The picture's hash, if whoever asks may see a case in which it is shown. */
async function theirs({ signIn, intake }: DeskParts, c: Context): Promise<string> {
  const { staff } = signIn.session(c);
  const hash = checkShape(c.req.param('hash'), wire.hash);
  if (staff.queues === undefined) return hash;
  const states = await intake.statesWith(hash);
  if (!states.some(({ state }) => isTheirs(staff, state))) throw new Refusal('other_queue');
  return hash;
}

async function formFields(c: Context): Promise<Record<string, unknown>> {
  const { csrf: _, ...fields } = await asForm(c.req.parseBody());
  return fields;
}
