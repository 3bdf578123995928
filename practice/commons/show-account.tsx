/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** Somebody's account as others see it, with what one can do about being reached by them; and a door that is closed. */
import { Button, ButtonLink, Field, Form, Notice } from '@answerable/kit/page';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import { asks, type DoorClosed, walletAddress } from './ask-gateway.ts';
import { type ForumParts, isAnswerable, readBody, wantsJson } from './parts.ts';
import { forumPage, Mark } from './show.tsx';
import type { Account } from './store.ts';

/** GET /accounts/:handle */
export function showAccount(parts: ForumParts) {
  return async (c: Context) => {
    const account = await parts.store.accountByHandle(c.req.param('handle') ?? '');
    if (!account) throw new Refusal('not_found');
    const { handle, bio } = account;
    if (wantsJson(c)) return c.json({ handle, answerable: isAnswerable(account), bio });
    const asked = await asks(parts);
    const wallet = asked ? await walletAddress(parts) : undefined;
    return forumPage(c, parts, handle, (me) => (
      <>
        <p>
          <Mark account={account} />
        </p>
        {bio ? <p class="words">{bio}</p> : null}
        <Done what={c.req.query('done')} handle={handle} wallet={wallet} />
        {me && me.id !== account.id && asked && !justDone(c) ? (
          <Reach me={me} other={account} wallet={wallet} />
        ) : null}
      </>
    ));
  };
}

/** Then the page says what comes of it, and nothing else. */
const justDone = (c: Context): boolean => ['block', 'knock'].includes(c.req.query('done') ?? '');

/** Leads to the wallet; says nothing about where from. */
export const WalletLink: FC<{ wallet: string | undefined; children: Child }> = ({ wallet, children }) =>
  wallet ? (
    <p>
      <a class="button" href={wallet} rel="noreferrer">
        {children}
      </a>
    </p>
  ) : (
    <p>Open your wallet, choose this forum and your account, and then “Who may reach you”.</p>
  );

const Reach: FC<{ me: Account; other: Account; wallet: string | undefined }> = ({ me, other, wallet }) => {
  const { handle } = other;
  if (!isAnswerable(other))
    return (
      <Notice title="Nobody stands behind this account">
        <p>
          So there is nobody whom a block could hold: whoever it is can make another one. You can let only{' '}
          <a href="/me">answerable accounts reply to you</a>.
        </p>
      </Notice>
    );
  if (!isAnswerable(me))
    return <p>To block this person, or to knock, you need an account that you made with a wallet.</p>;
  return (
    <>
      <h2>Be left alone</h2>
      <p>
        A block holds the person. An account that they make here later does not get through to you either.
        Nobody is told which accounts are theirs, you and this forum included.
      </p>
      <p>
        That is why, from your first block on, everybody new to you must knock before they can reply to you or
        mention you. You read who knocks in your wallet, and let in whom you like. What {handle} wrote stays,
        and they can read what is public.
      </p>
      <Form action={`/accounts/${handle}/block`} csrf={undefined} label={`Block ${handle}`}>
        <Button kind="stop">Block this person</Button>
      </Form>
      <h2>Ask to be let in</h2>
      <p>If {handle} is not reached without knocking, you can knock. You are not told an answer.</p>
      <Form action={`/accounts/${handle}/knock`} csrf={undefined} label={`Knock at ${handle}’s door`}>
        <Button kind="plain">Knock</Button>
      </Form>
      <h2>In your wallet</h2>
      <p>Who knocks at your door, whom you blocked, and how you take a block back.</p>
      <WalletLink wallet={wallet}>Open your wallet</WalletLink>
    </>
  );
};

const Done: FC<{ what: string | undefined; handle: string; wallet: string | undefined }> = (props) => {
  const { what, handle, wallet } = props;
  if (what === 'block')
    return (
      <Notice tone="good" live title="Blocked">
        <p>
          {handle} is not told. Everybody new to you knocks from now on; you read who it is in your wallet.
          You can take the block back there too, whenever you like.
        </p>
        <p>
          An account that you were in touch with before stays as it was. Block it too if it may be theirs.
        </p>
        <WalletLink wallet={wallet}>Open your wallet</WalletLink>
        <Form
          action={`/accounts/${handle}/unblock`}
          csrf={undefined}
          label={`Take the block of ${handle} back`}
        >
          <Button kind="plain">Take it back</Button>
        </Form>
      </Notice>
    );
  if (what === 'unblock')
    return (
      <Notice tone="good" live title="Taken back">
        <p>You do not block {handle} any more.</p>
      </Notice>
    );
  if (what === 'knock')
    return (
      <Notice tone="good" live title="One step is left: knock in your wallet">
        <p>
          Only you can knock, so this forum cannot do it for you. In your wallet, choose the account that you
          use here. {handle} then sees your name and decides. You are not told what they say; if you are let
          in, you can write to them here.
        </p>
        <WalletLink wallet={wallet}>Knock in your wallet</WalletLink>
      </Notice>
    );
  return null;
};

/** Somebody wrote to a member whose door is closed. What they wrote is given back to them. */
export async function showDoor(c: Context, parts: ForumParts, { to }: DoorClosed): Promise<Response> {
  const { text } = await readBody(c);
  return forumPage(
    c,
    parts,
    'You must knock first',
    () => (
      <>
        <p>
          <strong>{to.handle}</strong> is not reached without knocking. Everybody who is new to them reads
          this. What you wrote was not posted.
        </p>
        <Form action={`/accounts/${to.handle}/knock`} csrf={undefined} label={`Knock at ${to.handle}’s door`}>
          <Button>Knock</Button>
        </Form>
        {typeof text === 'string' ? (
          <Field name="kept" label="What you wrote, if you want to keep it" rows={5} value={text} />
        ) : null}
        <ButtonLink kind="plain" href="/">
          Back to the forum
        </ButtonLink>
      </>
    ),
    403,
  );
}
