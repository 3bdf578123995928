/**
 * Somebody's way from GET /join/:platform to an invite code: an interaction like that of a sign-in, with a cookie
 * of its own under the same path, so that an answer in another browser is refused (PROTOCOL §4.1).
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { after } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { requestSecondsDefault } from '../config.ts';
import type { Asking } from '../interaction.ts';
import { ownCookieName } from '../own-cookie.ts';
import type { GatewayParts } from '../parts.ts';
import type { Watched } from './watch.ts';

const idBytes = 16;
const secretBytes = 32;
/** How long the page with the code can be looked at; afterwards the wallet answers again. */
const joinedMinutes = 60;

/** GET /join/:platform: begins, and leads to what is asked. */
export function beginJoining(parts: GatewayParts) {
  const { config, bluesky, clock } = parts;
  return async (c: Context) => {
    const { platform } = watchedOf(parts, c.req.param('platform') ?? '');
    parts.doors.begin(c);
    const [id, secret] = [idBytes, secretBytes].map((bytes) => randomBytes(bytes).toString('base64url')) as [
      string,
      string,
    ];
    const seconds = 2 * (config.requestSeconds ?? requestSecondsDefault);
    const expires = after(clock.now(), { seconds });
    await bluesky.store.begin({ id, platform: platform.name, browser: hashOf(secret), expires });
    const own = ownCookieName(config, `join-${id}`);
    setCookie(c, own ?? cookieName(parts), secret, {
      path: own ? '/' : `/interaction/${id}`,
      httpOnly: true,
      sameSite: 'Lax',
      secure: own !== undefined,
      ...(own ? { maxAge: seconds + 60 * joinedMinutes } : {}),
    });
    c.header('cache-control', 'no-store');
    return c.redirect(`/interaction/${id}`, 303);
  };
}

/** The way in of this address; undefined if it is none. Refuses `wrong_browser`. */
export async function findJoining(c: Context, parts: GatewayParts): Promise<Joining | undefined> {
  const { bluesky, clock } = parts;
  if (bluesky.watched().length === 0) return undefined;
  const found = await bluesky.store.join(c.req.param('request') ?? '', clock.now());
  if (!found) return undefined;
  const cookie = ownCookieName(parts.config, `join-${found.id}`) ?? cookieName(parts);
  const given = hashOf(getCookie(c, cookie) ?? '');
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(found.browser))) throw new Refusal('wrong_browser');
  const { id, sub } = found;
  const watched = watchedOf(parts, found.platform);
  return {
    id,
    platform: watched.platform,
    watched,
    sub,
    answered: sub !== null,
    async goOn(as) {
      await bluesky.store.goOn(id, as, after(clock.now(), { minutes: joinedMinutes }));
      return `/interaction/${id}/joined`;
    },
  };
}

export interface Joining extends Asking {
  watched: Watched;
  /** who this browser is, once the wallet has answered */
  sub: string | null;
}

/** Refuses `not_found`: not one of our servers of the AT Protocol. */
function watchedOf({ bluesky }: GatewayParts, name: string): Watched {
  const found = bluesky.watched().find(({ platform }) => platform.name === name);
  if (!found) throw new Refusal('not_found');
  return found;
}

const cookieName = ({ config }: GatewayParts): string => `${config.name}-join`;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
