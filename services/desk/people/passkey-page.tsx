/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Where somebody sees their own passkeys and makes one, and where one signs in with it. */
import { Button, ButtonLink, Field, Form, Notice, Table } from '@answerable/kit/page.tsx';
import type { Session } from '@answerable/kit/sign-in';
import type { FC } from 'hono/jsx';
import type { Passkeys } from './passkeys.ts';
import { roleWords } from './people-page.tsx';

const Script = () => <script src="/scripts/passkeys.js" defer />;

type Own = Awaited<ReturnType<Passkeys['list']>>;

export const YouPage: FC<{ session: Session; passkeys: Own | undefined }> = ({ session, passkeys }) => (
  <>
    <p>
      You are <strong>{session.staff.name}</strong>:{' '}
      {session.staff.roles.map((role) => roleWords[role as keyof typeof roleWords]?.[0] ?? role).join(', ')}.
    </p>
    {passkeys === undefined ? (
      <p>You came in by a link of the operator’s. The next time you need a new one.</p>
    ) : (
      <OwnPasskeys passkeys={passkeys} csrf={session.csrf} />
    )}
    <p class="row">
      <ButtonLink href="/" {...(passkeys?.length ? {} : { kind: 'plain' as const })}>
        Go to the queues
      </ButtonLink>
    </p>
  </>
);

const OwnPasskeys: FC<{ passkeys: Own; csrf: string }> = ({ passkeys, csrf }) => (
  <>
    {passkeys.length === 0 ? (
      <Notice tone="mark" title="Make a passkey now">
        <p>
          The link that you came by opens nothing any more. With a passkey you sign in again with your phone,
          your computer or a key, and there is no password that anybody could steal.
        </p>
      </Notice>
    ) : (
      <Table
        caption="Your passkeys"
        head={['On', 'Made', 'Lost it?']}
        rows={passkeys.map((one) => [
          one.label,
          one.made_at.slice(0, 10),
          <Form action="/you/passkeys/removal" csrf={csrf} label={`Remove ${one.label}`}>
            <input type="hidden" name="credential" value={one.credential} />
            <Button kind="plain">Remove</Button>
          </Form>,
        ])}
      />
    )}
    <form
      method="post"
      action="/you/passkeys"
      data-passkey="make"
      data-then="/you"
      aria-label="Make a passkey"
    >
      <input type="hidden" name="csrf" value={csrf} />
      <Field
        name="label"
        label="Where it will be"
        hint="For example: my phone"
        value="this device"
        maxlength={40}
      />
      <Button disabled {...(passkeys.length > 0 ? { kind: 'plain' as const } : {})}>
        Make a passkey
      </Button>
      <p role="status" />
    </form>
    <noscript>
      <p>Passkeys need scripts in your browser. Without them an admin makes you a new link each time.</p>
    </noscript>
    <Script />
  </>
);

export const SignInPage: FC = () => (
  <>
    <form
      method="post"
      action="/sign-in/passkey"
      data-passkey="use"
      data-then="/"
      aria-label="Sign in with a passkey"
    >
      <Button disabled>Sign in with a passkey</Button>
      <p role="status" />
    </form>
    <noscript>
      <p>Passkeys need scripts in your browser.</p>
    </noscript>
    <p>No passkey here? An admin of this desk can make you a link, which opens once.</p>
    <Script />
  </>
);
