/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /keys: which keys sign at the platforms, which are to come, and new ones at once after a theft. */
import { Button, Form, Notice, Table } from '@answerable/kit/page.tsx';
import { readForm } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { rotateKeys } from '../oidc/rotate-keys.ts';
import type { GatewayParts } from '../parts.ts';
import { consolePage, door } from './console-page.tsx';
import { keyFacts } from './facts.ts';
import { recordAlone } from './record.ts';
import { isAtLeast, roleOf } from './roles.ts';

const wish = z.strictObject({ csrf: wire.text(100), why: z.enum(['time', 'stolen']) });

export const showKeys = (parts: GatewayParts) =>
  door(parts.console, 'viewer', (c, session) => {
    const role = roleOf(session.staff);
    return consolePage(
      c,
      parts.console,
      { title: 'Keys', session },
      <>
        <p>
          With these the gateway signs who signed in. New ones are made in time by themselves, and shown to
          platforms for a week before they sign.
        </p>
        <Table
          caption="Keys of the sign-in"
          head={['Set', 'Signs from', 'State']}
          rows={keyFacts(parts).map(({ serial, from, state }) => [String(serial), from.slice(0, 10), state])}
        />
        {role && isAtLeast(role, 'operator') ? (
          <>
            <Form action="/keys" csrf={session.csrf} label="Next keys now">
              <Button kind="plain" name="why" value="time">
                Make the next keys now
              </Button>
            </Form>
            <h2>Were they stolen?</h2>
            <Notice tone="bad">
              <p>
                Whoever has them can sign in at your platforms as any account. New keys sign at once, the old
                ones end, and everybody signs in again.
              </p>
            </Notice>
            <Form action="/keys" csrf={session.csrf} label="After a theft">
              <Button kind="stop" name="why" value="stolen">
                End all keys and make new ones
              </Button>
            </Form>
          </>
        ) : null}
      </>,
    );
  });

export const makeKeys = (parts: GatewayParts) =>
  door(parts.console, 'operator', async (c, { staff }) => {
    const { why } = await readForm(c, wish);
    const { console: own, clock } = parts;
    await recordAlone(own.db, clock.now(), staff.name, { kind: 'keys-rotated', why });
    await rotateKeys(own.keyFolder.keysDir, clock.now(), why);
    return c.redirect('/keys', 303);
  });
