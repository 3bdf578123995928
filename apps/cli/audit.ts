/** `answerable audit`: verifies a whole log, from an address or a folder, and says where it does not hold. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { audit } from '@answerable/log/monitor/audit';
import type { AuditReport } from '@answerable/log/monitor/finding';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { type LogTrust, parseLogTrust } from '@answerable/log/verify/trust';
import { logTrustOf } from '@answerable/protocol/log/trust';
import { hashInGroups } from '@answerable/protocol/wallet-release';
import { type LoggedRelease, notingReleases, readBelieved } from './read-policy.ts';
import type { Verb } from './verb.ts';

const findingsShownMax = 20;
const releasesShownMax = 5;

const manual = `answerable audit — verify a log to the byte

usage: answerable audit <log address or folder> [--policy FILE] [--key KEY] [--json]

Reads every tile and entry of the log, recomputes every hash up to the signed checkpoint, checks the
log's signature and the cosignatures of the witnesses that the trust policy names, and checks what the
entries say against each other: one trust policy per serial, each following the one before by the signatures
of its guardians and after its whole notice, every opening with its filing and approvals before
it, growth that shows nothing, guardians' refusals counted for every quarter, and each keeper's daily totals
of tag evaluations against the enrolment sessions that the registrar counts. On a fault it says in which
file, at which byte, and what should be there.

  <log>           https://… or http://… of a logbook, or the folder that it publishes
                  (for the practice network: ${join('data', 'roles', 'logbook', 'log', 'public')})
  --policy FILE   the trust policy to believe (default: the practice network's, if there is one)
  --key KEY       believe this log key instead (C2SP verifier key), without witnesses and without rules
  --json          one JSON object instead of words

exit status: 0 the log holds, 1 it does not, 2 wrong call

example:
  answerable audit http://localhost:4640
`;

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { policy: { type: 'string' }, key: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [place] = positionals;
  if (!place || positionals.length > 1) {
    process.stderr.write('answerable audit: name one log, an address or a folder. See --help.\n');
    return 2;
  }
  const believed = await whomToBelieve(place, values.policy, values.key);
  const releases: LoggedRelease[] = [];
  const report = await audit({
    fetchFile: /^https?:/.test(place) ? fetchFrom(place.replace(/\/$/, '')) : filesIn(place),
    ...believed,
    ...('rules' in believed ? { rules: [...believed.rules, notingReleases(releases)] } : {}),
  });
  process.stdout.write(
    values.json ? `${JSON.stringify({ ...report, releases })}\n` : inWords(report, releases),
  );
  return report.ok ? 0 : 1;
}

async function whomToBelieve(place: string, policyPath: string | undefined, key: string | undefined) {
  if (key)
    return {
      trust: parseLogTrust({ log: key, witnesses: [], quorum: 0 }) satisfies LogTrust,
      opaqueEntries: true,
    };
  const origin = /^https?:/.test(place) ? place.replace(/\/$/, '') : undefined;
  const { policy, rules } = await readBelieved(policyPath, origin, ', or the log’s key with --key');
  return { trust: logTrustOf(policy), rules };
}

/** Files of a folder, by their path in the log. Anything that cannot be read is missing. */
function filesIn(folder: string) {
  return async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return new Uint8Array(await readFile(join(folder, ...path.split('/'))));
    } catch {
      return undefined;
    }
  };
}

function inWords(report: AuditReport, releases: readonly LoggedRelease[]): string {
  const head = [
    `log        ${report.origin ?? '(unreadable)'}`,
    `entries    ${report.size}`,
    `root       ${report.root ?? '(not signed)'}`,
    `witnesses  ${report.witnesses.map(({ name }) => name).join(', ') || 'none'}`,
    `read       ${report.filesRead} files, ${report.bytesRead} bytes`,
    ...releases.slice(-releasesShownMax).map(wordsOf),
  ];
  if (report.ok) return `${head.join('\n')}\n\nThe log holds: every hash, signature and rule was checked.\n`;
  const findings = report.findings.slice(0, findingsShownMax).map((finding) => {
    const at = [
      finding.file,
      finding.entry === undefined ? '' : `entry ${finding.entry}`,
      finding.byte === undefined ? '' : `byte ${finding.byte}`,
    ].filter(Boolean);
    const seen =
      finding.expected === undefined
        ? ''
        : `\n    should be ${finding.expected}, is ${finding.found ?? 'missing'}`;
    return `  ${at.join(', ')}: ${finding.says}${seen}`;
  });
  return `${head.join('\n')}\n\nThe log does NOT hold:\n${findings.join('\n')}\n`;
}

const wordsOf = ({ index, entry: { version, release } }: LoggedRelease): string =>
  `wallet     ${version}, entry ${index}: ${hashInGroups(release)}`;

export const auditVerb: Verb = { manual, run };
