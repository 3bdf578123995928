/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Where somebody makes tokens for programs that work at /admin in their name, and ends them. Shown once. */
import { Button, ButtonLink, Field, Form, Notice, Table } from '@answerable/kit/page.tsx';
import { readForm } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { type ApiTokens, tokenDaysMax } from './api-tokens.ts';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { atLeast, type Role, roleOf, roles, roleWords } from './roles.ts';
import { known } from './sign-in-pages.tsx';

type Kept = Awaited<ReturnType<ApiTokens['list']>>[number];

const wish = z.strictObject({
  csrf: wire.text(100),
  purpose: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,’-]{0,39}$/u),
  role: z.enum(roles),
  days: z.coerce.number().int().min(1).max(tokenDaysMax),
});
const removal = z.strictObject({ csrf: wire.text(100), id: wire.id });

export const OwnTokens: FC<{ tokens: readonly Kept[]; role: Role; csrf: string }> = (props) => (
  <>
    <h2>Tokens for programs</h2>
    <p>
      A program with such a token can ask and do at <code>/admin</code> what its role may, and the record says
      that it was yours. <a href="/admin/openapi.json">What there is to ask</a>.
    </p>
    {props.tokens.length > 0 ? (
      <Table
        caption="Your tokens"
        head={['For', 'May', 'Until', 'Needed?']}
        rows={props.tokens.map((one) => [
          one.label,
          roleWords[one.role][0],
          one.until.toISOString().slice(0, 10),
          <Form action="/you/tokens/removal" csrf={props.csrf} label={`Remove ${one.label}`}>
            <input type="hidden" name="id" value={one.id} />
            <Button kind="plain">Remove</Button>
          </Form>,
        ])}
      />
    ) : null}
    <Form action="/you/tokens" csrf={props.csrf} label="Make a token">
      <Field name="purpose" label="What it is for" maxlength={40} autocomplete="off" required />
      <fieldset class="field">
        <legend>May</legend>
        {roles
          .filter((role) => atLeast(role).includes(props.role))
          .reverse()
          .map((role, at) => (
            <div class="choice">
              <input type="radio" id={`token-${role}`} name="role" value={role} checked={at === 0} />
              <label for={`token-${role}`}>
                <strong>{roleWords[role][0]}</strong>: {roleWords[role][1]}
              </label>
            </div>
          ))}
      </fieldset>
      <Field name="days" label="Days until it ends" type="number" value="90" required />
      <Button kind="plain">Make a token</Button>
    </Form>
  </>
);

export const makeToken = (parts: ConsoleParts) =>
  door(parts, 'viewer', async (c, session) => {
    const { csrf: _, purpose: label, ...asked } = await readForm(c, wish);
    const token = await parts.tokens.make(
      { ...known(session), role: roleOf(session.staff)! },
      { label, ...asked },
    );
    return consolePage(
      c,
      parts,
      { title: 'Your token', session },
      <>
        <Notice tone="mark" live>
          <p>
            Copy it now to where the program runs. It is not shown again, and this gateway keeps only a hash
            of it.
          </p>
        </Notice>
        <Field name="token" label="Token" value={token} />
        <p class="row">
          <ButtonLink href="/you" kind="plain">
            Done
          </ButtonLink>
        </p>
      </>,
    );
  });

export const removeToken = (parts: ConsoleParts) =>
  door(parts, 'viewer', async (c, session) => {
    await parts.tokens.remove(known(session), (await readForm(c, removal)).id);
    return c.redirect('/you', 303);
  });
