/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** One's own account: how it is held, who may reach it, a few words about oneself. */
import { Button, Choices, Facts, Field, Form, Notice } from '@answerable/kit/page';
import type { ReachWishes } from '@answerable/protocol/admission/reach';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { asks, walletAddress, wishesOf } from './ask-gateway.ts';
import { describeAccount } from './join.ts';
import { type ForumParts, isAnswerable, visitor, wantsJson } from './parts.ts';
import { forumPage, Mark } from './show.tsx';
import { WalletLink } from './show-account.tsx';

/** GET /me */
export function showMe(parts: ForumParts) {
  return async (c: Context) => {
    const account = await visitor(c, parts);
    if (!account) throw new Refusal('unauthorised');
    if (wantsJson(c)) return c.json(describeAccount(account));
    const atGateway = isAnswerable(account) && (await asks(parts));
    const wishes = atGateway ? await wishesOf(parts, account) : undefined;
    const wallet = atGateway ? await walletAddress(parts) : undefined;
    return forumPage(c, parts, 'Your account', () => (
      <>
        {c.req.query('done') === 'wishes' ? (
          <Notice tone="good" live>
            Saved.
          </Notice>
        ) : null}
        <Facts
          facts={[
            ['Handle', account.handle],
            ['How it is held', <Mark account={account} />],
            ...(account.birth_date ? [['Birth date kept here', account.birth_date] as const] : []),
          ]}
        />
        {account.awaits_moderator ? (
          <Notice title="A moderator looks first">
            You started over with a new wallet lately. A moderator approves your account before you can write.
          </Notice>
        ) : null}
        {atGateway ? (
          <>
            <h2>Who may reach you</h2>
            {wishes ? <Wishes wishes={wishes} /> : <p>This cannot be shown just now. What you said holds.</p>}
            <h2>Blocks and knocks</h2>
            <p>
              You block somebody at their name here. Who knocks at your door, and whom you blocked, is in your
              wallet alone: this forum does not see it. Choose the account that you use here.
            </p>
            <WalletLink wallet={wallet}>Open your wallet</WalletLink>
          </>
        ) : null}
        <h2>About you</h2>
        <Form action="/me" csrf={undefined} label="Settings">
          {atGateway ? null : (
            <Choices
              name="replyRule"
              legend="Who may reply to you?"
              options={[
                { value: 'everyone', text: 'Everyone', checked: account.reply_rule === 'everyone' },
                {
                  value: 'answerable',
                  text: 'Only answerable accounts',
                  checked: account.reply_rule === 'answerable',
                },
              ]}
            />
          )}
          <Field
            name="bio"
            label="What others read about you"
            rows={3}
            value={account.bio}
            maxlength={1000}
          />
          <Button>Save</Button>
        </Form>
        <Form action="/sign-out" csrf={undefined} label="Sign out">
          <Button kind="plain">Sign out</Button>
        </Form>
      </>
    ));
  };
}

const wishWords: Record<keyof ReachWishes, string> = {
  reply: 'reply to me',
  mention: 'mention me, as @ and my handle',
  message: 'message me (this forum has no messages yet)',
};

const Wishes: FC<{ wishes: ReachWishes }> = ({ wishes }) => (
  <Form action="/me/wishes" csrf={undefined} label="Who may reach you">
    <fieldset class="field">
      <legend>Only answerable accounts may…</legend>
      {(['reply', 'mention', 'message'] as const).map((act) => (
        <div class="choice">
          <input type="checkbox" id={`wish-${act}`} name={act} checked={wishes[act]} />
          <label for={`wish-${act}`}>{wishWords[act]}</label>
        </div>
      ))}
    </fieldset>
    <p class="hint">
      A person stands behind an answerable account, and can be held to what they do. You can say the same in
      your wallet; what you said last counts.
    </p>
    <Button>Save</Button>
  </Form>
);
