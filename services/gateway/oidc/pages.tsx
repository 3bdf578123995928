/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The pages that the OpenID provider shows by itself, in the look of all others: a sign-in that went wrong, and
 * signing out. They work without scripts.
 * Must never: repeat what came with the request.
 */
import { randomBytes } from 'node:crypto';
import { AwayWords, awayTitle } from '@answerable/kit/away.tsx';
import { Layout } from '@answerable/kit/page';
import { awaySeconds, problemOf } from '@answerable/kit/problem';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { KoaContext } from 'oidc-provider';
import type { GatewayConfig } from '../config.ts';

const nonceBytes = 16;
type Shown = Pick<GatewayConfig, 'title' | 'mode' | 'platforms'>;

function show(ctx: KoaContext, { title: service, mode, platforms }: Shown, title: string, content: Child) {
  const nonce = randomBytes(nonceBytes).toString('base64');
  const ways = platforms.flatMap(({ postLogoutRedirectUris = [], postLogoutOrigins = [] }) => [
    ...postLogoutRedirectUris,
    ...postLogoutOrigins,
  ]);
  const forms = ["'self'", ...new Set(ways.map((uri) => new URL(uri).origin))].join(' ');
  ctx.set(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`,
  );
  ctx.type = 'html';
  const document = (
    <Layout title={title} service={service} practice={mode === 'practice'} nonce={nonce}>
      {content}
    </Layout>
  );
  ctx.body = `<!doctype html>${document}`;
}

/** Whether something that the provider needs does not answer just now, as the database may. */
export const isAway = (error: unknown): boolean => problemOf(error).code === 'unavailable';

/** The library knows errors of its own and `server_error`, and says 500 to all that is not its own. */
export function sayAway(ctx: KoaContext): void {
  const { body } = ctx;
  ctx.status = 503;
  ctx.set('retry-after', String(awaySeconds));
  if (typeof body === 'object' && body !== null && 'error' in body) ctx.body = away;
}
const away = { error: 'temporarily_unavailable', error_description: 'please try again in a moment' };

/** A request that the provider refuses, for who came with a browser. */
export const renderError = (shown: Shown) => async (ctx: KoaContext, _out?: unknown, error?: unknown) => {
  if (isAway(error)) {
    sayAway(ctx);
    show(ctx, shown, awayTitle, <AwayWords sent={false} />);
    return;
  }
  if (ctx.path.startsWith('/session/end')) {
    show(
      ctx,
      shown,
      'You are signed out here',
      <p>
        This gateway keeps nothing that could sign you in by itself. If the platform still shows you as signed
        in, please sign out there once more.
      </p>,
    );
    return;
  }
  show(
    ctx,
    shown,
    'This sign-in did not work',
    <>
      <p>Nothing was lost. Please go back to the platform that you came from, and start again there.</p>
      <p>If it happens again, tell the people who run the platform: one of its settings may be wrong.</p>
    </>,
  );
};

/** What was to be kept last could not be: nothing of the answer that was ready leaves. */
export async function refuseLost(ctx: KoaContext, shown: Shown, error: unknown): Promise<void> {
  for (const name of ctx.res.getHeaderNames()) ctx.res.removeHeader(name);
  ctx.status = 500;
  if (ctx.accepts('json', 'html') === 'html') await renderError(shown)(ctx, undefined, error);
  else ctx.body = { error: 'server_error' };
  if (isAway(error)) sayAway(ctx);
}

/** `form`: the library's own, with its own token against forged requests. */
export const logoutSource = (shown: Shown) => async (ctx: KoaContext, form: string) => {
  show(
    ctx,
    shown,
    'Sign out',
    <>
      {raw(form)}
      <p>You then sign in with your wallet the next time.</p>
      <button type="submit" class="button" form="op.logoutForm" value="yes" name="logout">
        Sign out
      </button>
    </>,
  );
};

/**
 * Who is not signed in here the library would send back at once. A platform that sends a browser here could so tell
 * whether somebody in it was just signed in to another platform of this gateway: everybody is asked alike.
 */
export async function askEverybody(ctx: KoaContext, shown: Shown): Promise<void> {
  const { session } = ctx.oidc;
  if (session.accountId) return;
  const action = ctx.oidc.urlFor('end_session_confirm');
  const input = `<input type="hidden" name="xsrf" value="${session.state?.secret}"/>`;
  await logoutSource(shown)(ctx, `<form id="op.logoutForm" method="post" action="${action}">${input}</form>`);
}

export const postLogoutSuccessSource = (shown: Shown) => async (ctx: KoaContext) => {
  show(ctx, shown, 'You are signed out', <p>You can close this page.</p>);
};
