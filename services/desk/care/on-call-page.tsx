/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET and POST /on-call, POST /on-call/:id/end: whom the people on duty can call when somebody may die. Everybody
 * on duty reads it; an admin keeps it. These people have agreed to stand here; nobody else's number does.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { Button, Field, Form, Table } from '@answerable/kit/page.tsx';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { consolePage } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';

const idBytes = 16;
const onCallMax = 40;
const words = wire.text(120).refine((text) => text.trim() !== '');
const entry = z.strictObject({
  name: words,
  part: words,
  phone: z.string().regex(/^\+?[\d ()-]{3,30}$/),
  hours: words,
});

export const showOnCall = (parts: DeskParts) => async (c: Context) => {
  const { signIn, care, config } = parts;
  const session = signIn.session(c);
  const list = await care.onCall();
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ onCall: list });
  const admin = session.staff.roles.includes('admin');
  const head = ['Who', 'What they are', 'Phone', 'When', ...(admin ? ['Change'] : [])];
  const rows = list.map((one) => [
    displayText(one.name),
    displayText(one.part),
    <a href={`tel:${one.phone.replace(/[^+\d]/g, '')}`}>{one.phone}</a>,
    displayText(one.hours),
    ...(admin
      ? [
          <Form action={`/on-call/${one.id}/end`} csrf={session.csrf} label={`Take ${one.name} off`}>
            <Button kind="plain">Take off</Button>
          </Form>,
        ]
      : []),
  ]);
  return consolePage(
    c,
    config,
    { title: 'Who is on call', session },
    <>
      <p>Whom everybody on duty can call when somebody may die: guardians, trusted bodies, clinicians.</p>
      {list.length === 0 ? <p>Nobody yet.</p> : <Table caption="On call" head={head} rows={rows} />}
      {admin ? (
        <section aria-labelledby="add">
          <h2 id="add">Put somebody on the list</h2>
          <p>Only who has agreed to it. Call the number once before you keep it.</p>
          <Form action="/on-call" csrf={session.csrf} label="Put somebody on the list">
            <Field name="name" label="Name" required maxlength={120} />
            <Field
              name="part"
              label="What they are"
              hint="Guardian, trusted body, clinician"
              required
              maxlength={120}
            />
            <Field name="phone" label="Phone" type="tel" required maxlength={30} />
            <Field
              name="hours"
              label="When they can be called"
              hint="Day and night, or the hours"
              required
              maxlength={120}
            />
            <Button>Keep</Button>
          </Form>
        </section>
      ) : null}
    </>,
  );
};

export const addOnCall = (parts: DeskParts) =>
  asAdmin(parts, '/on-call', async (c, who) => {
    const form = isJson(c) ? undefined : await formOf(c);
    const given = form
      ? checkShape(storable(Object.fromEntries(form.entries().filter(([name]) => name !== 'csrf'))), entry)
      : storable(await readJson(c, entry));
    if ((await parts.care.onCall()).length >= onCallMax) throw new Refusal('too_many_requests');
    await parts.care.addOnCall(who, { id: toBase64url(randomBytes(idBytes)), ...given });
  });

export const endOnCall = (parts: DeskParts) =>
  asAdmin(parts, '/on-call', async (c, who) => {
    if (!(await parts.care.removeOnCall(who, checkShape(c.req.param('id'), wire.id))))
      throw new Refusal('not_found');
  });

/** A small change by an admin, then back to the page it was made on. */
export function asAdmin(
  { signIn, config }: DeskParts,
  back: string,
  work: (c: Context, who: string) => Promise<void>,
) {
  return async (c: Context) => {
    const { staff } = signIn.session(c);
    try {
      if (!staff.roles.includes('admin')) throw new Refusal('forbidden');
      await work(c, staff.name);
      return wantsJson(c) ? c.json({ ok: true }) : c.redirect(back, 303);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, config, error, back);
    }
  };
}
