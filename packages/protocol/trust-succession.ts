/**
 * Whether one trust policy may follow another (PROTOCOL §2; spec/trust-succession.md; DIVERGENCES D22): counted up,
 * chained, signed by t guardians of the one before and by whoever comes in, and changing nothing but gateways,
 * authorities, witnesses, grounds and limits. Who holds a share of a key, and what the registrar signs with,
 * stays: nothing here makes an old share worthless. Pure.
 */
import canonicalize from 'canonicalize';
import { messageLabels } from './labels.ts';
import { logTrustOf } from './log/trust.ts';
import { Refusal } from './refusal.ts';
import { openSigned } from './signed.ts';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyHash } from './trust-policy.ts';
import { checkTrustPolicy } from './trust-policy-check.ts';

const daySeconds = 86_400;
const msPerSecond = 1_000;
/** Between standing in the log and binding, where the policy says nothing else. */
export const successionSecondsDefault = 14 * daySeconds;

export interface SuccessionFault {
  field: string;
  says: string;
}

const shares = 'stays as it is in a successor: shares of keys cannot be given to others or renewed yet.';
const kept = 'stays as it is in a successor.';
const unchanged = {
  network: `The network ${kept}`,
  schema: `The schema of credentials ${kept}`,
  epochSeconds: `The length of an epoch ${kept}`,
  graceSeconds: `The grace after an epoch ${kept}`,
  registrar: `The registrar, with all its keys, ${kept}`,
  evidence: `How people prove who they are ${kept}`,
  referees: `Whether referees vouch ${kept}`,
  opening: `Who the guardians are, their threshold and the opening key: all of it ${shares}`,
  tags: `Who the keepers are, their threshold and the tag key: all of it ${shares}`,
  log: `The log ${kept}`,
  wallets: `Where the wallet is served ${kept}`,
  releases: `Who publishes the wallet ${kept}`,
} as const satisfies Partial<Record<keyof TrustPolicy, string>>;

const same = (a: unknown, b: unknown) => canonicalize(a) === canonicalize(b);

export const successionSecondsOf = ({ limits }: TrustPolicy): number =>
  limits.successionSeconds ?? successionSecondsDefault;

/**
 * The first day on which a successor of `before` may bind that stood in the log at `loggedAt` (POSIX seconds): it
 * begins after the whole notice. A notice of less than a day, for trying, binds the day on which it is over.
 */
export function earliestDay(before: TrustPolicy, loggedAt: number): string {
  const notice = successionSecondsOf(before);
  const over = (loggedAt + notice) / daySeconds;
  const day = notice < daySeconds ? Math.floor(over) : Math.ceil(over);
  return new Date(day * daySeconds * msPerSecond).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** What is wrong with the text of `next` as the successor of `before`; signatures and date are asked apart. */
export function faultsOfText(before: TrustPolicy, next: TrustPolicy): SuccessionFault[] {
  const faults: SuccessionFault[] = [];
  const must = (holds: boolean, field: string, says: string) => {
    if (!holds) faults.push({ field, says });
  };
  must(next.serial === before.serial + 1, 'serial', `The next serial is ${before.serial + 1}.`);
  must(next.previous === trustPolicyHash(before), 'previous', 'It must be the hash of the policy before.');
  must(next.effective >= before.effective, 'effective', 'It cannot bind before the policy that it follows.');
  for (const [field, says] of Object.entries(unchanged))
    must(same(before[field as keyof TrustPolicy], next[field as keyof TrustPolicy]), field, says);
  must(
    successionSecondsOf(next) === successionSecondsOf(before),
    'limits.successionSeconds',
    'The notice that successors give stays as it was founded.',
  );
  must(hasKeys(next), 'parties', 'A name stands for two parties, or a key is none.');
  const parties = partiesOf(next);
  must(areDistinct(parties.map(({ signingKey }) => signingKey)), 'parties', 'Two parties sign with one key.');
  must(
    areDistinct([...parties.map(({ origin }) => origin), next.log.origin]),
    'parties',
    'Two parties are at one address.',
  );
  const authorities = new Set(next.authorities.map(({ name }) => name));
  must(
    next.grounds.every((ground) => ground.authorities.every((name) => authorities.has(name))),
    'grounds',
    'A ground names an authority that is not listed.',
  );
  must(areDistinct(next.grounds.map(({ id }) => id)), 'grounds', 'A ground is listed twice.');
  must(
    protocolsStay(before, next),
    'gateways',
    'A platform that stays keeps its protocol: with another, everybody there would be somebody else, and free of bars.',
  );
  must(witnessesHold(before, next), 'witnesses', 'The witnesses cannot make a quorum, or are all guardians.');
  return faults;
}

export type Newcomer = Pick<TrustPolicy['registrar'], 'name' | 'title' | 'origin' | 'signingKey'>;

/** Who must sign besides t guardians: gateways and authorities that are new or changed, and changed witnesses. */
export function newcomersOf(before: TrustPolicy, next: TrustPolicy): Newcomer[] {
  const changed = <P extends { name: string }>(was: readonly P[], is: readonly P[]) =>
    is.filter((party) => !was.some((known) => same(known, party)));
  const witnesses = new Set(changed(before.witnesses.list, next.witnesses.list).map(({ name }) => name));
  return [
    ...changed(before.gateways, next.gateways),
    ...changed(before.authorities, next.authorities),
    ...[...before.opening.guardians, ...before.tags.keepers].filter(({ name }) => witnesses.has(name)),
  ];
}

export function faultsOfSignatures(before: TrustPolicy, file: TrustPolicyFile): SuccessionFault[] {
  const faults: SuccessionFault[] = [];
  const { threshold, guardians } = before.opening;
  const signers = guardians.filter((guardian) => hasSigned(guardian, file)).length;
  if (signers < threshold)
    faults.push({
      field: 'signatures',
      says: `${signers} guardians of the policy before have signed; ${threshold} are needed.`,
    });
  for (const party of newcomersOf(before, file.policy))
    if (!hasSigned(party, file)) faults.push({ field: 'signatures', says: `${party.name} has not signed.` });
  return faults;
}

/** The successor, if text and signatures hold. Refuses `policy_mismatch`; that it was logged in time is apart. */
export function requireSuccessor(before: TrustPolicy, file: TrustPolicyFile): TrustPolicy {
  if (faultsOfText(before, file.policy).length > 0 || faultsOfSignatures(before, file).length > 0)
    throw new Refusal('policy_mismatch');
  return file.policy;
}

/** Whether `party` has signed the policy of `file`, under its own key. */
export function hasSigned(
  { name, signingKey }: { name: string; signingKey: string },
  { policy, signatures }: TrustPolicyFile,
): boolean {
  const found = signatures.find(({ party }) => party === name);
  if (!found) return false;
  try {
    openSigned(signingKey, messageLabels.trustPolicy, { message: policy, signature: found.signature });
    return true;
  } catch {
    return false;
  }
}

/** Every party that signs with a key of its own. */
export const partiesOf = ({ registrar, opening, tags, gateways, authorities }: TrustPolicy) => [
  registrar,
  ...opening.guardians,
  ...tags.keepers,
  ...gateways,
  ...authorities,
];

const areDistinct = (stated: readonly string[]): boolean => new Set(stated).size === stated.length;

function hasKeys(policy: TrustPolicy): boolean {
  try {
    checkTrustPolicy(policy);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** The protocol is part of the scope that pseudonyms are made for (scope.ts); so is the address, by which we look. */
function protocolsStay(before: TrustPolicy, next: TrustPolicy): boolean {
  return next.gateways.every(({ origin, platforms, atproto = [] }) => {
    const was = before.gateways.find((gateway) => gateway.origin === origin);
    const staying = platforms.filter((platform) => was?.platforms.includes(platform));
    return staying.every(
      (platform) => atproto.includes(platform) === (was?.atproto ?? []).includes(platform),
    );
  });
}

function witnessesHold(before: TrustPolicy, { witnesses, log, opening }: TrustPolicy): boolean {
  const { list, quorum } = witnesses;
  const guardians = new Set(opening.guardians.map(({ name }) => name));
  const outside = list.length === 0 || list.some(({ name }) => !guardians.has(name));
  const some = quorum > 0 || before.witnesses.quorum === 0;
  try {
    logTrustOf({ log, witnesses });
  } catch {
    return false; // a key that is none, one key twice, or more needed than there are
  }
  return outside && some && areDistinct(list.map(({ name }) => name));
}
