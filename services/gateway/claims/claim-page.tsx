/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The page between a platform and the wallet for who attaches an account from before: which one, what that
 * means, and a button. Only the button binds the code to this browser: a page that is merely looked at does not.
 */
import { Button, ButtonLink, Form, page } from '@answerable/kit/page';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { requireOwnPage } from '../interaction.ts';
import { type GatewayParts, platformOf } from '../parts.ts';
import { claimCookie, dropClaimCookie, setClaimCookie } from './claim-cookie.ts';

const shape = /^[A-Za-z0-9_-]{32}$/;

async function claimAt(c: Context, parts: GatewayParts) {
  const code = c.req.param('code') ?? '';
  if (!shape.test(code)) throw new Refusal('claim_unknown');
  const found = await parts.claims.show(code, claimCookie(c, parts.config), parts.clock.now());
  return { code, ...found };
}

/** GET /claim/:code */
export function showClaim(parts: GatewayParts) {
  const { config } = parts;
  return async (c: Context) => {
    const { code, handle, platform, return_to } = await claimAt(c, parts);
    const { policy } = await parts.platformPolicies.inForce(platform);
    const { title } = policy;
    return page(
      c,
      {
        title: `Attach your account “${handle}”`,
        service: config.title,
        practice: config.mode === 'practice',
      },
      <>
        <p>
          {`You have an account at ${title} from before. You can attach it to a person: you. It keeps its name, its posts and its followers.`}
        </p>
        <ul>
          <li>{`${title} does not learn who you are, and neither do we.`}</li>
          <li>You answer for what the account does, and for what it did.</li>
          <li>
            {policy.accountsMax === 1
              ? 'It will be your one account here.'
              : `It counts among the ${policy.accountsMax} accounts that one person can have here.`}
          </li>
        </ul>
        <p>
          <strong>{`Is “${handle}” not yours? Then do not go on.`}</strong> Somebody may have sent you here to
          make you answer for theirs.
        </p>
        <Form action={`/claim/${code}`} csrf={undefined} label="Attach the account">
          <Button>{`It is mine: attach “${handle}”`}</Button>
        </Form>
        <p>
          <ButtonLink href={return_to} kind="plain">{`Back to ${title}`}</ButtonLink>
        </p>
      </>,
    );
  };
}

/** POST /claim/:code: from here on the code is worth something in this browser only. */
export function bindClaim(parts: GatewayParts) {
  return async (c: Context) => {
    requireOwnPage(c, parts.config.origin);
    const { code, browser, return_to, platform } = await claimAt(c, parts);
    platformOf(parts.config, { name: platform });
    if (browser === null) {
      const cookie = await parts.claims.bind(code, parts.clock.now());
      if (!cookie) throw new Refusal('wrong_browser');
      setClaimCookie(c, parts.config, cookie);
    }
    return c.redirect(return_to, 303);
  };
}

/** Whoever goes back without signing in attaches nothing. */
export async function dropClaim(c: Context, { claims, config }: GatewayParts): Promise<void> {
  const cookie = claimCookie(c, config);
  if (cookie) await claims.drop(cookie);
  dropClaimCookie(c, config);
}
