/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /exit/:platform: what happens to members if their platform leaves this gateway, in plain words, for anybody. */
import { Notice, page } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import { platformNamed } from '../api/admin-api.ts';
import type { GatewayParts } from '../parts.ts';
import { hasLeft, keptDays } from './leaving.ts';

export const showExit = (parts: GatewayParts) => (c: Context) => {
  const platform = platformNamed(parts, c.req.param('platform'));
  const { config, clock } = parts;
  const { title, relayAddress } = platform.policy;
  const { leaves } = platform;
  const left = hasLeft(platform, clock.now());
  const options = {
    title: left ? `${title} has left` : `If ${title} leaves`,
    service: config.title,
    practice: config.mode === 'practice',
  };
  return page(
    c,
    options,
    <>
      {leaves === undefined ? (
        <Notice title="Nothing is planned.">
          <p>This page says what would happen. If it is going to, the day stands here.</p>
        </Notice>
      ) : (
        <Notice tone="mark" title={left ? `Since ${leaves}` : `On ${leaves}`}>
          <p>
            {left
              ? `Nobody signs in to ${title} through this gateway any more.`
              : `From this day on nobody signs in to ${title} through this gateway. Until then everything is as ever.`}
          </p>
        </Notice>
      )}
      <h2>Your account there</h2>
      <p>
        Your account, your posts and your name are at {title}, and stay there. What ends is the way in through
        your wallet.
      </p>
      <h3>Before that day</h3>
      <ul>
        <li>
          Sign in to {title} and set another way in, in its own settings: a password, and an e-mail address of
          yours if it needs one.
        </li>
        {relayAddress ? (
          <li>
            The address that {title} has for you was made by this gateway. Mail to it was never delivered, so
            “I forgot my password” does not help you. Change the address while you are signed in.
          </li>
        ) : null}
        <li>
          If you set an address of your own, {title} and whoever it tells can connect it with your posts. You
          do not have to: you can also leave the account as it is, or close it in your wallet.
        </li>
        <li>Take a copy of what the gateway keeps about you: “Export”, in your wallet.</li>
      </ul>
      <h3>After it</h3>
      <ul>
        <li>
          Who has set nothing cannot get in by themselves. {title} gets a list of the names that came through
          the gateway, and can help by hand those whom it believes.
        </li>
        <li>
          Nothing at {title} holds persons any more: somebody who was barred can make a new account there as
          anybody can. Bars at other places stand as they did.
        </li>
      </ul>
      <h2>What this gateway keeps, and until when</h2>
      <ul>
        <li>
          On that day your account here is closed. Its file and your name go {keptDays(platform)} days later,
          unless a disclosure about it is under way.
        </li>
        <li>
          A bar or suspension, and the mark by which this gateway knows its person, stay until the last of
          them is over, in case {title} comes back. They say nothing to anybody else.
        </li>
        <li>
          Cases that are open at the desk go on, and you can still read reasons and appeal in your wallet.
        </li>
        <li>What stands in the public log stays. There is nothing about any person in it.</li>
      </ul>
    </>,
  );
};
