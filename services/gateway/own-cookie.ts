/**
 * Cookies that only this very host can have set. A page of another host on the same site, a platform's for example,
 * can set cookies for all hosts there, and so put those of a sign-in that it began itself into somebody else's
 * browser; of names that begin with `__Host-` browsers take none from elsewhere (RFC 6265bis, 4.1.3.2).
 * Assumes: without TLS, which is for trying only, there are no such cookies.
 */
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { KoaContext } from 'oidc-provider';
import type { GatewayConfig } from './config.ts';

type Named = Pick<GatewayConfig, 'name' | 'origin'>;

/** The name for `what`; undefined without TLS. */
export const ownCookieName = ({ name, origin }: Named, what: string): string | undefined =>
  origin.startsWith('https:') ? `__Host-${name}-${what}` : undefined;

/** Beside the OpenID library's own cookie of an interaction, whose name anybody on the site can use. */
export function markBrowser(ctx: KoaContext, config: Named, interaction: string, seconds: number): void {
  const name = ownCookieName(config, `began-${interaction}`);
  if (name) ctx.append('set-cookie', `${name}=1; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`);
}

export function isMarked(c: Context, config: Named, interaction: string): boolean {
  const name = ownCookieName(config, `began-${interaction}`);
  return name === undefined || getCookie(c, name) !== undefined;
}
