/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * What a person sees once the wallet has answered: the invite code, where it is used and until when, and whose
 * account came of it. Works without scripts; looks at the server again each time it is loaded.
 */
import { Button, ButtonLink, Field, Form, Notice, page } from '@answerable/kit/page';
import type { Context } from 'hono';
import type { GatewayParts } from '../parts.ts';
import { refusalOf, standingOf } from '../policy.ts';
import type { Revoked } from './bluesky-schema.ts';
import { isLive } from './give-code.ts';
import { findJoining, type Joining } from './joining.ts';
import { inviteMinutesDefault } from './settings.ts';
import type { OpenInvitation } from './store.ts';
import { readBack, revokedWords } from './watch.ts';

/** On the page that a request is shown on. */
export const HowToJoin = ({ title }: { title: string }) => (
  <>
    <p>
      {title} is a server for Bluesky and other apps of the AT Protocol. Your account there works in all of
      them.
    </p>
    <h2>How you join</h2>
    <ol>
      <li>Your wallet answers.</li>
      <li>You get an invite code here. It is for one account and ends after minutes.</li>
      <li>You make the account in your app with the code, or bring one that you have elsewhere.</li>
    </ol>
  </>
);

/** Who learns what: the server is given a code, and everything else stays with the gateway (bluesky/give-code.ts). */
export const LearntAtServer = ({ disclose, never }: { disclose: readonly string[]; never: string }) => (
  <>
    <h2>What the server learns</h2>
    <ul>
      <li>that somebody may make one account with the code</li>
      <li>what you give it yourself then: a name, an e-mail address, a password</li>
    </ul>
    {disclose.length > 0 ? (
      <>
        <h2>What this gateway learns</h2>
        <ul>
          {disclose.map((words) => (
            <li>{words}</li>
          ))}
        </ul>
        <p>It keeps this with your account and does not tell the server. Whoever runs both can look there.</p>
      </>
    ) : null}
    <h2>What neither learns</h2>
    <ul>
      <li>{never}</li>
    </ul>
  </>
);

/** GET /interaction/:request/joined */
export function showJoined(parts: GatewayParts) {
  return async (c: Context) => {
    const joining = await findJoining(c, parts);
    if (!joining?.sub) return c.redirect('./', 303);
    const { watched, platform, sub } = joining;
    const away = await readBack(watched).then(
      () => false,
      () => true,
    );
    const { store } = watched;
    const { title } = platform.policy;
    const account = await store.accountOf(sub);
    const held = await isHeld(sub, parts);
    const open = account ? undefined : await store.invitationOf(sub);
    const live = open?.code && isLive(open, parts.clock.now()) ? open : undefined;
    const revoked = account || live ? [] : await store.revokedWithCodesOf(sub);
    const server = new URL(platform.bluesky?.publicOrigin ?? platform.connector?.origin ?? '').host;
    return page(
      c,
      {
        title: account ? `You are on ${title}` : live ? 'Your invite code' : `Join ${title}`,
        service: parts.config.title,
        practice: parts.config.mode === 'practice',
        ...(live ? { script: copyScript } : {}),
      },
      <>
        {away ? (
          <Notice tone="bad" title="The server does not answer just now" live>
            <p>Nothing was lost. Please load this page again in a minute.</p>
          </Notice>
        ) : null}
        {revoked.length > 0 ? <WasRevoked revoked={revoked} /> : null}
        {held ? (
          <Held wallet={parts.config.walletOrigin} />
        ) : account ? (
          <Bound did={account.did} server={server} />
        ) : live ? (
          <Code live={live} server={server} now={parts.clock.now()} />
        ) : (
          <Ask joining={joining} ended={open !== undefined} />
        )}
      </>,
    );
  };
}

async function isHeld(sub: string, { store, clock }: GatewayParts): Promise<boolean> {
  const account = await store.accountBySub(sub);
  if (!account) return false;
  const { standing } = standingOf(await store.sanctionsOf(account), clock.now().toISOString(), sub);
  return refusalOf(standing) !== undefined;
}

const Held = ({ wallet }: { wallet: string }) => (
  <Notice tone="bad" title="You cannot join here for now">
    <p>
      <a href={`${wallet}/#/inbox`}>Read the reasons in your wallet, and appeal</a>
    </p>
  </Notice>
);

const WasRevoked = ({ revoked }: { revoked: readonly Revoked[] }) => (
  <Notice tone="bad" title="An account was taken down">
    {[...new Set(revoked)].map((why) => (
      <p>{`An account was made with a code of yours, and ${revokedWords[why]}.`}</p>
    ))}
    <p>You can get another code, for another account.</p>
  </Notice>
);

const Bound = ({ did, server }: { did: string; server: string }) => (
  <>
    <Notice tone="good" title="Your account is there" live>
      <p>You can use it now. Sign in with your app as you always do; your wallet is not needed for that.</p>
    </Notice>
    <dl class="facts">
      <dt>Server</dt>
      <dd>{server}</dd>
      <dt>Account</dt>
      <dd>
        <code>{did}</code>
      </dd>
    </dl>
    <p>Keep your wallet: if somebody decides about your account, the reasons come there.</p>
  </>
);

const Code = ({ live, server, now }: { live: OpenInvitation; server: string; now: Date }) => {
  const minutes = Math.max(1, Math.ceil((live.expires_at!.getTime() - now.getTime()) / 60_000));
  return (
    <>
      <div class="field">
        <label for="code">Invite code</label>
        <p class="hint" id="code-hint">
          {`For one account, for another ${minutes === 1 ? 'minute' : `${minutes} minutes`}. Tell it to nobody: whoever uses it makes an account that you answer for.`}
        </p>
        <input id="code" type="text" readonly value={live.code ?? ''} aria-describedby="code-hint" />
      </div>
      <p class="row">
        <button type="button" class="button" id="copy" hidden>
          Copy the code
        </button>
        <span id="copied" role="status" />
      </p>
      {live.brings ? <Moving did={live.brings} server={server} /> : <Making server={server} />}
      <p class="row">
        <ButtonLink href="joined" kind="plain">
          I have made the account
        </ButtonLink>
      </p>
    </>
  );
};

const Making = ({ server }: { server: string }) => (
  <>
    <h2>Where to use it</h2>
    <ol>
      <li>Open the Bluesky app, or another app of the AT Protocol, and choose to create an account.</li>
      <li>
        Where it names the hosting provider, choose another one and write <code>{server}</code>.
      </li>
      <li>Write the code where it asks for an invite code.</li>
    </ol>
  </>
);

const Moving = ({ did, server }: { did: string; server: string }) => (
  <>
    <h2>Where to use it</h2>
    <p>
      Move <code>{did}</code> to <code>{server}</code> with the tool that your app or your old server offers
      for it, and give it the code. The code is for this account and no other.
    </p>
  </>
);

const Ask = ({ joining, ended }: { joining: Joining; ended: boolean }) => {
  const { id, platform } = joining;
  const minutes = platform.bluesky?.inviteMinutes ?? inviteMinutesDefault;
  return (
    <>
      {ended ? (
        <Notice title="The time of your code is over">
          <p>Nobody has used it. You can get another.</p>
        </Notice>
      ) : (
        <p>Your wallet has answered: you may have an account here.</p>
      )}
      <p>{`Ask for the code when you are ready to make the account. It can then be used for ${minutes} minutes.`}</p>
      <Form action={`/interaction/${id}/code`} csrf={undefined} label="Invite code">
        <details class="field">
          <summary>I bring an account from another server</summary>
          <Field
            name="brings"
            label="Its DID"
            hint="It begins with did: and your app shows it in its settings. The code then works for that account only."
            maxlength={300}
            autocomplete="off"
          />
        </details>
        <p class="row">
          <Button>Show my invite code</Button>
        </p>
      </Form>
    </>
  );
};

const copyScript = `
(() => {
  const [code, copy, copied] = ['code', 'copy', 'copied'].map((id) => document.getElementById(id));
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    code.select();
    const done = await navigator.clipboard?.writeText(code.value).then(() => true, () => false);
    copied.textContent = done ? 'Copied.' : 'Press Ctrl and C to copy it.';
  });
})();
`;
