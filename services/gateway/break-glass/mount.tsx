/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The way in for the people who run a platform when wallets or the network are away, or an administrator was
 * barred by mistake: the operator arms a code for one platform, for minutes; it is used once, on the gateway's
 * own page, and opens the operator's account there and no other. Everybody can read when that was done, and why.
 * Must never: happen without its record, or lead into a member's account.
 */
import { requireBearer } from '@answerable/kit/bearer';
import type { Journal } from '@answerable/kit/journal';
import { Button, Field, Form, page } from '@answerable/kit/page';
import { asForm, checkShape, readJson, readQuery } from '@answerable/kit/read-json';
import type { ServiceApp } from '@answerable/kit/service';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { findAsking, requireOwnPage } from '../interaction.ts';
import type { GatewayParts } from '../parts.ts';
import { breakGlassSub } from './account.ts';
import { emergencyFields, hasEmergency } from './arming.ts';

/** of the public page */
const shownMax = 200;
const bodyBytesMax = 2 * 1024;

const arming = z.strictObject({ platform: wire.name, ...emergencyFields });
const lineNumber = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const typed = z.object({ code: z.string().max(100) });

export function mountBreakGlass(app: ServiceApp, parts: GatewayParts, journal: Journal): void {
  const { config, breakGlass, clock } = parts;
  const look = { service: config.title, practice: config.mode === 'practice' };
  const titleOf = (name: string) =>
    config.platforms.find((platform) => platform.name === name)?.policy.title ?? name;

  app.use('/operator/break-glass', requireBearer(config.operatorToken));
  app.post('/operator/break-glass', async (c) => {
    c.header('cache-control', 'no-store');
    const { platform, minutes, reason } = await readJson(c, arming, bodyBytesMax);
    if (!hasEmergency(config, platform)) throw new Refusal('party_unknown');
    const code = await breakGlass.arm(platform, minutes, reason, clock.now());
    journal.warn('an emergency sign-in was armed');
    return c.json({ code, minutes, sub: breakGlassSub(config, platform) });
  });

  app.get('/interaction/:request/break-glass', async (c) => {
    const { id, platform } = await findAsking(c, parts);
    return page(
      c,
      { title: 'Sign in with the operator’s code', ...look },
      <>
        <p>
          {`For the people who run ${platform.policy.title}, when wallets are away. The code opens the account of
          the operator there and no other; that it was used is shown to everybody.`}
        </p>
        <Form action={`/interaction/${id}/break-glass`} csrf={undefined} label="The operator’s code">
          <Field name="code" label="Code" required maxlength={100} autocomplete="off" />
          <Button>Sign in</Button>
        </Form>
        <p>
          <a href={`/interaction/${id}`}>Sign in with a wallet instead</a>
        </p>
      </>,
    );
  });

  app.post('/interaction/:request/break-glass', async (c) => {
    requireOwnPage(c, config.origin);
    const { code } = checkShape(await asForm(c.req.parseBody()), typed);
    const asking = await findAsking(c, parts);
    const { name, kind } = asking.platform;
    if (kind === 'bluesky') throw new Refusal('link_over');
    if (!(await breakGlass.use(code.trim(), name, clock.now()))) throw new Refusal('link_over');
    // From here on everybody can read that it was used; a crash now costs the code, and a new one is armed.
    journal.warn('an emergency sign-in was used');
    return c.redirect(await asking.goOn(breakGlassSub(config, name)), 303);
  });

  app.get('/break-glass', async (c) => {
    const { before } = readQuery(c, z.object({ before: lineNumber.optional() }));
    const { records, older } = await breakGlass.records(shownMax, before);
    return page(
      c,
      { title: 'Emergency sign-ins', ...look },
      <>
        <p>
          The people who run this gateway can let the operator of a platform in without a wallet, with a code
          that counts for minutes and once. It opens the operator’s own account there, never a member’s. Each
          time is written down here and cannot be removed.
        </p>
        {records.length === 0 ? <p>There has been none.</p> : null}
        <ul>
          {records.map(({ platform, what, reason, day }) => (
            <li>{`${day}: ${titleOf(platform)}: ${whatWas({ what, reason })}`}</li>
          ))}
        </ul>
        {older === undefined ? null : (
          <p>
            <a href={`/break-glass?before=${older}`}>Older ones</a>
          </p>
        )}
        {before === undefined ? null : (
          <p>
            <a href="/break-glass">The newest ones</a>
          </p>
        )}
      </>,
    );
  });
}

/** One line of the record in words, as everybody reads it. */
export const whatWas = ({ what, reason }: { what: 'armed' | 'used' | 'ended'; reason: string }): string =>
  ({ armed: `a code was made: ${reason}`, used: 'the code was used', ended: `it was ended: ${reason}` })[
    what
  ];
