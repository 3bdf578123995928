/**
 * What a platform's own server may ask of its gateway, with the token that stands in the gateway's settings for
 * it: each token sees its own platform and no other.
 * Must never: say of two accounts that they are one person's.
 */
import { broughtToken, tokenBook } from '@answerable/kit/bearer';
import { platformPolicy } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { mountClaimsApi } from '../claims/mount.ts';
import type { PlatformConfig } from '../config.ts';
import type { GatewayParts } from '../parts.ts';
import { mountActs } from '../policies/mount.ts';
import { mountTargets } from '../targets/mount.ts';
import { type ApiEnv, type DescribedApi, describe, newApi, operation } from './described.ts';

export function platformApi(parts: GatewayParts): DescribedApi {
  const api = newApi();
  describe(api, '/platform/openapi.json', 'What a platform asks of its gateway');
  api.use('/platform/*', requirePlatform(parts.config.platforms));
  const policyReply = z.strictObject({ policy: platformPolicy, hash: wire.hash });
  operation(
    api,
    {
      method: 'get',
      path: '/platform/policy',
      summary: 'The policy in force here, and its hash',
      reply: policyReply,
    },
    async ({ c }) => {
      const { policy, hash } = await parts.platformPolicies.inForce(c.get('platform'));
      return { policy, hash };
    },
  );
  mountActs(api, parts);
  mountClaimsApi(api, parts);
  mountTargets(api, parts);
  return api;
}

function requirePlatform(platforms: readonly PlatformConfig[]): MiddlewareHandler<ApiEnv> {
  const find = tokenBook(
    platforms.flatMap(({ name, apiToken }) => (apiToken ? [[apiToken, name] as const] : [])),
  );
  return async (c, next) => {
    const name = find(broughtToken(c));
    if (name === undefined) throw new Refusal('unauthorised');
    c.set('platform', name);
    await next();
  };
}
