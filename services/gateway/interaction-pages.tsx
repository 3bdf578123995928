/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The two pages a person meets between platform and wallet: what is asked and by whom, and the way back.
 * The answer comes in the fragment (a cross-site post would lose the cookie) and is posted from here.
 * Must never: put an answer into an address that reaches a server.
 */
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { Button, ButtonLink, Form, Notice, page } from '@answerable/kit/page';
import type { Problem } from '@answerable/kit/problem';
import type { SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HowToJoin, LearntAtServer } from './bluesky/joined-page.tsx';
import { claimCookie } from './claims/claim-cookie.ts';
import { findAsking, requestOf } from './interaction.ts';
import type { GatewayParts } from './parts.ts';
import { Coming } from './policies/policy-page.tsx';

const asked: Record<PlatformPolicy['disclose'][number], string> = {
  over_13: 'whether you are over 13',
  over_16: 'whether you are over 16',
  over_18: 'whether you are over 18',
  residence: 'whether you live in the UK',
  assurance: 'how surely your identity was checked (not who you are)',
  reset_recent: 'whether you lost your wallet and started over lately',
  name: 'your name, if you chose to put it into your wallet',
};

/** GET /interaction/:request/request: the signed request, for wallets without a window. */
export function handRequest(parts: GatewayParts) {
  return async (c: Context) => {
    c.header('cache-control', 'no-store');
    const asking = await findAsking(c, parts);
    return c.json(await requestOf(asking, parts, claimCookie(c, parts.config)));
  };
}

/** GET /interaction/:request */
export function showRequest(parts: GatewayParts) {
  const { config } = parts;
  return async (c: Context) => {
    const asking = await findAsking(c, parts);
    const signed = await requestOf(asking, parts, claimCookie(c, config));
    const joins = asking.platform.kind === 'bluesky';
    const { platformPolicy, claims } = signed.message;
    const coming = await parts.platformPolicies.coming(platformPolicy.platform);
    const { title, disclose, accountsMax, sanctionsHoldThePerson, relayAddress } =
      signed.message.platformPolicy;
    const never = `${disclose.includes('name') ? 'more of who you are' : 'who you are'}, or any other place where you have an account`;
    return page(
      c,
      {
        title: joins ? `Join ${title}` : `Sign in to ${title}`,
        service: config.title,
        practice: config.mode === 'practice',
      },
      <>
        {claims ? <Claimed handle={claims.handle} /> : null}
        <p>
          {title} takes in people without knowing who they are. Your wallet shows that you are one real
          person, and says nothing about which.
        </p>
        {joins ? <HowToJoin title={title} /> : null}
        {joins ? (
          <LearntAtServer disclose={disclose.map((field) => asked[field])} never={never} />
        ) : (
          <>
            <h2>{`What ${title} learns`}</h2>
            <ul>
              <li>the name you choose to be seen under</li>
              {relayAddress ? (
                <li>an e-mail address made for this place only; mail to it is thrown away</li>
              ) : null}
              {disclose.map((field) => (
                <li>{asked[field]}</li>
              ))}
            </ul>
            <h2>What it does not learn</h2>
            <ul>
              <li>{never}</li>
            </ul>
          </>
        )}
        <p>
          {accountsMax === 1
            ? 'One person can have one account here.'
            : `One person can have up to ${accountsMax} accounts here.`}
          {sanctionsHoldThePerson
            ? ' A sanction can hold the whole person; it then shows which accounts are theirs.'
            : ''}
        </p>
        {coming ? <Coming before={coming.now} next={coming.next} /> : null}
        <p>
          <a href={`/policy/${platformPolicy.platform}`}>{`All that ${title} asks, in plain words`}</a>
        </p>
        <div class="row">
          <ButtonLink href={walletAddress(config.walletOrigin, signed)}>Continue with your wallet</ButtonLink>
        </div>
        {joins ? null : (
          <Form action={`/interaction/${asking.id}/cancel`} csrf={undefined} label="Go back">
            <Button kind="plain">{`Back to ${title}`}</Button>
          </Form>
        )}
      </>,
    );
  };
}

const Claimed: FC<{ handle: string }> = ({ handle }) => (
  <Notice tone="mark" title={`You attach the account “${handle}”`}>
    <p>
      It keeps its name, its posts and its followers, and you answer for it. Is it not yours? Then go back and
      do not go on.
    </p>
  </Notice>
);

const walletAddress = (wallet: string, signed: SignedAdmissionRequest): string =>
  `${wallet}/#/ask?request=${toBase64url(utf8(JSON.stringify(signed)))}`;

/** GET /interaction/:request/return#answer=<base64url JSON> */
export function showReturn({ config }: GatewayParts) {
  return (c: Context) =>
    page(
      c,
      {
        title: 'Taking you back',
        service: config.title,
        practice: config.mode === 'practice',
        script: returnScript,
      },
      <>
        <noscript>
          <Notice tone="bad" title="This page needs scripts">
            <p>
              Your wallet's answer is in the address bar and is sent by a small script. Please allow scripts
              for this page and load it again.
            </p>
          </Notice>
        </noscript>
        <div id="outcome" role="status">
          <p>One moment: your wallet's answer is being checked.</p>
        </div>
        <p id="inbox" hidden>
          <a href={`${config.walletOrigin}/#/inbox`}>Read the reasons in your wallet, and appeal</a>
        </p>
        <p id="back" hidden>
          <a href="./">Try again</a>
        </p>
      </>,
    );
}

/** A refusal as a page, for who came with a browser. */
export function showRefusal(c: Context, { config }: GatewayParts, { title, status }: Problem) {
  const options = {
    title,
    service: config.title,
    practice: config.mode === 'practice',
    status: status as ContentfulStatusCode,
  };
  return page(c, options, <p>Please go back to the platform that you came from, and start again there.</p>);
}

const returnScript = `
(async () => {
  const say = (title) => { const p = document.createElement('p'); p.textContent = title;
    document.getElementById('outcome').replaceChildren(p); };
  const show = (id) => { document.getElementById(id).hidden = false; };
  const home = location.pathname.replace(/\\/return$/, '');
  document.querySelector('#back a').href = home;
  const coded = new URLSearchParams(location.hash.slice(1)).get('answer');
  history.replaceState(null, '', location.pathname);
  if (!coded) { say('There is no answer from a wallet here.'); show('back'); return; }
  try {
    const bytes = Uint8Array.from(atob(coded.replace(/-/g, '+').replace(/_/g, '/')), (l) => l.charCodeAt(0));
    const response = await fetch(home + '/answer', { method: 'POST', headers: { 'content-type': 'application/json' }, body: bytes });
    const reply = await response.json();
    if (response.ok) { location.replace(reply.resume); return; }
    say(reply.title);
    show(reply.code === 'barred' || reply.code === 'suspended' ? 'inbox' : 'back');
  } catch { say('The answer could not be sent. Please try again.'); show('back'); }
})();
`;
