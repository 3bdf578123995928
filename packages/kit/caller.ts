/**
 * Where a request comes from, for limits only. Behind reverse proxies of our own the last of them but for their
 * number is believed, and nothing that stands before it.
 * Must never: be kept, journalled or counted as it is (PROTOCOL §8).
 */
import type { Context } from 'hono';

interface SocketEnv {
  incoming?: { socket?: { remoteAddress?: string } };
}

/** `proxies`: how many of our own stand before us. '' where nobody can say. */
export function callerAddress(c: Context, proxies = 0): string {
  const env: SocketEnv | undefined = c.env;
  const peer = env?.incoming?.socket?.remoteAddress ?? '';
  return addressBehind(proxies, peer, c.req.header('x-forwarded-for'));
}

/** The same of a request that Node itself reads. `forwarded`: its header, as it came. */
export function addressBehind(proxies: number, peer: string, forwarded = ''): string {
  if (proxies === 0) return peer;
  const said = forwarded.split(',').map((one) => one.trim());
  return said.at(-proxies) || peer;
}
