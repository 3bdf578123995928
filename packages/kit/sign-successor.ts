/**
 * A party's signature on a successor of the trust policy: guardians sign for the network, and a gateway or an
 * authority that comes in or changes signs for itself. It must follow the policy before, in time by our clock, and
 * say of us what we say. Recorded before it leaves.
 * Must never: sign a second text of one serial while the first may still come into the log.
 */
import { join } from 'node:path';
import { messageLabels } from '@answerable/protocol/labels';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import { signedPolicy } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { earliestDay, faultsOfText, newcomersOf } from '@answerable/protocol/trust-succession';
import * as wire from '@answerable/protocol/wire';
import type { z } from 'zod';
import { announcedPolicies } from './announced-policies.ts';
import { type Clock, unixSeconds } from './clock.ts';
import { readJsonFile, writeJsonFile } from './durable-json.ts';
import type { SigningKey } from './keys.ts';
import { isReady, type PolicySource } from './policy-source.ts';
import { policyFromLog } from './policy-text.ts';
import { says } from './says.ts';

const ownerOnly = 0o600;
const kept = signedPolicy.extend({ effective: wire.day });
const serialShape = /^[1-9][0-9]{0,5}$/;

interface Signer {
  identity: () => PartyIdentity;
  signingKey: SigningKey;
  keysDir: string;
  policies: PolicySource;
  clock: Clock;
  /** in place of the network, for tests */
  textOf?: typeof policyFromLog;
}

const pathOf = (keysDir: string, serial: string) => join(keysDir, `signed-policy-${serial}.json`);

/** What was signed of a later serial. */
export function signedBefore(keysDir: string, serial: string): z.infer<typeof kept> | undefined {
  if (!serialShape.test(serial) || serial === '1') return undefined;
  const found = readJsonFile(pathOf(keysDir, serial));
  return found === undefined ? undefined : kept.parse(found);
}

/** Refuses `policy_mismatch`: it does not follow, comes too late, says something else of us, or is a second one. */
export async function signSuccessor(
  policy: TrustPolicy,
  { identity, signingKey, keysDir, policies, clock, textOf = policyFromLog }: Signer,
): Promise<{ party: string; signature: string }> {
  const self = identity();
  const before = isReady(policies) && policies.chain().find(({ serial }) => serial === policy.serial - 1);
  if (!before || faultsOfText(before, policy).length > 0) throw new Refusal('policy_mismatch');
  const signs = [...before.opening.guardians, ...newcomersOf(before, policy)];
  if (!signs.some(({ name }) => name === self.name)) throw new Refusal('party_unknown');
  const earliest = earliestDay(before, unixSeconds(clock));
  if (!says(policy, self) || policy.effective < earliest) throw new Refusal('policy_mismatch');
  const logged = await textOf(before.log.origin, policy.serial);
  const hash = trustPolicyHash(policy);
  // What we follow, or have vouched for in the log, counts whatever the log shows now.
  const known = [...policies.chain(), ...announcedPolicies(keysDir).list()];
  if (known.some((one) => one.serial === policy.serial && trustPolicyHash(one) !== hash))
    throw new Refusal('policy_mismatch');
  if (logged && trustPolicyHash(logged.policy) !== hash) throw new Refusal('policy_mismatch');
  const earlier = signedBefore(keysDir, String(policy.serial));
  // The earlier one can be logged until its day is too near.
  if (earlier && earlier.policy !== hash && earlier.effective >= earliest)
    throw new Refusal('policy_mismatch');
  const { signature } = signMessage(signingKey.seed, messageLabels.trustPolicy, policy);
  const { effective } = policy;
  writeJsonFile(
    pathOf(keysDir, String(policy.serial)),
    { policy: hash, party: self.name, signature, effective },
    ownerOnly,
  );
  return { party: self.name, signature };
}
