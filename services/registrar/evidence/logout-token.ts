/**
 * A logout token (OpenID Connect Back-Channel Logout §2.4–2.6): the provider says that somebody signed out
 * there. What it ends are sessions under way, so a wrong one could only make people begin again; it is checked
 * to the letter all the same.
 */
import { type Clock, unixSeconds } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { SignedOut } from './adapter.ts';

const ageSecondsMax = 300;
const skewSecondsMax = 30;
const tokensMax = 10_000;
const algorithms = ['ES256', 'RS256', 'PS256'];
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

const said = z
  .object({
    iss: z.string().max(300),
    sub: z.string().min(1).max(400).optional(),
    sid: z.string().min(1).max(400).optional(),
    iat: z.number(),
    jti: z.string().min(1).max(200),
    events: z.record(z.string(), z.unknown()),
    // It would make an id token of it.
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)
  .refine(({ events }) => {
    const event = Object.hasOwn(events, logoutEvent) ? events[logoutEvent] : undefined;
    return typeof event === 'object' && event !== null && !Array.isArray(event);
  });

export interface About {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
}

/** Checks logout tokens, each once. Refuses `malformed` whatever is wrong, `unavailable` without keys. */
export function logoutTokenCheck(clock: Clock): (token: string, about: About) => Promise<SignedOut> {
  const seen = new Map<string, number>();
  return async (token, { issuer, audience, keys }) => {
    const now = unixSeconds(clock);
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      currentDate: clock.now(),
      requiredClaims: ['iat', 'jti', 'events'],
    }).catch(refuse);
    const parsed = said.safeParse(payload);
    if (!parsed.success) throw new Refusal('malformed', 'logout_token');
    const { iat, jti, iss, sub, sid } = parsed.data;
    if (iat < now - ageSecondsMax || iat > now + skewSecondsMax)
      throw new Refusal('malformed', 'logout_token');
    for (const [old, until] of seen) if (until < now || seen.size > tokensMax) seen.delete(old);
    if (seen.has(jti)) throw new Refusal('malformed', 'logout_token');
    seen.set(jti, now + ageSecondsMax + skewSecondsMax);
    return {
      issuer: iss,
      ...(sub === undefined ? {} : { subject: sub }),
      ...(sid === undefined ? {} : { session: sid }),
    };
  };
}

function refuse(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // The provider's keys could not be fetched: it may send the token again.
  if (!code.startsWith('ERR_J') || code === 'ERR_JWKS_TIMEOUT') throw new Refusal('unavailable');
  throw new Refusal('malformed', 'logout_token');
}
