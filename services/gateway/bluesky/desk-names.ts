/**
 * A desk knows an account of a server of the AT Protocol by its DID, in the shape of a `sub`
 * (connector/foreign-name.ts); here it is the account of an admission. At the door between the two, `sub`s of the
 * one kind become those of the other, whatever is asked; everything else passes as it is.
 */
import type { Context, MiddlewareHandler } from 'hono';
import type { GatewayParts } from '../parts.ts';

/** As many as any call of a desk has. */
const namesMax = 2_000;
/** 52 characters of base32. */
const subShape = /^[a-z2-7]{52}$/;

/** Around every call of the desk. Must stand after its token was checked. */
export function namesOfDesk(parts: GatewayParts): MiddlewareHandler {
  return async (c, next) => {
    if (parts.bluesky.watched().length === 0) return next();
    const asked = await jsonOf(c.req.raw.clone());
    if (asked !== undefined) {
      const body = JSON.stringify(await renamed(asked, parts, 'ours'));
      const { method, headers, url } = c.req.raw;
      c.req.raw = new Request(url, { method, headers, body });
    }
    await next();
    await renameReply(c, parts);
  };
}

async function renameReply(c: Context, parts: GatewayParts): Promise<void> {
  const reply = c.res.ok ? await jsonOf(c.res.clone()) : undefined;
  if (reply === undefined) return;
  const { status, headers } = c.res;
  c.res = new Response(JSON.stringify(await renamed(reply, parts, 'desks')), { status, headers });
}

/** What the desk calls this account. */
export async function deskNameOf(sub: string, { bluesky }: GatewayParts): Promise<string> {
  return (await bluesky.store.namedByDesk([sub]))[0]?.deskName ?? sub;
}

async function renamed(value: unknown, { bluesky }: GatewayParts, to: 'ours' | 'desks'): Promise<unknown> {
  const names = new Set<string>();
  const collect = (one: unknown): void => {
    if (typeof one === 'string' && subShape.test(one) && names.size < namesMax) names.add(one);
    else if (typeof one === 'object' && one !== null) Object.values(one).forEach(collect);
  };
  collect(value);
  const known = await bluesky.store.namedByDesk([...names]);
  if (known.length === 0) return value;
  const pairs = known.map(({ sub, deskName }): [string, string] =>
    to === 'ours' ? [deskName, sub] : [sub, deskName],
  );
  const map = new Map(pairs);
  const swap = (one: unknown): unknown => {
    if (typeof one === 'string') return map.get(one) ?? one;
    if (Array.isArray(one)) return one.map(swap);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inside]) => [key, swap(inside)]));
  };
  return swap(value);
}

async function jsonOf(message: Request | Response): Promise<object | undefined> {
  try {
    const value: unknown = JSON.parse(await message.text());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // what is not JSON is refused, or passes, as it is
  }
}
