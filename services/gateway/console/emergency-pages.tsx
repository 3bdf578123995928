/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /emergency, GET and POST /platforms/:platform/emergency: the emergency sign-in by hand: what is armed, what was
 * used, and its end. What will happen is said first. A code is shown on one page, once, and is not kept.
 */
import { Button, ButtonLink, Choices, Field, Form, Notice, Table } from '@answerable/kit/page.tsx';
import { asForm } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import { platformNamed } from '../api/admin-api.ts';
import { hasEmergency, publicReason, reasonCharsMax } from '../break-glass/arming.ts';
import { armByHand, endByHand } from '../break-glass/by-hand.ts';
import { whatWas } from '../break-glass/mount.tsx';
import type { PlatformConfig } from '../config.ts';
import type { GatewayParts } from '../parts.ts';
import { consolePage, door } from './console-page.tsx';

/** On the console; everybody's page has all of them. */
const shownMax = 20;
const wishes = { 'arm-5': 5, 'arm-15': 15, 'arm-30': 30, end: 0 } as const;
type Wanted = keyof typeof wishes;

const form = z.object({
  wish: z.enum(Object.keys(wishes) as [Wanted, ...Wanted[]]),
  reason: publicReason,
});

export const showEmergency = (parts: GatewayParts) =>
  door(parts.console, 'admin', async (c, session) => {
    const { breakGlass, clock, config } = parts;
    const armed = await breakGlass.armed(clock.now());
    const { records, older } = await breakGlass.records(shownMax);
    const places = config.platforms.filter(({ name }) => hasEmergency(config, name));
    const titleOf = (name: string) => places.find((one) => one.name === name)?.policy.title ?? name;
    return consolePage(
      c,
      parts.console,
      { title: 'Emergency sign-in', session },
      <>
        <p>
          For the day on which wallets or the network are away, or an administrator of a platform was barred
          by mistake. A code opens one account at one platform, with nobody behind it, and never a member’s.
        </p>
        {places.length === 0 ? (
          <p>No platform here takes it.</p>
        ) : (
          <Table
            caption="Platforms"
            head={['Platform', 'A code', 'Change it']}
            rows={places.map(({ name, policy: { title } }) => [
              title,
              untilWhen(armed.get(name)),
              <a href={`/platforms/${name}/emergency`}>{`Make or end one at ${title}`}</a>,
            ])}
          />
        )}
        {records.length === 0 ? (
          <p>None was ever made here.</p>
        ) : (
          <Table
            caption={`What was done${older === undefined ? '' : `: the newest ${shownMax}`}`}
            head={['Day', 'At', 'What']}
            rows={records.map(({ day, platform, ...one }) => [day, titleOf(platform), whatWas(one)])}
          />
        )}
        <p>
          <a href="/break-glass">As everybody reads it</a>. Who did it stands in{' '}
          <a href="/record">the record</a>.
        </p>
      </>,
    );
  });

const untilWhen = (until: Date | undefined): string =>
  until ? `armed until ${until.toISOString().slice(11, 16)} UTC` : 'not armed';

export const showEmergencyForm = (parts: GatewayParts) =>
  door(parts.console, 'admin', (c, session) => formPage(c, parts, session, {}));

export const emergencyByHand = (parts: GatewayParts) =>
  door(parts.console, 'admin', async (c, session) => {
    const given = await asForm(c.req.parseBody());
    const platform = platformOf(c, parts);
    const read = form.safeParse(given);
    const typed = {
      wish: String(given.wish ?? ''),
      reason: String(given.reason ?? '').slice(0, reasonCharsMax),
    };
    if (!read.success || given.act === 'change') return formPage(c, parts, session, typed, !read.success);
    const { wish, reason } = read.data;
    if (given.act !== 'do') return sure(c, parts, session, platform, read.data);
    const who = session.staff.name;
    const minutes = wishes[wish];
    if (minutes > 0)
      return codePage(c, parts, session, platform, {
        code: await armByHand(parts, who, { platform: platform.name, minutes, reason }),
        minutes,
      });
    await endByHand(parts, who, { platform: platform.name, reason });
    return c.redirect('/emergency', 303);
  });

async function formPage(
  c: Context,
  parts: GatewayParts,
  session: Session,
  typed: { wish?: string; reason?: string },
  wrong = false,
) {
  const { name, policy } = platformOf(c, parts);
  const until = (await parts.breakGlass.armed(parts.clock.now())).get(name);
  return consolePage(
    c,
    parts.console,
    {
      title: `Emergency sign-in at ${policy.title}`,
      session,
      ...(wrong ? { status: 400 as const } : {}),
    },
    <>
      {wrong ? (
        <Notice tone="bad" title="Nothing was done yet" live>
          <p>Choose what should happen, and say why in a few words that everybody may read.</p>
        </Notice>
      ) : null}
      <p>{`Now: ${untilWhen(until)}.`}</p>
      <Form action={`/platforms/${name}/emergency`} csrf={session.csrf} label="Emergency sign-in">
        <Choices
          name="wish"
          legend="What should happen"
          options={[
            ...([5, 15, 30] as const).map((minutes) => ({
              value: `arm-${minutes}`,
              text: `Make a code for ${minutes} minutes${until ? ', in place of the one before' : ''}`,
              checked: typed.wish === `arm-${minutes}`,
            })),
            {
              value: 'end',
              text: 'End it: no code opens anything, and who came in is signed out',
              checked: typed.wish === 'end',
            },
          ]}
        />
        <Field
          name="reason"
          label="Reason"
          hint="Everybody reads it, for good. Name nobody."
          value={typed.reason ?? ''}
          maxlength={reasonCharsMax}
          autocomplete="off"
          required
        />
        <Button name="act" value="look">
          See what will happen
        </Button>
      </Form>
      <p>
        <a href="/emergency">Back to emergency sign-ins</a>
      </p>
    </>,
  );
}

function sure(
  c: Context,
  parts: GatewayParts,
  session: Session,
  { name, backchannelLogoutUri, policy: { title } }: PlatformConfig,
  { wish, reason }: z.infer<typeof form>,
) {
  const follows =
    wish === 'end'
      ? [
          'A code that is armed opens nothing any more.',
          'Whoever came in by one is signed out here.',
          backchannelLogoutUri
            ? `${title} is told to sign them out there too.`
            : `${title} takes no sign-out from here: end that account’s sessions there by hand.`,
        ]
      : [
          `You see a code, once. For ${wishes[wish]} minutes, and once, it lets whoever has it sign in at ${title}.`,
          `It opens the operator’s own account there, which is always the same, and says that nobody answers for it. It opens no member’s account.`,
          'A code that was made before opens nothing any more.',
        ];
  return consolePage(
    c,
    parts.console,
    { title: 'This will happen', session },
    <>
      <ul>
        {follows.map((line) => (
          <li>{line}</li>
        ))}
        <li>
          Everybody can read, for good, that this was done today at {title}, and your reason; not your name.
        </li>
        <li>The record shows everybody here that it was {session.staff.name}.</li>
      </ul>
      <h2>Your reason</h2>
      <p>{reason}</p>
      <Form action={`/platforms/${name}/emergency`} csrf={session.csrf} label="Do it, or change something">
        <input type="hidden" name="wish" value={wish} />
        <input type="hidden" name="reason" value={reason} />
        <div class="row">
          <Button kind="stop" name="act" value="do">
            {wish === 'end' ? 'End it' : 'Make the code'}
          </Button>
          <Button kind="plain" name="act" value="change">
            Change something
          </Button>
          <ButtonLink href="/emergency" kind="plain">
            Leave it
          </ButtonLink>
        </div>
      </Form>
    </>,
  );
}

const codePage = (
  c: Context,
  parts: GatewayParts,
  session: Session,
  { policy: { title } }: PlatformConfig,
  { code, minutes }: { code: string; minutes: number },
) =>
  consolePage(
    c,
    parts.console,
    { title: `A code for ${title}`, session },
    <>
      <Notice tone="mark" live>
        <p>
          {`Give it to the operator of ${title}, in a way that nobody else can read. It opens once, within
          ${minutes} minutes, and is not shown again.`}
        </p>
      </Notice>
      <Field name="code" label="Code" value={code} />
      <p>
        {`They begin a sign-in at ${title}, and on the gateway’s page add /break-glass to the end of the address.`}
      </p>
      <p class="row">
        <ButtonLink href="/emergency" kind="plain">
          Back to emergency sign-ins
        </ButtonLink>
      </p>
    </>,
  );

/** Refuses `not_found` for one that takes no emergency sign-in. */
function platformOf(c: Context, parts: GatewayParts): PlatformConfig {
  const platform = platformNamed(parts, c.req.param('platform'));
  if (!hasEmergency(parts.config, platform.name)) throw new Refusal('not_found');
  return platform;
}
