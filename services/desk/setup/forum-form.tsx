/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What the forum is called and where people find it: in the set-up, and later among the settings. */
import { Field } from '@answerable/kit/page.tsx';
import * as wire from '@answerable/protocol/wire';
import type { FC } from 'hono/jsx';
import { z } from 'zod';

const titleCharsMax = 80;
const nameCharsMax = 40;
const addressCharsMax = 300;

const title = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(titleCharsMax)
      .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u),
  );

/** As people write it, `forum.example.org/board`; kept is its origin. Nothing written: the forum has none. */
const address = z
  .string()
  .max(addressCharsMax)
  .transform((text, context) => {
    const written = text.trim();
    if (written === '') return null;
    const whole = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
    const url = URL.canParse(whole) ? new URL(whole) : undefined;
    const found = wire.origin.safeParse(url?.username === '' && url.password === '' ? url.origin : undefined);
    if (found.success) return found.data;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });

export const forum = z.strictObject({ title, address: wire.origin.nullable() });
export type Forum = z.infer<typeof forum>;
export const forumForm = z.strictObject({ title, address });

/** The name by which reports call the platform, from its title; it stays when the title changes. */
export function platformNameOf(written: string): string {
  const plain = written.normalize('NFKD').toLowerCase();
  const name = plain
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, nameCharsMax)
    .replace(/-+$/, '');
  return name === '' ? 'forum' : name;
}

export const ForumFields: FC<{ title: string; address: string }> = (given) => (
  <>
    <Field
      name="title"
      label="Name of the forum"
      value={given.title}
      maxlength={titleCharsMax}
      autocomplete="off"
      required
    />
    <Field
      name="address"
      label="Its address, if it has one"
      hint="For example forum.example.org"
      value={given.address}
      maxlength={addressCharsMax}
      autocomplete="off"
    />
  </>
);
