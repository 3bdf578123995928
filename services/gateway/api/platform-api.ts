/**
 * What a platform's own server may ask of its gateway, with the token that stands in the gateway's settings for
 * it: each token sees its own platform and no other.
 * Must never: say of two accounts that they are one person's.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
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

const tokenCharsMax = 512;

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
  const known = platforms.flatMap(({ name, apiToken }) =>
    apiToken ? [{ name, digest: digest(apiToken) }] : [],
  );
  return async (c, next) => {
    const given = c.req.header('authorization')?.match(/^Bearer (\S+)$/)?.[1] ?? '';
    if (given.length > tokenCharsMax) throw new Refusal('unauthorised');
    // Every token is compared, so that the time does not tell which was nearly right.
    const found = known.filter(({ digest: expected }) => timingSafeEqual(digest(given), expected));
    if (!found[0]) throw new Refusal('unauthorised');
    c.set('platform', found[0].name);
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
