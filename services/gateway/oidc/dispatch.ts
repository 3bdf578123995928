/**
 * Puts the OpenID provider, which speaks to Node's own request and response, beside the service's app under
 * one socket. The provider gets the host that everybody knows us by, whatever the caller wrote.
 */

import type { Journal } from '@answerable/kit/journal';
import type { Servable } from '@answerable/kit/serve';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { GatewayConfig } from '../config.ts';
import type { LiveProvider } from './live-provider.ts';

const mount = '/oidc';

export function besideOidc(
  app: Servable,
  provider: Pick<LiveProvider, 'callback'>,
  { origin }: Pick<GatewayConfig, 'origin'>,
  journal: Journal,
): Servable {
  const callback = provider.callback();
  const { host, protocol } = new URL(origin);
  return {
    async fetch(request, env) {
      const { incoming, outgoing } = env as HttpBindings;
      const address = incoming.url ?? '/';
      if (!address.startsWith(`${mount}/`)) return app.fetch(request, env);
      const start = performance.now();
      incoming.headers.host = host;
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
