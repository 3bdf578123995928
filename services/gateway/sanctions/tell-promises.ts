/**
 * POST /desk/promises: what the policy in force at a platform promises about being judged there, and which steps it
 * allows against the accounts that the desk names. Decode → look → reply.
 */
import { readJson } from '@answerable/kit/read-json';
import { stepsOf } from '@answerable/protocol/platform/steps';
import { Refusal } from '@answerable/protocol/refusal';
import { type PromisesResponse, promisesRequest } from '@answerable/protocol/report/promises';
import type { Context } from 'hono';
import type { GatewayParts } from '../parts.ts';

export function tellPromises({ config, platformPolicies, sanctions }: GatewayParts) {
  return async (c: Context) => {
    const { platform, subs } = await readJson(c, promisesRequest);
    if (!config.platforms.some(({ name }) => name === platform)) throw new Refusal('not_found');
    const { policy, hash } = await platformPolicies.inForce(platform);
    const accounts = (await sanctions.store.stepsOf(subs)).filter((one) => one.platform === platform);
    const told: PromisesResponse = {
      policy: hash,
      steps: stepsOf(policy),
      clocks: policy.clocks ?? null,
      accounts: accounts.map(({ sub, steps }) => ({ sub, steps })),
    };
    return c.json(told);
  };
}
