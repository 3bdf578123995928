/** The trust policy that a verb believes: a file, by default that of the practice network; and its log's rules. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { policySource, successorPath } from '@answerable/kit/policy-source';
import { policyFromLog } from '@answerable/kit/policy-text';
import { successorsHold } from '@answerable/kit/successor-rule';
import { networkRules } from '@answerable/log/monitor/network-rules';
import type { Rule } from '@answerable/log/monitor/rules';
import { type ReleaseEntry, releaseEntry } from '@answerable/protocol/log/entries';
import { quarterEnd, refusalCounts } from '@answerable/protocol/log/refusals';
import { Refusal } from '@answerable/protocol/refusal';
import { inForce, requireNext } from '@answerable/protocol/trust-chain';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyFile } from '@answerable/protocol/trust-policy';
import { successionSecondsOf } from '@answerable/protocol/trust-succession';
import { defaultDataDir } from './data-dir.ts';

/**
 * The policy in force, from the first and what follows it beside. Throws Error with a sentence to show; `otherwise`
 * ends it.
 */
export async function readPolicy(path: string | undefined, otherwise = ''): Promise<TrustPolicy> {
  const from = path ?? join(defaultDataDir(), 'trust', 'practice-1.policy');
  if (!existsSync(from))
    throw new Error(`there is no trust policy at ${from}. Name one with --policy${otherwise}.`);
  return policySource(from).current();
}

/** Whom an audit believes, and the texts of all successors that it found; which of them hold is for its rules. */
export interface Believed {
  policy: TrustPolicy;
  rules: Rule[];
}

/** `origin`: of a log that shows texts; without it those beside the first policy are taken. */
export async function readBelieved(
  path: string | undefined,
  origin: string | undefined,
  otherwise: string,
): Promise<Believed> {
  const from = path ?? join(defaultDataDir(), 'trust', 'practice-1.policy');
  await readPolicy(from, otherwise);
  const first = policySource(from).chain()[0]!;
  const texts: TrustPolicyFile[] = [];
  const textOf = (serial: number) =>
    origin === undefined ? textBeside(from, serial) : policyFromLog(origin, serial).catch(() => undefined);
  for (let text = await textOf(2); text; text = await textOf(texts.length + 2)) texts.push(text);
  const policy = inForce(heldOf(first, texts), Date.now());
  return { policy, rules: [...rulesOf(policy), successorsHold(first, texts)] };
}

async function textBeside(from: string, serial: number): Promise<TrustPolicyFile | undefined> {
  const text = await readFile(successorPath(from, serial), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : trustPolicyFile.parse(JSON.parse(text));
}

/** The chain as far as it holds. */
function heldOf(first: TrustPolicy, texts: readonly TrustPolicyFile[]): TrustPolicy[] {
  const held = [first];
  for (const text of texts) {
    try {
      held.push(requireNext(held.at(-1)!, text));
    } catch (error) {
      if (error instanceof Refusal) break;
      throw error;
    }
  }
  return held;
}

/** What an audit asks of the entries of this policy's log. */
export function rulesOf(policy: TrustPolicy): Rule[] {
  const { opening, registrar, tags } = policy;
  const { threshold, guardians } = opening;
  const refusals = { parties: guardians.map(({ name }) => name), names: refusalCounts, endOf: quarterEnd };
  const census = {
    registrar: registrar.name,
    keepers: tags.keepers.map(({ name }) => name),
    threshold: tags.threshold,
  };
  return networkRules({ threshold, successionSeconds: successionSecondsOf(policy), refusals, census });
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
