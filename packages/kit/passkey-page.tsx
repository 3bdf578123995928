/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Where somebody sees their own passkeys and makes one, and where one signs in with it: the parts that every
 * console shows alike. The addresses are /you/passkeys…, /sign-in/passkey… and /scripts/passkeys.js.
 */
import type { FC } from 'hono/jsx';
import { Button, Field, Form, Notice, Table } from './page.tsx';

export const PasskeyScript = () => <script src="/scripts/passkeys.js" defer />;

export interface OwnPasskey {
  credential: string;
  label: string;
  made_at: string;
}

/** `without`: what happens where scripts are off. */
export const OwnPasskeys: FC<{ passkeys: readonly OwnPasskey[]; csrf: string; without: string }> = (
  props,
) => {
  const { passkeys, csrf, without } = props;
  return (
    <>
      {passkeys.length === 0 ? (
        <Notice tone="mark" title="Make a passkey now">
          <p>
            The link that you came by opens nothing any more. With a passkey you sign in again with your
            phone, your computer or a key, and there is no password that anybody could steal.
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
        <p>{without}</p>
      </noscript>
      <PasskeyScript />
    </>
  );
};

/** `lost`: what somebody without a passkey can do. */
export const PasskeySignIn: FC<{ lost: string }> = ({ lost }) => (
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
    <p>{lost}</p>
    <PasskeyScript />
  </>
);
