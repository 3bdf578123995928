/**
 * Which trust policy this wallet accepts (PROTOCOL §2; spec/trust-succession.md): the first it sees, signed by every
 * party it lists, is pinned; after that only its successor chain, in order, each signed by t guardians of the one
 * before and shown by witnesses to have stood in the log for the whole notice. What has not begun yet waits.
 * Signatures say who agreed; that the shared keys are keys is checked by itself.
 * Must never: take a policy because the host served it, or go back to one that was followed.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { requireNext } from '@answerable/protocol/trust-chain';
import {
  servedPolicies,
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicyHash,
} from '@answerable/protocol/trust-policy';
import { checkTrustPolicy } from '@answerable/protocol/trust-policy-check';
import { hasSigned, partiesOf } from '@answerable/protocol/trust-succession';
import { Refused } from './rpc.ts';

/** Kept on the device: the policy in force here, and the hash it is known by. */
export interface Pinned {
  hash: string;
  policy: TrustPolicy;
}

/** The policy to use now, given what is pinned and what the host serves. Throws Refused `policy_refused`. */
export function acceptPolicy(pinned: Pinned | undefined, served: unknown, now: Date = new Date()): Pinned {
  const read = servedPolicies.safeParse(served);
  if (!read.success) throw new Refused('policy_refused');
  const { successors = [], ...first } = read.data;
  const chain: TrustPolicyFile[] = [first, ...successors];
  const hashes = chain.map(({ policy }) => trustPolicyHash(policy));
  const from = pinned ? hashes.indexOf(pinned.hash) : 0;
  if (from < 0 || (!pinned && !isGenesis(first))) throw new Refused('policy_refused');
  let at = pinned ?? { hash: hashes[0]!, policy: first.policy };
  const today = now.toISOString().slice(0, 'YYYY-MM-DD'.length);
  for (const [i, file] of chain.entries()) {
    if (i <= from) continue;
    if (file.policy.effective > today) break;
    at = { hash: hashes[i]!, policy: next(at.policy, file) };
  }
  return at;
}

function next(before: TrustPolicy, file: TrustPolicyFile): TrustPolicy {
  try {
    return requireNext(before, file);
  } catch (error) {
    if (error instanceof Refusal) throw new Refused('policy_refused');
    throw error;
  }
}

function isGenesis(file: TrustPolicyFile): boolean {
  const { policy } = file;
  return (
    policy.serial === 1 &&
    policy.previous === null &&
    hasKeys(policy) &&
    partiesOf(policy).every((party) => hasSigned(party, file))
  );
}

function hasKeys(policy: TrustPolicy): boolean {
  try {
    checkTrustPolicy(policy);
    return true;
  } catch {
    return false;
  }
}
