/**
 * `network check`: from any machine of a network, in plain words: who answers, whether they are who the policy
 * says, whose clock is wrong, whose TLS ends soon, whether the record grows and who has seen it. Asks only what
 * everybody may ask.
 */
import { existsSync } from 'node:fs';
import { says } from '@answerable/kit/says';
import { openCheckpoint } from '@answerable/log/verify/checkpoint';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { requireQuorum } from '@answerable/log/verify/trust';
import { logTrustOf } from '@answerable/protocol/log/trust';
import { partyIdentity } from '@answerable/protocol/party-identity';
import { servedPolicies, type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { readPolicy } from '../read-policy.ts';
import { type Seat, seatsOf, signersOf } from './ask-parties.ts';
import { daysOfTls } from './days-of-tls.ts';
import type { Home } from './home.ts';

const timeoutMs = 8_000;
const clockSecondsMax = 30;
const tlsDaysMin = 14;
/** Cadences of the log that may pass before somebody looks. */
const logQuietCadences = 10;
const logQuietSecondsMin = 60;

export interface Finding {
  good: boolean;
  says: string;
}

export async function checkNetwork(home: Home): Promise<Finding[]> {
  const { plan } = home;
  const policy = existsSync(home.policyPath) ? await readPolicy(home.policyPath) : undefined;
  const seats = [...signersOf(plan), ...seatsOf(plan, 'logbook')];
  const others = [...seatsOf(plan, 'desk'), ...seatsOf(plan, 'wallet')];
  const findings = await Promise.all([
    ...seats.map((seat) => checkSeat(seat, policy)),
    ...others.map((seat) => checkAnswers(seat, seat.role === 'wallet' ? '/' : '/health')),
  ]);
  if (!policy)
    return [
      ...findings.flat(),
      { good: false, says: 'There is no trust policy on this machine yet: `found` or `sign` comes first.' },
    ];
  const rest = await Promise.all([checkLog(home, policy), checkWallet(home, policy)]);
  const all = 'All parties of the policy have signed it, and its keys are keys.';
  return [{ good: true, says: all }, ...findings.flat(), ...rest.flat()];
}

const title = ({ role, of }: Seat) => `${role} of ${of.title}`;

async function ask(url: string, failed: (error: unknown) => void = () => {}): Promise<Response | undefined> {
  return fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' }).catch((error) => {
    failed(error);
    return undefined;
  });
}

/** What OpenSSL says of a certificate that is over, of nobody, or of another name. */
const ofTls = /^(ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/;
const isOfTls = (error: unknown) =>
  error instanceof Error && ofTls.test(String((error.cause as { code?: unknown } | undefined)?.code));

async function checkAnswers(seat: Seat, path: string): Promise<Finding[]> {
  let tls = false;
  const answer = await ask(seat.origin + path, (error) => {
    tls = isOfTls(error);
  });
  await answer?.arrayBuffer().catch(() => {});
  if (tls) return [{ good: false, says: `The TLS certificate of the ${title(seat)} is not valid.` }];
  if (!answer) return [{ good: false, says: `The ${title(seat)} does not answer at ${seat.origin}.` }];
  const unwell = seat.role === 'desk' ? 'answers, and is not set up yet' : 'answers, but is not well';
  const well = {
    good: answer.ok,
    says: `The ${title(seat)} ${answer.ok ? 'answers' : unwell}.`,
  };
  return [well, ...clockOf(seat, answer), ...(await tlsOf(seat))];
}

async function checkSeat(seat: Seat, policy: TrustPolicy | undefined): Promise<Finding[]> {
  const findings = await checkAnswers(seat, '/health');
  if (!policy || !findings[0]?.good) return findings;
  const body = await (await ask(`${seat.origin}/ceremony/identity`))?.json().catch(() => undefined);
  const read = partyIdentity.safeParse(body);
  const same =
    read.success &&
    (seat.role === 'logbook'
      ? read.data.logKey === policy.log.verifierKey && read.data.origin === policy.log.origin
      : read.data.name === seat.name && says(policy, read.data));
  const words = same ? 'has the keys of the policy' : 'is NOT who the policy says: other keys answer there';
  return [...findings, { good: same, says: `The ${title(seat)} ${words}.` }];
}

function clockOf(seat: Seat, answer: Response): Finding[] {
  const at = Date.parse(answer.headers.get('date') ?? '');
  const off = Math.round(Math.abs(at - Date.now()) / 1000);
  if (Number.isNaN(at) || off <= clockSecondsMax) return [];
  return [{ good: false, says: `The clock of the ${title(seat)} and ours differ by ${off} seconds.` }];
}

async function tlsOf(seat: Seat): Promise<Finding[]> {
  const days = seat.origin.startsWith('https:') ? await daysOfTls(seat.origin) : undefined;
  if (days === undefined || days >= tlsDaysMin) return [];
  return [{ good: false, says: `The TLS certificate of the ${title(seat)} ends in ${days} days.` }];
}

async function checkLog({ plan }: Home, policy: TrustPolicy): Promise<Finding[]> {
  const trust = logTrustOf(policy);
  const bytes = await fetchFrom(policy.log.origin)('checkpoint').catch(() => undefined);
  if (!bytes) return [{ good: false, says: 'The log shows no checkpoint.' }];
  try {
    const opened = openCheckpoint(bytes, trust);
    const seen = opened.cosignatures.map(({ key }) => key.name);
    const quorum = policy.witnesses;
    const newest = Math.max(0, ...opened.cosignatures.map(({ time }) => time ?? 0));
    const quiet = Math.round(Date.now() / 1000 - newest);
    const quietMax = Math.max(logQuietSecondsMin, plan.clocks.logSeconds * logQuietCadences);
    const missing = quorum.list.filter(({ verifierKey }) => !seen.includes(verifierKey.split('+')[0] ?? ''));
    const absent = missing.map(({ name }) => name).join(', ');
    const enough = quorumHolds(opened, trust);
    return [
      {
        good: enough,
        says: `The log has ${opened.size} entries; ${seen.length} of ${quorum.list.length} witnesses have seen them (${quorum.quorum} are needed)${absent ? `; not: ${absent}` : ''}.`,
      },
      ...(newest > 0 && quiet > quietMax
        ? [{ good: false, says: `The log has not grown before witnesses for ${quiet} seconds.` }]
        : []),
    ];
  } catch {
    return [{ good: false, says: 'The log’s checkpoint is NOT signed by the key of the policy.' }];
  }
}

function quorumHolds(...given: Parameters<typeof requireQuorum>): boolean {
  try {
    requireQuorum(...given);
    return true;
  } catch {
    return false;
  }
}

async function checkWallet({ plan }: Home, policy: TrustPolicy): Promise<Finding[]> {
  const [seat] = seatsOf(plan, 'wallet');
  const body = await (await ask(`${seat!.origin}/policy.json`))?.json().catch(() => undefined);
  const read = servedPolicies.safeParse(body);
  const shown = read.success
    ? [read.data.policy, ...(read.data.successors ?? []).map((one) => one.policy)]
    : [];
  const same = shown.some((one) => trustPolicyHash(one) === trustPolicyHash(policy));
  const words = same ? 'shows the same trust policy as here' : 'does NOT show the trust policy that is here';
  return [
    { good: same, says: `The wallet at ${seat!.origin} ${words}. Its code: \`answerable wallet verify\`.` },
  ];
}
