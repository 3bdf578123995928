/** `answerable policy`: a platform's policy before anybody is held to it: checked, explained, compared, tried. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cannotHold } from '@answerable/desk/promises/cannot-hold';
import { ConfigRefused } from '@answerable/kit/config';
import { callJson } from '@answerable/kit/http-client';
import { type Change, changesBetween } from '@answerable/protocol/platform/changes';
import { stepsOf } from '@answerable/protocol/platform/steps';
import { faultsOfSuccessor, noticeDaysMin } from '@answerable/protocol/platform/succession';
import { afterClaimWords, explainPolicy } from '@answerable/protocol/platform/words';
import {
  type PlatformPolicy,
  platformPolicy,
  platformPolicyHash,
} from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import type { Verb } from './verb.ts';

const fileBytesMax = 64 * 1024;
const exportBytesMax = 256 * 1024 * 1024;

const manual = `answerable policy — a platform's policy, before anybody is held to it

usage: answerable policy check FILE [--after OLD] [--desk SETTINGS]
       answerable policy explain FILE
       answerable policy diff OLD NEW
       answerable policy dry-run FILE [--gateway URL]
       answerable policy dry-run FILE --accounts EXPORT
       answerable policy announce FILE [--gateway URL]

  check     says what is wrong, field by field; with --after also whether it may follow that policy, with
            --desk what it promises that a desk with these settings cannot hold
  explain   the policy in the words that people read
  diff      what changes and for whom, gravest first, and what needs their consent
  dry-run   what would happen on the day, to how many accounts: counts, never a name. Of a gateway that runs,
            or, for accounts from before it, of an export of the forum (one account a line, or a JSON list)
  announce  puts it on the record at the gateway that runs; it binds 14 days later at the earliest

  --after OLD        the policy before it
  --config FILE      the settings of the gateway that runs on this machine
                     (default: gateway-data/gateway.json here)
  --gateway URL      a gateway elsewhere; its operator token is in ANSWERABLE_OPERATOR_TOKEN
  --desk SETTINGS    the desk's settings file (oneModerator, barNeedsSecond)
  --accounts EXPORT  accounts from before the gateway
  --json             one JSON object instead of words

environment:
  ANSWERABLE_OPERATOR_TOKEN   with --gateway: operatorToken of that gateway's settings

docs/platform-policy.md goes through it.

exit status: 0 done and in order, 1 not in order, 2 wrong call

example:
  answerable policy check forum.policy.json && answerable policy explain forum.policy.json
`;

class WrongFile extends Error {}
interface Options {
  after?: string | undefined;
  desk?: string | undefined;
  gateway?: string | undefined;
  accounts?: string | undefined;
  config?: string | undefined;
  json: boolean;
}
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      after: { type: 'string' },
      desk: { type: 'string' },
      gateway: { type: 'string' },
      accounts: { type: 'string' },
      config: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [what, ...files] = positionals;
  const wanted = what === 'diff' ? 2 : 1;
  const act = acts[what ?? ''];
  if (!act || files.length !== wanted) {
    process.stderr.write('answerable policy: say what to do with which file. See --help.\n');
    return 2;
  }
  try {
    return await act(files, values);
  } catch (error) {
    if (!(error instanceof WrongFile || error instanceof Refusal || error instanceof ConfigRefused))
      throw error;
    const where = error instanceof Refusal && error.pointer ? ` (${error.pointer})` : '';
    process.stderr.write(`answerable policy: ${error.message}${where}\n`);
    return 1;
  }
}

const acts: Record<string, (files: string[], options: Options) => Promise<number>> = {
  async check([file = ''], { after, desk, json }) {
    const read = platformPolicy.safeParse(jsonOf(file));
    const faults = read.success
      ? after === undefined
        ? notHeldBy(desk, read.data)
        : [...successionFaults(policyOf(after), read.data), ...notHeldBy(desk, read.data)]
      : read.error.issues.flatMap(faultsOf);
    if (json) say(JSON.stringify({ ok: faults.length === 0, faults }));
    else if (faults.length === 0) say(`The policy holds. Its hash is ${platformPolicyHash(read.data!)}.`);
    else for (const { field, says } of faults) say(`${field}: ${says}`);
    return faults.length === 0 ? 0 : 1;
  },

  async explain([file = ''], { json }) {
    const sections = explainPolicy(policyOf(file));
    if (json) say(JSON.stringify(sections));
    else
      for (const { title, lines } of sections)
        say([title, ...lines.map((line) => `  ${line}`), ''].join('\n'));
    return 0;
  },

  async diff([old = '', next = ''], { json }) {
    const changes = changesBetween(policyOf(old), policyOf(next));
    say(json ? JSON.stringify(changes) : inWords(changes));
    return 0;
  },

  async 'dry-run'([file = ''], { accounts, json, ...where }) {
    const policy = policyOf(file);
    if (!accounts) {
      const outcome = await askOperator(where, 'dry-runs', policy, dryRunReply);
      say(json ? JSON.stringify(outcome) : outcomeInWords(outcome));
      return 0;
    }
    const count = countAccounts(accounts);
    const claim = policy.claim ? { ...policy.claim, known: count, attached: 0, unattached: count } : null;
    say(json ? JSON.stringify({ claim }) : claimInWords(claim));
    return 0;
  },

  async announce([file = ''], where) {
    const { policies } = await askOperator(where, 'announcements', policyOf(file), announceReply);
    say(
      `Announced: policy ${policies[0]?.serial} binds from ${policies[0]?.effective} on, once the log has it.`,
    );
    return 0;
  },
};

const announceReply = z.looseObject({
  policies: z.array(z.looseObject({ serial: z.int(), effective: z.string() })),
});
const deskSettings = z.looseObject({
  oneModerator: z.boolean().optional(),
  barNeedsSecond: z.boolean().optional(),
});

const dryRunReply = z.object({
  effective: z.string(),
  changes: z.array(
    z.object({
      gravity: z.literal([1, 2, 3]),
      forWhom: z.enum(['everybody', 'visitors', 'new accounts', 'accounts from before']),
      says: z.string(),
      consent: z.boolean(),
    }),
  ),
  accounts: z.object({ open: z.int(), askedAgain: z.int(), beyondMax: z.int() }),
  claim: z
    .object({
      until: z.string(),
      afterwards: z.enum(['stays-open', 'read-only', 'locked']),
      known: z.int(),
      attached: z.int(),
      unattached: z.int(),
      carried: z.enum(['gateway', 'platform', 'nobody']).optional(),
    })
    .nullable(),
});
type Outcome = z.infer<typeof dryRunReply>;

function outcomeInWords({ effective, changes, accounts, claim }: Outcome): string {
  return [
    effective ? `On ${effective}, if nothing else changes until then:` : 'If it were in force:',
    '',
    inWords(changes),
    `Open accounts: ${accounts.open}.`,
    `Asked again at their next presentation, and held to the new terms only if they agree: ${accounts.askedAgain}.`,
    `Of people with more accounts than one may then have; these stay, further ones do not come: ${accounts.beyondMax}.`,
    claimInWords(claim),
  ].join('\n');
}

const carriedWords = {
  gateway: ['The gateway does that at your forum, through its connector.'],
  platform: ['Your forum does that itself: GET /platform/claims/last-day has the list.'],
  nobody: [],
};

function claimInWords(claim: Outcome['claim']): string {
  if (!claim) return 'Accounts from before: nothing happens to them.';
  const { until, afterwards, known, attached, unattached, carried } = claim;
  return [
    `Accounts from before: ${known}, of which ${attached} are attached to a person.`,
    `They have until the end of ${until}. After that day ${unattached} that nobody attached, as things stand, ${afterClaimWords[afterwards]}.`,
    ...(carried ? carriedWords[carried] : []),
  ].join('\n');
}

function inWords(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing changes for anybody.\n';
  const lines = changes.map(
    ({ forWhom, says, consent }) => `  ${forWhom}: ${says}${consent ? ' [needs their consent]' : ''}`,
  );
  const consents = changes.some(({ consent }) => consent);
  return [
    ...lines,
    '',
    consents
      ? 'Who has an account is held to what needs consent only after agreeing; the rest binds by being announced.'
      : 'Nothing of it needs consent: it binds by being announced.',
    '',
  ].join('\n');
}

/** Whether other forums help is not in the settings: a running desk that has some says less. */
function notHeldBy(desk: string | undefined, policy: PlatformPolicy) {
  if (desk === undefined) return [];
  const set = deskSettings.safeParse(jsonOf(desk));
  if (!set.success) throw new WrongFile(`${desk} is not the settings of a desk.`);
  const { oneModerator = false, barNeedsSecond } = set.data;
  const promised = { steps: stepsOf(policy), clocks: policy.clocks ?? null };
  return cannotHold(promised, { oneModerator, barNeedsSecond, forums: 0 }).map(({ what, says }) => ({
    field: what,
    says,
  }));
}

/** What zod says, in words for who wrote the file. Fields are named, values never. */
function faultsOf(issue: z.core.$ZodIssue): { field: string; says: string }[] {
  const field = issue.path.join('.') || 'the whole';
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: [...issue.path, key].join('.'),
        says: 'There is no such field. Is it spelt as in spec/platform-policy.md?',
      }));
    case 'invalid_type':
      return [{ field, says: `Missing, or not the right kind: ${issue.expected} is expected.` }];
    case 'invalid_value':
      return [{ field, says: `One of these: ${issue.values.join(', ')}.` }];
    case 'invalid_format':
      return [{ field, says: 'Not of the expected shape. Ids take small letters, digits, dots and dashes.' }];
    default:
      return [{ field, says: issue.message }];
  }
}

function successionFaults(before: PlatformPolicy, next: PlatformPolicy) {
  const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  return faultsOfSuccessor({ policy: before, serial: before.serial ?? 1 }, next, {
    today,
    noticeDays: noticeDaysMin,
  });
}

function policyOf(file: string): PlatformPolicy {
  const read = platformPolicy.safeParse(jsonOf(file));
  if (!read.success) throw new WrongFile(`${file} does not hold. \`answerable policy check\` says why.`);
  return read.data;
}

function jsonOf(file: string): unknown {
  const text = textOf(file, fileBytesMax);
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongFile(`${file} is not JSON.`);
  }
}

function textOf(file: string, bytesMax: number): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= bytesMax) return bytes.toString('utf8');
  } catch {
    throw new WrongFile(`there is no file ${file} that can be read.`);
  }
  throw new WrongFile(`${file} is too large.`);
}

/** Nothing of the export goes further than its number of lines. */
function countAccounts(file: string): number {
  const text = textOf(file, exportBytesMax);
  if (!text.trimStart().startsWith('[')) return text.split('\n').filter((line) => line.trim() !== '').length;
  try {
    return z.array(z.unknown()).parse(JSON.parse(text)).length;
  } catch {
    throw new WrongFile(`${file} is no list.`);
  }
}

/** Asks the gateway whose settings are on this machine, or the one that `gateway` names. */
async function askOperator<T>(
  { gateway, config }: Pick<Options, 'gateway' | 'config'>,
  what: 'dry-runs' | 'announcements',
  policy: PlatformPolicy,
  schema: z.ZodType<T>,
): Promise<T> {
  const at = gateway
    ? { origin: gateway, token: process.env.ANSWERABLE_OPERATOR_TOKEN }
    : await ownGateway(config);
  if (!at.token) throw new WrongFile('ANSWERABLE_OPERATOR_TOKEN is not set.');
  const headers = { authorization: `Bearer ${at.token}` };
  return callJson(`${at.origin}/operator/policies/${what}`, { body: { policy }, schema, headers });
}

async function ownGateway(config: string | undefined): Promise<{ origin: string; token: string }> {
  const { readSettings, settingsPath } = await import('./gateway-settings.ts');
  const { host, port, operatorToken } = readSettings(settingsPath(config));
  return { origin: `http://${host}:${port}`, token: operatorToken };
}

export const policyVerb: Verb = { manual, run };
