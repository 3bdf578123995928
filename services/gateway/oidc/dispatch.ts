/**
 * Puts the OpenID provider, which speaks to Node's own request and response, beside the service's app under
 * one socket. The provider gets the host that everybody knows us by, whatever the caller wrote.
 */

import type { Journal } from '@answerable/kit/journal';
import type { Servable } from '@answerable/kit/serve';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { GatewayParts } from '../parts.ts';

const mount = '/oidc';
/** Where a stranger's request leaves rows. What comes later in a sign-in has been let in here. */
const door = /^\/oidc\/(auth|session\/end)\/?(\?|$)/i;

export function besideOidc(
  app: Servable,
  { provider, doors, config: { origin } }: Pick<GatewayParts, 'provider' | 'doors' | 'config'>,
  journal: Journal,
): Servable {
  const callback = provider.callback();
  const { host, protocol } = new URL(origin);
  return {
    async fetch(request, env) {
      const { incoming, outgoing } = env as HttpBindings;
      // What stands behind a # is no part of an address; the library's reading would leave it away, after the door.
      const [address = '/'] = (incoming.url ?? '/').split('#');
      if (!address.startsWith(`${mount}/`)) return app.fetch(request, env);
      if (door.test(address)) {
        const forwarded = incoming.headers['x-forwarded-for'];
        const seconds = doors.waitAtSignIn(incoming.socket.remoteAddress ?? '', forwarded?.toString());
        if (seconds > 0) return app.fetch(request, { ...(env as HttpBindings), tooOftenSeconds: seconds });
      }
      const start = performance.now();
      incoming.headers.host = host;
      // The library believes this before the host: addresses that it tells, and proofs that it takes, follow from it.
      delete incoming.headers['x-forwarded-host'];
      if (protocol === 'https:') incoming.headers['x-forwarded-proto'] = 'https';
      Object.assign(incoming, { originalUrl: address });
      incoming.url = address.slice(mount.length);
      await callback(incoming, outgoing);
      const durationMs = Math.round(performance.now() - start);
      journal.info('request', {
        route: mount,
        method: incoming.method ?? '',
        status: outgoing.statusCode,
        durationMs,
      });
      return RESPONSE_ALREADY_SENT;
    },
  };
}
