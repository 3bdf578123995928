/** The trust policy that a verb believes: a file, by default that of the practice network; and its log's rules. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyGenesis } from '@answerable/kit/policy-source';
import { networkRules } from '@answerable/log/monitor/network-rules';
import type { Rule } from '@answerable/log/monitor/rules';
import { quarterEnd, refusalCounts } from '@answerable/protocol/log/refusals';
import { type TrustPolicy, trustPolicyFile } from '@answerable/protocol/trust-policy';
import { defaultDataDir } from './data-dir.ts';

/** Verified as a genesis. Throws Error with a sentence to show; `otherwise` ends it. */
export async function readPolicy(path: string | undefined, otherwise = ''): Promise<TrustPolicy> {
  const from = path ?? join(defaultDataDir(), 'trust', 'practice-1.policy');
  const text = await readFile(from, 'utf8').catch(() => {
    throw new Error(`there is no trust policy at ${from}. Name one with --policy${otherwise}.`);
  });
  return verifyGenesis(trustPolicyFile.parse(JSON.parse(text)));
}

/** What an audit asks of the entries of this policy's log. */
export function rulesOf({ opening }: TrustPolicy): Rule[] {
  const { threshold, guardians } = opening;
  const refusals = { parties: guardians.map(({ name }) => name), names: refusalCounts, endOf: quarterEnd };
  return networkRules({ threshold, refusals });
}
