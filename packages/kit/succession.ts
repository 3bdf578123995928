/**
 * How a network gets its next trust policy: compose it from what the parties that come in say of themselves, gather
 * the signatures that are public, put it on the record with the proof that it stood there in time, and fetch what
 * others have put there. Nobody is believed: whatever is gathered or fetched is verified against the policy before.
 */
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { logAccepted, logPlaced } from '@answerable/protocol/log/entries';
import { type PartyIdentity, signedPolicy } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { requireNext } from '@answerable/protocol/trust-chain';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicy,
  trustPolicyHash,
} from '@answerable/protocol/trust-policy';
import { hasSigned, newcomersOf, requireSuccessor } from '@answerable/protocol/trust-succession';
import { writeJsonFile } from './durable-json.ts';
import { callJson } from './http-client.ts';
import { policySource, successorPath } from './policy-source.ts';
import { policyFromLog } from './policy-text.ts';
import { policyKeyOf } from './submit-policy.ts';

export interface Change {
  grounds?: TrustPolicy['grounds'] | undefined;
  witnesses?: TrustPolicy['witnesses'] | undefined;
  limits?: TrustPolicy['limits'] | undefined;
  effective: string;
  /** gateways and authorities that come in, or are listed anew under their name */
  add: readonly PartyIdentity[];
  /** names of gateways and authorities that go */
  leave: readonly string[];
}

/** The successor of `before` with this change, unsigned. Whether it may follow is asked of trust-succession.ts. */
export function composeSuccessor(
  before: TrustPolicy,
  { add, leave, effective, ...stated }: Change,
): TrustPolicy {
  const gone = new Set([...leave, ...add.map(({ name }) => name)]);
  const stay = <P extends { name: string }>(list: readonly P[]) => list.filter(({ name }) => !gone.has(name));
  const gateways = add.filter(({ platforms }) => platforms !== undefined);
  const authorities = add.filter((party) => party.platforms === undefined);
  return trustPolicy.parse({
    ...before,
    effective,
    grounds: stated.grounds ?? before.grounds,
    witnesses: stated.witnesses ?? before.witnesses,
    limits: stated.limits ?? before.limits,
    serial: before.serial + 1,
    previous: trustPolicyHash(before),
    gateways: [
      ...stay(before.gateways),
      ...gateways.map(({ platforms, atproto, ...party }) => ({
        ...factsOf(party),
        platforms,
        ...(atproto ? { atproto } : {}),
      })),
    ],
    authorities: [
      ...stay(before.authorities),
      ...authorities.map((party) => ({ ...factsOf(party), sealingKey: party.sealingKey })),
    ],
  });
}

const factsOf = ({ name, title, origin, signingKey }: PartyIdentity) => ({ name, title, origin, signingKey });

/** The signatures that guardians of `before` and newcomers show, and the titles of who has not signed yet. */
export async function gatherSuccessor(
  before: TrustPolicy,
  policy: TrustPolicy,
): Promise<{ file: TrustPolicyFile; missing: string[] }> {
  const { guardians, threshold } = before.opening;
  const newcomers = newcomersOf(before, policy);
  const asked = [...guardians, ...newcomers];
  const heard = await Promise.all(asked.map((party) => signatureOf(party.origin, policy)));
  const given = heard.filter((one) => one !== undefined);
  const signs = (party: { name: string; signingKey: string }) =>
    hasSigned(party, { policy, signatures: given });
  const held = asked.filter(signs);
  const enough = guardians.filter(signs).length >= threshold;
  const names = new Set(held.map(({ name }) => name));
  return {
    file: { policy, signatures: given.filter(({ party }) => names.has(party)) },
    missing: [...(enough ? [] : guardians), ...newcomers]
      .filter((one) => !signs(one))
      .map(({ title }) => title),
  };
}

async function signatureOf(
  origin: string,
  policy: TrustPolicy,
): Promise<TrustPolicyFile['signatures'][number] | undefined> {
  try {
    const said = await callJson(`${origin}/ceremony/signed/${policy.serial}`, { schema: signedPolicy });
    return said.policy === trustPolicyHash(policy)
      ? { party: said.party, signature: said.signature }
      : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const pollMsDefault = 500;
const triesMax = 600;

/**
 * Puts the successor on the record and keeps the proof beside it, for everybody to fetch. Interrupted, it is the
 * same walk again. Throws the log's Refusal; `not_logged` if no quorum of witnesses saw it in time.
 */
export async function publishSuccessor(
  before: TrustPolicy,
  file: TrustPolicyFile,
  pollMs = pollMsDefault,
): Promise<TrustPolicyFile> {
  requireSuccessor(before, file);
  const { origin } = before.log;
  const send = (body: TrustPolicyFile) => callJson(`${origin}/trust-policies`, { body, schema: logAccepted });
  await send(file);
  // From here on it will be in the log, and this is the text of its serial.
  const key = policyKeyOf(file.policy);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const whole = await provenNow(before, file, key);
    if (whole) {
      await send(whole);
      return whole;
    }
    await new Promise((done) => setTimeout(done, pollMs));
  }
  throw new Refusal('not_logged');
}

/** With a proof under the newest checkpoint, once enough witnesses have seen that. */
async function provenNow(
  before: TrustPolicy,
  file: TrustPolicyFile,
  key: string,
): Promise<TrustPolicyFile | undefined> {
  const { origin } = before.log;
  try {
    const { index } = await callJson(`${origin}/entries/by-key/${key}`, { schema: logPlaced });
    const proof = await fetchFrom(origin)(`entries/${index}/proof`);
    if (!proof) return undefined;
    const whole = { ...file, logged: new TextDecoder().decode(proof) };
    requireNext(before, whole);
    return whole;
  } catch (error) {
    const waits =
      error instanceof Refusal && ['not_found', 'unavailable', 'policy_mismatch'].includes(error.code);
    if (!waits) throw error;
    return undefined;
  }
}

/**
 * Fetches what the log has beyond the policies at `path`, and puts it beside them; what was put there. One without
 * its proof is not whole yet. Throws Refusal: `unavailable`, or `policy_mismatch` for one that does not follow.
 */
export async function takeSuccessors(path: string): Promise<TrustPolicy[]> {
  const chain = [...policySource(path).chain()];
  const taken: TrustPolicy[] = [];
  for (;;) {
    const before = chain.at(-1)!;
    const file = await policyFromLog(before.log.origin, before.serial + 1);
    if (file?.logged === undefined) return taken;
    const policy = requireNext(before, file);
    writeJsonFile(successorPath(path, policy.serial), file);
    chain.push(policy);
    taken.push(policy);
  }
}
