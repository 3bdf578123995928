/** The trust policy that a verb believes: a file, by default that of the practice network; and its log's rules. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyGenesis } from '@answerable/kit/policy-source';
import { networkRules } from '@answerable/log/monitor/network-rules';
import type { Rule } from '@answerable/log/monitor/rules';
import { type ReleaseEntry, releaseEntry } from '@answerable/protocol/log/entries';
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
export function rulesOf({ opening, registrar, tags }: TrustPolicy): Rule[] {
  const { threshold, guardians } = opening;
  const refusals = { parties: guardians.map(({ name }) => name), names: refusalCounts, endOf: quarterEnd };
  const census = {
    registrar: registrar.name,
    keepers: tags.keepers.map(({ name }) => name),
    threshold: tags.threshold,
  };
  return networkRules({ threshold, refusals, census });
}

/** A release of the wallet, where it stands. */
export interface LoggedRelease {
  index: number;
  entry: ReleaseEntry;
}

/** A rule that objects to nothing, and notes every release of the wallet. */
export const notingReleases = (releases: LoggedRelease[]): Rule => ({
  name: 'releases of the wallet',
  start: () => ({
    see(entry, index) {
      const read = releaseEntry.safeParse(entry);
      if (read.success) releases.push({ index, entry: read.data });
      return [];
    },
    finish: () => [],
  }),
});
