/**
 * `answerable wallet verify`: is what a host serves the release that the log has, and the one that the sources here
 * make? Fetches as visitors do, in several guises: a host that tells people apart has to guess which of them looks.
 */
import { parseArgs } from 'node:util';
import { audit } from '@answerable/log/monitor/audit';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { logTrustOf } from '@answerable/protocol/log/trust';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import {
  hashInGroups,
  type ReleaseManifest,
  releaseEntryOf,
  releaseHash,
} from '@answerable/protocol/wallet-release';
import * as wire from '@answerable/protocol/wire';
import { buildWallet } from '@answerable/wallet/build';
import { readManifest } from '@answerable/wallet/built-files';
import { fetchRelease } from './fetch-release.ts';
import { type LoggedRelease, notingReleases, readPolicy, rulesOf } from './read-policy.ts';

const shownMax = 20;

export const verifyManual = `verify: fetches every file from the address as visitors do, more than once and as more than one browser, and
compares it with the release's manifest; the manifest with the log, which it verifies to the byte under the
trust policy; and the release with what the sources here make.

  <address>       of the wallet, such as https://wallet.example.org
  --policy FILE   the trust policy (default: the practice network's, if there is one)
  --no-build      do not compare with the sources here
  --json          one JSON object instead of words

What it cannot see: a host that serves you something else than it serves this command.
`;

export interface Verdict {
  address: string;
  release: string | null;
  version: string | null;
  /** Every file is as the release lists it, whoever asks. */
  served: boolean;
  /** The log holds: every hash, signature and rule. */
  log: boolean;
  /** The release's entry in the log; null if there is none, or the log does not hold. */
  entry: number | null;
  /** Releases that the log has after it. */
  newer: number;
  /** The sources here make this release; null if that was not asked. */
  sources: boolean | null;
  /** One sentence for each thing that does not hold. */
  faults: string[];
}

export async function verifyHost(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { policy: { type: 'string' }, 'no-build': { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const address = positionals[0]?.replace(/\/$/, '') ?? '';
  if (positionals.length !== 1 || !wire.origin.safeParse(address).success) {
    process.stderr.write('answerable wallet: name one address without a path. See --help.\n');
    return 2;
  }
  const policy = await readPolicy(values.policy);
  const sources = values['no-build'] ? undefined : async () => releaseHash(readManifest(await buildWallet()));
  const verdict = await verdictOn(address, policy, sources);
  process.stdout.write(values.json ? `${JSON.stringify(verdict)}\n` : inWords(verdict));
  return verdict.faults.length === 0 ? 0 : 1;
}

/** `sources` builds what is here and says its hash. Throws Error if the host or the log does not answer. */
export async function verdictOn(
  address: string,
  policy: TrustPolicy,
  sources?: () => Promise<string>,
): Promise<Verdict> {
  const { manifest, differences } = await fetchRelease(address);
  const faults = [...differences];
  const { ok, releases } = await readLog(policy, faults);
  const release = manifest ? releaseHash(manifest) : null;
  const entry = manifest && ok ? placeAmong(releases, manifest) : null;
  if (manifest && ok && entry === null) faults.push('the log has no such release');
  const made = sources && manifest ? await sources() : undefined;
  if (made !== undefined && made !== release)
    faults.push(`the sources here make another release, ${hashInGroups(made)}`);
  return {
    address,
    release,
    version: manifest?.version ?? null,
    served: differences.length === 0,
    log: ok,
    entry,
    newer: entry === null ? 0 : releases.filter(({ index }) => index > entry).length,
    sources: made === undefined ? null : made === release,
    faults,
  };
}

async function readLog(
  policy: TrustPolicy,
  faults: string[],
): Promise<{ ok: boolean; releases: LoggedRelease[] }> {
  const releases: LoggedRelease[] = [];
  const { ok, findings } = await audit({
    fetchFile: fetchFrom(policy.log.origin),
    trust: logTrustOf(policy),
    rules: [...rulesOf(policy), notingReleases(releases)],
  });
  faults.push(...findings.map(({ says }) => `the log does not hold: ${says}`));
  return { ok, releases };
}

function placeAmong(releases: readonly LoggedRelease[], manifest: ReleaseManifest): number | null {
  const wanted = releaseEntryOf(manifest);
  const found = releases.find(
    ({ entry }) =>
      entry.release === wanted.release && entry.version === wanted.version && entry.files === wanted.files,
  );
  return found?.index ?? null;
}

function inWords({ address, release, version, entry, newer, served, log, sources, faults }: Verdict): string {
  const head = [
    `address    ${address}`,
    `version    ${version ?? '(unknown)'}`,
    `release    ${release ? hashInGroups(release) : '(unknown)'}`,
    `files      ${served ? 'as the release lists them, for every browser that asked' : 'NOT as listed'}`,
    `log        ${log ? 'holds' : 'does NOT hold'}${entry === null ? '' : `, and has the release as entry ${entry}`}`,
    `sources    ${sources === null ? 'not compared' : sources ? 'make this release' : 'make ANOTHER release'}`,
    ...(newer > 0 ? [`note       the log has ${newer} later: this host serves an older release`] : []),
  ].join('\n');
  if (faults.length === 0)
    return `${head}\n\nThe host serves what is in the log${sources ? ', and what these sources make' : ''}.\n`;
  return `${head}\n\nThis does NOT hold:\n${faults
    .slice(0, shownMax)
    .map((fault) => `  ${fault}`)
    .join('\n')}\n`;
}
