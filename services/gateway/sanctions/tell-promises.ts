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
    const { platform: called, subs } = await readJson(c, promisesRequest);
    const [only, ...others] = config.platforms;
    // A desk set up in the browser has its own name for its platform; where there is only one, that one is meant.
    const meant =
      config.platforms.find(({ name }) => name === called) ?? (others.length === 0 ? only : undefined);
    if (!meant) throw new Refusal('not_found');
    const platform = meant.name;
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
