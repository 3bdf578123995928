/** The cookie that a claim code is bound to: this browser brought it first, and no other goes on with it. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { GatewayConfig } from '../config.ts';
import { ownCookieName } from '../own-cookie.ts';

/** How long a code counts, and with it the cookie. */
export const claimSeconds = 900;
type Named = Pick<GatewayConfig, 'name' | 'origin'>;
const nameOf = (config: Named): string => ownCookieName(config, 'claim') ?? `${config.name}-claim`;

export const claimCookie = (c: Context, config: Named): string | undefined => getCookie(c, nameOf(config));

export function setClaimCookie(c: Context, config: Named, value: string): void {
  const secure = config.origin.startsWith('https:');
  setCookie(c, nameOf(config), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    maxAge: claimSeconds,
  });
}

export const dropClaimCookie = (c: Context, config: Named): void => {
  deleteCookie(c, nameOf(config), { path: '/', secure: config.origin.startsWith('https:') });
};
