/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Where somebody sees their own passkeys and makes one, and where one signs in with it. */
import { ButtonLink } from '@answerable/kit/page.tsx';
import { type OwnPasskey, OwnPasskeys, PasskeySignIn } from '@answerable/kit/passkey-page.tsx';
import type { Session } from '@answerable/kit/sign-in';
import type { FC } from 'hono/jsx';
import { roleWords } from './people-page.tsx';

export const YouPage: FC<{ session: Session; passkeys: readonly OwnPasskey[] | undefined }> = (props) => {
  const { session, passkeys } = props;
  return (
    <>
      <p>
        You are <strong>{session.staff.name}</strong>:{' '}
        {session.staff.roles.map((role) => roleWords[role as keyof typeof roleWords]?.[0] ?? role).join(', ')}
        .
      </p>
      {passkeys === undefined ? (
        <p>You came in by a link of the operator’s. The next time you need a new one.</p>
      ) : (
        <OwnPasskeys
          passkeys={passkeys}
          csrf={session.csrf}
          without="Passkeys need scripts in your browser. Without them an admin makes you a new link each time."
        />
      )}
      <p class="row">
        <ButtonLink href="/" {...(passkeys?.length ? {} : { kind: 'plain' as const })}>
          Go to the queues
        </ButtonLink>
      </p>
    </>
  );
};

export const SignInPage: FC = () => (
  <PasskeySignIn lost="No passkey here? An admin of this desk can make you a link, which opens once." />
);
