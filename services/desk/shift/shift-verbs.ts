/**
 * POST /shift/…: that heavy content is open, breaks, limits, notes from shift to shift. All about whoever asks, so
 * that nobody can count, tire or rest for somebody else; the upper bounds are an admin's.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { asForm, checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { refusalPage } from '../console/refusal-page.tsx';
import { isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { breakMinutes, restBound, restState } from './rest-policy.ts';

const idBytes = 16;

/** A number as a form sends it, or null for an empty field. */
const typed = (value: unknown) =>
  value === '' || value === undefined || value === null ? null : Number(value);

const breakRequest = z.strictObject({
  minutes: z.coerce.number().refine((value) => (breakMinutes as readonly number[]).includes(value)),
});
const limit = restBound.shape.minutes.nullable();
const limitsRequest = z.strictObject({
  minutes: z.preprocess(typed, limit),
  breakAfter: z.preprocess(typed, limit),
});
const boundsRequest = z.strictObject({
  minutes: z.preprocess(typed, restBound.shape.minutes),
  breakAfter: z.preprocess(typed, restBound.shape.breakAfter),
});
const noteRequest = z.strictObject({ words: wire.text(1000).refine((text) => text.trim() !== '') });

/** What the body says, of JSON or a form, checked; then the verb; then the shift as it is. */
function verb<T>(
  parts: DeskParts,
  schema: z.ZodType<T>,
  act: (c: Context, body: T, name: string) => Promise<unknown>,
) {
  return async (c: Context) => {
    try {
      const { staff } = parts.signIn.session(c);
      const body = isJson(c) ? await readJson(c, schema) : checkShape(await fields(c), schema);
      await act(c, storable(body), staff.name);
      if (!wantsJson(c)) return c.redirect('/shift', 303);
      const rest = await parts.shift.rest(staff.name);
      return c.json({ ...rest, state: restState(rest) });
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, parts.config, error, '/shift');
    }
  };
}

async function fields(c: Context): Promise<Record<string, unknown>> {
  const { csrf: _csrf, ...body } = await asForm(c.req.parseBody());
  return body;
}

export const countExposure = (parts: DeskParts) =>
  verb(parts, z.strictObject({}), (_c, _body, name) => parts.shift.seen(name));

/** GET: an image of nothing, asked for by a page without scripts. */
export const countOpened = (parts: DeskParts) => async (c: Context) => {
  await parts.shift.opened(parts.signIn.session(c).staff.name);
  c.header('cache-control', 'no-store');
  return c.body('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 200, {
    'content-type': 'image/svg+xml',
  });
};

export const takeBreak = (parts: DeskParts) =>
  verb(parts, breakRequest, (_c, { minutes }, name) => parts.shift.takeBreak(name, minutes));

export const endBreak = (parts: DeskParts) =>
  verb(parts, z.strictObject({}), (_c, _body, name) => parts.shift.endBreak(name));

export const setLimits = (parts: DeskParts) =>
  verb(parts, limitsRequest, (_c, { minutes, breakAfter }, name) => {
    const bound = parts.shift.bound();
    if ((minutes ?? 0) > bound.minutes) throw new Refusal('malformed', 'minutes');
    if ((breakAfter ?? 0) > bound.breakAfter) throw new Refusal('malformed', 'breakAfter');
    return parts.shift.store.choose(name, { minutes, break_after: breakAfter });
  });

export const setBounds = (parts: DeskParts) =>
  verb(parts, boundsRequest, (c, bounds, name) => {
    if (!parts.signIn.session(c).staff.roles.includes('admin')) throw new Refusal('forbidden');
    return parts.settings.change(name, 'rest', bounds);
  });

export const leaveNote = (parts: DeskParts) =>
  verb(parts, noteRequest, (_c, { words }, name) => {
    const note = toBase64url(randomBytes(idBytes));
    return parts.shift.store.keepNote({ note, by_name: name, at: parts.clock.now().toISOString(), words });
  });

export const takeDownNote = (parts: DeskParts) =>
  verb(parts, z.strictObject({}), (c) =>
    parts.shift.store.takeDownNote(checkShape(c.req.param('note'), wire.id)),
  );
