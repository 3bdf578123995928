/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /sanctions and /sanctions/:sanction, POST /sanctions/:sanction/end: sanctions by their number or that of a case,
 * those that have not begun, and the end of one by hand. No account is on any of these pages, nor how many there are.
 */
import { Button, ButtonLink, Facts, Field, Form, Notice, Table } from '@answerable/kit/page.tsx';
import { checkShape, readForm } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import type { GatewayParts } from '../parts.ts';
import { liftByHand, reasonByHand } from '../sanctions/by-hand.ts';
import { type SanctionSeen, sanctionsNumbered, sanctionsToCome } from '../sanctions/find-sanctions.ts';
import { effectOf } from '../sanctions/show-sanction.ts';
import { consolePage, door } from './console-page.tsx';
import { holdsWords, stateInWords, stepWords, toldInWords, whatEndingDoes } from './sanction-words.ts';

const reasonRows = 4;
const numberCharsMax = 100;
const ending = z.strictObject({
  csrf: wire.text(100),
  reason: reasonByHand,
  act: z.enum(['look', 'do']),
});

export const showSanctions = (parts: GatewayParts) =>
  door(parts.console, 'admin', async (c, session) => {
    const { db } = parts.console;
    const asked = c.req.query('number')?.trim().slice(0, numberCharsMax);
    const found = wire.id.safeParse(asked).success ? await sanctionsNumbered(db, asked!) : [];
    const coming = await sanctionsToCome(db);
    const places = parts.config.platforms;
    return consolePage(
      c,
      parts.console,
      { title: 'Sanctions', session },
      <>
        <p>
          Cases are decided at the desk, and what it decides is done by itself. Here is what you do by hand:
          with a case, a reason, and your name in the record. What a platform did not take is under{' '}
          <a href="/undone">Not done</a>.
        </p>
        {places.length > 0 ? (
          <div class="row">
            {places.map(({ name, policy }) => (
              <ButtonLink href={`/platforms/${name}/sanction`}>{`Put one at ${policy.title}`}</ButtonLink>
            ))}
          </div>
        ) : null}
        <h2>Look one up</h2>
        <form method="get" action="/sanctions" aria-label="Look one up">
          <Field
            name="number"
            label="Number of a sanction or of a case"
            value={asked ?? ''}
            maxlength={22}
            autocomplete="off"
            required
          />
          <Button kind="plain">Look it up</Button>
        </form>
        {asked === undefined ? null : found.length > 0 ? (
          <SanctionTable caption="Found" sanctions={found} parts={parts} />
        ) : (
          <Notice tone="mark" title="There is none with this number." live>
            <p>A number has 22 letters and digits. The desk shows that of a case.</p>
          </Notice>
        )}
        <h2>Not begun yet</h2>
        {coming.length > 0 ? (
          <SanctionTable caption="The next ones first" sanctions={coming} parts={parts} />
        ) : (
          <p>None waits for its day.</p>
        )}
      </>,
    );
  });

const SanctionTable: FC<{ caption: string; sanctions: readonly SanctionSeen[]; parts: GatewayParts }> = ({
  caption,
  sanctions,
  parts,
}) => (
  <Table
    caption={caption}
    head={['Step', 'At', 'Begins', 'Until', 'Now', 'Number']}
    rows={sanctions.map((one) => [
      stepWords[one.step][0],
      titleOf(parts, one),
      begins(one),
      one.until ?? '',
      stateInWords(one),
      <a href={`/sanctions/${one.id}`}>
        <code>{one.id}</code>
      </a>,
    ])}
  />
);

const begins = ({ starts_at }: SanctionSeen): string =>
  starts_at ? starts_at.toISOString().slice(0, 10) : 'at once';
const titleOf = ({ config }: GatewayParts, { platform }: SanctionSeen): string =>
  platform === null
    ? 'an account that is gone'
    : (config.platforms.find(({ name }) => name === platform)?.policy.title ?? platform);

export const showOneSanction = (parts: GatewayParts) =>
  door(parts.console, 'admin', async (c, session) => {
    const one = await sanctionOf(c, parts);
    const told = toldInWords((await effectOf(one.id, parts)).tellings);
    return consolePage(
      c,
      parts.console,
      { title: `${stepWords[one.step][0]}: it ${stateInWords(one)}`, session },
      <>
        <Facts
          facts={[
            ['Number', <code>{one.id}</code>],
            ['Case', <code>{one.case_id}</code>],
            ['At', titleOf(parts, one)],
            ['It holds', holdsWords[one.holds]],
            ['Begins', begins(one)],
            [one.step === 'bar' ? 'Looked at again' : 'Until', one.until ?? 'said once'],
          ]}
        />
        <h2>What the platform was told</h2>
        {told.length === 0 ? (
          <p>Nothing, so far.</p>
        ) : (
          <ul>
            {told.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        )}
        {mayEnd(one) ? (
          <>
            <h2>{one.phase === 'scheduled' ? 'Call it off' : 'End it'}</h2>
            <Form action={`/sanctions/${one.id}/end`} csrf={session.csrf} label="End it">
              <Field
                name="reason"
                label="Reason"
                hint="The holder reads it, word for word. At least a sentence."
                rows={reasonRows}
                maxlength={2000}
                required
              />
              <Button kind="plain" name="act" value="look">
                See what will happen
              </Button>
            </Form>
          </>
        ) : null}
        <p>
          <a href="/sanctions">Back to sanctions</a>
        </p>
      </>,
    );
  });

export const endByHand = (parts: GatewayParts) =>
  door(parts.console, 'admin', async (c, session) => {
    const { reason, act } = await readForm(c, ending);
    const one = await sanctionOf(c, parts);
    // Somebody else was quicker, or it ended by itself meanwhile: its page says so.
    if (!mayEnd(one)) return c.redirect(`/sanctions/${one.id}`, 303);
    if (act === 'do') {
      await liftByHand(parts, session.staff.name, one.id, reason);
      return c.redirect(`/sanctions/${one.id}`, 303);
    }
    return consolePage(
      c,
      parts.console,
      { title: 'This will happen', session },
      <>
        <p>
          {`${stepWords[one.step][0]}, at ${titleOf(parts, one)}: `}
          {one.phase === 'scheduled' ? 'it is called off.' : 'it ends now.'}
        </p>
        <ul>
          {whatEndingDoes(one).map((line) => (
            <li>{line}</li>
          ))}
          <li>The record shows everybody here that {session.staff.name} did it, when and why.</li>
        </ul>
        <h2>Your reason</h2>
        <p>{reason}</p>
        <Form action={`/sanctions/${one.id}/end`} csrf={session.csrf} label="End it, or leave it">
          <input type="hidden" name="reason" value={reason} />
          <div class="row">
            <Button name="act" value="do">
              {one.phase === 'scheduled' ? 'Call it off' : 'End it now'}
            </Button>
            <ButtonLink href={`/sanctions/${one.id}`} kind="plain">
              Leave it as it is
            </ButtonLink>
          </div>
        </Form>
      </>,
    );
  });

const mayEnd = ({ lifted, phase }: SanctionSeen): boolean => !lifted && phase !== 'over';

/** Refuses `not_found`. */
async function sanctionOf(c: Context, parts: GatewayParts): Promise<SanctionSeen> {
  const number = checkShape(c.req.param('sanction'), wire.id);
  const found = (await sanctionsNumbered(parts.console.db, number)).find(({ id }) => id === number);
  if (!found) throw new Refusal('not_found');
  return found;
}
