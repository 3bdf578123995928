/** `answerable evidence verify`: what holds of an evidence file, and what rests on whose word. Asks nobody. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type EvidenceVerdict, verifyEvidence } from '@answerable/protocol/report/verify-evidence';
import { readPolicy } from './read-policy.ts';
import type { Verb } from './verb.ts';

const fileBytesMax = 200_000_000;

const manual = `answerable evidence verify FILE [--policy FILE] [--json]

Checks a file that a safety desk gave to whoever reported something: the hash of the page and of every part, and,
with the trust policy of its network, that the log has it. Needs no network.

  FILE            the file as it was downloaded
  --policy FILE   the trust policy (default: the practice network's, if there is one)
  --json          one JSON object instead of words

Ends with 0 if everything that could be checked holds, else with 1.
`;

export const evidenceVerb: Verb = { manual, run };

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { policy: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [verb, path, ...more] = positionals;
  if (verb !== 'verify' || path === undefined || more.length > 0) {
    process.stderr.write('answerable evidence: verify FILE. See --help.\n');
    return 2;
  }
  const bytes = await readFile(path);
  if (bytes.length > fileBytesMax) throw new Error('the file is larger than an evidence file can be');
  const policy = values.policy
    ? await readPolicy(values.policy)
    : await readPolicy(undefined).catch(() => undefined);
  const verdict = verifyEvidence(bytes, policy);
  process.stdout.write(values.json ? `${JSON.stringify(verdict)}\n` : inWords(verdict));
  return verdict.faults.length === 0 ? 0 : 1;
}

export function inWords({ record, manifest, log, unchecked, faults }: EvidenceVerdict): string {
  if (faults.length > 0) return `This does NOT hold:\n${faults.map((fault) => `  ${fault}\n`).join('')}`;
  const seen = [...(log?.seen ?? [])].sort((a, b) => a.at.localeCompare(b.at))[0];
  const versions = record!.items.flatMap((item) => item.versions);
  const by = (who: 'platform' | 'reporter') => versions.filter((one) => one.seen === who).length;
  return `${[
    `what       a ${record!.what} at ${record!.platform}, received on ${record!.received}`,
    `file       whole: the page and ${manifest!.parts.length - 1} parts are to the byte as the desk made them`,
    `made       ${manifest!.made}, by the desk's word`,
    log
      ? `log        entry ${log.index}${seen ? `; it was there by ${seen.at}, by the word of ${seen.witness}` : ', which says no time'}`
      : unchecked
        ? 'log        NOT checked: name the trust policy of its network with --policy'
        : 'log        no proof inside: its date rests on the desk, and on the heads of its days',
    '',
    'What rests on whose word:',
    '  what the report says        whoever reported',
    `  what was kept               the platform: ${by('platform')}; whoever reported, not seen by the desk: ${by('reporter')}`,
    '  when it was kept, decided   the desk',
    '  whose account it is         nobody: the file does not say it',
    '',
    'Not checked here, as nobody was asked over a network:',
    log
      ? '  that the log shows everybody the same    answerable audit asks that'
      : `  that the log has it                      ${unchecked ? 'needs the trust policy' : 'needs a proof: download the file again later'}`,
    '  that what stands in it is true           no software can',
  ].join('\n')}\n`;
}
