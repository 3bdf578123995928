/**
 * What every verb of a moderator has in common: who asks and in which role, JSON or a form in, one or more
 * events under the case's lock, effects given a moment, then the case as JSON or a way on for the browser.
 */
import { asForm, checkShape, readJson } from '@answerable/kit/read-json';
import type { Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Happening } from '../casebook.ts';
import { type Actor, type EventBody, human, staffRoles } from '../casework/event.ts';
import { mayCause } from '../casework/moves.ts';
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';
import { isTheirs, requireTheirs } from '../people/queue-access.ts';
import { storable } from '../storable.ts';
import { caseScreen } from './case-screen.tsx';
import { caseView } from './case-view.ts';

const settleMs = 1_500;

export type FormFields = (name: string) => string;
export interface Form {
  /** the first value of a field, '' if there is none */
  one: FormFields;
  all(name: string): string[];
  /** every field in its order, to be sent again */
  entries(): readonly (readonly [string, string])[];
}

/** A form that was sent by somebody who may now see it again, or something else first. */
export interface Sent<T> {
  c: Context;
  parts: DeskParts;
  caseId: string;
  staff: Staff;
  /** absent where JSON was sent */
  form: Form | undefined;
  body: T;
}

export interface StaffVerb<T> {
  schema: z.ZodType<T>;
  /** `at` is now. */
  fromForm(form: Form, at: string): unknown;
  /** Before anything is recorded: refuses, or shows a page of its own to somebody with a browser. */
  first?(sent: Sent<T>): Promise<Response | undefined>;
  /** The events that this makes; thrown refusals are the answer. */
  plan(state: CaseState, at: string, body: T, c: Context): readonly EventBody[];
  /** After it is recorded. */
  done?(state: CaseState, body: T): void;
}

/** A handler for POST /cases/:caseId/…. */
export function staffVerb<T>(parts: DeskParts, verb: StaffVerb<T>) {
  return async (c: Context) => {
    const caseId = c.req.param('caseId') ?? '';
    let form: Form | undefined;
    try {
      const { staff } = parts.signIn.session(c);
      form = isJson(c) ? undefined : await formOf(c);
      const body = form
        ? checkShape(storable(verb.fromForm(form, parts.clock.now().toISOString())), verb.schema)
        : storable(await readJson(c, verb.schema));
      const shown = await verb.first?.({ c, parts, caseId, staff, form, body });
      if (shown) return shown;
      const state = await parts.casebook.act(caseId, (now, at) => happenings(staff, verb, now, at, body, c));
      verb.done?.(state, body);
      await parts.outbox.settle(caseId, settleMs);
      // Where it waits now may be somebody else's queue.
      const left = !isTheirs(staff, state);
      if (wantsJson(c)) return c.json(left ? { caseId, left } : await caseView(parts, caseId, staff));
      if (left) return c.redirect('/', 303);
      return c.redirect(form?.one('then') === 'next' ? `/next?after=${caseId}` : `/cases/${caseId}`, 303);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      const draft = form ? { action: c.req.path, form } : null;
      return caseScreen(c, parts, caseId, { draft, refusal: error });
    }
  };
}

function happenings<T>(
  staff: Staff,
  verb: StaffVerb<T>,
  state: CaseState,
  at: string,
  body: T,
  c: Context,
): Happening[] {
  requireTheirs(staff, state);
  return verb
    .plan(state, at, body, c)
    .map((one) => ({ actor: actorFor(staff, one.kind), tool: human, body: one }));
}

/** Who it is, in the first of their roles that may cause this. */
export function actorFor(staff: Staff, kind: EventBody['kind']): Actor {
  const role = staffRoles.find((one) => staff.roles.includes(one) && mayCause[one].has(kind));
  if (!role) throw new Refusal('forbidden');
  return { role, name: staff.name, ...(staff.id === undefined ? {} : { staff: staff.id }) };
}

export const isJson = (c: Context): boolean =>
  c.req.header('content-type')?.toLowerCase().startsWith('application/json') ?? false;

export const wantsJson = (c: Context): boolean =>
  isJson(c) || (c.req.header('accept') ?? '').toLowerCase().includes('application/json');

export async function formOf(c: Context): Promise<Form> {
  const data = await asForm(c.req.formData());
  const all = (name: string) => data.getAll(name).filter((value) => typeof value === 'string');
  const entries = () =>
    [...data].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return { all, entries, one: (name) => all(name)[0]?.trim() ?? '' };
}
