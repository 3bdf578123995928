/**
 * `answerable gateway init --network URL`: takes the trust policies that a network's wallet shows, verifies them, and
 * puts them where the gateway looks; says what to send to the network so that it lists this gateway. A network that
 * is seen for the first time is believed on its fingerprint, which somebody compares by telephone.
 */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigRefused } from '@answerable/kit/config';
import { writeJsonFile } from '@answerable/kit/durable-json';
import { callJson } from '@answerable/kit/http-client';
import { successorPath, verifyGenesis } from '@answerable/kit/policy-source';
import { Refusal } from '@answerable/protocol/refusal';
import { requireChain } from '@answerable/protocol/trust-chain';
import { servedPolicies, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { hashInGroups } from '@answerable/protocol/wallet-release';
import type { GatewaySettings } from './gateway-settings.ts';

/** Throws ConfigRefused with a sentence; puts nothing in place that does not hold. */
export async function takePolicies(path: string, settings: GatewaySettings, wallet: string): Promise<string> {
  const policyPath = resolve(dirname(path), settings.policyPath);
  if (existsSync(policyPath)) throw new ConfigRefused(`there is a trust policy at ${policyPath} already.`);
  const { successors = [], ...first } = await servedAt(wallet.replace(/\/$/, ''));
  const genesis = verified(() => verifyGenesis(first));
  const chain = verified(() => requireChain(genesis, successors));
  // The first last: what follows a policy is looked for only where that is.
  for (const file of successors) writeJsonFile(successorPath(policyPath, file.policy.serial), file);
  writeJsonFile(policyPath, first);
  const newest = chain.at(-1)!;
  return [
    `The trust policies of the network ${genesis.network} are here, ${chain.length} of them, and hold. It is the network`,
    `you mean if those who run it read you the same fingerprint of its first one:`,
    `  ${hashInGroups(trustPolicyHash(genesis))}`,
    `Its guardians: ${newest.opening.guardians.map(({ title }) => title).join(', ')}; ${newest.opening.threshold} of them can open an account.`,
    '',
    'When your forum is added and the gateway runs, send the network one line:',
    `  Please list ${settings.name} at ${settings.origin}. What it is: ${settings.origin}/ceremony/identity`,
    'They send you a proposal. Read it, and sign it for yourself:',
    `  answerable network agree proposal.json --gateway ${path}`,
    'Sign-ups begin on the day it names (docs/joining-a-network.md).',
    '',
  ].join('\n');
}

async function servedAt(wallet: string) {
  try {
    return await callJson(`${wallet}/policy.json`, { schema: servedPolicies });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ConfigRefused(`no wallet of a network shows its trust policy at ${wallet}.`);
  }
}

function verified<T>(verify: () => T): T {
  try {
    return verify();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new ConfigRefused('the trust policies that are shown there do not hold; nothing was taken.');
  }
}
