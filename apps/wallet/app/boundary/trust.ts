/**
 * Which trust policy this wallet accepts (PROTOCOL §2): the first it sees, signed by every party it lists, is
 * pinned; after that only its successor chain, each signed by t guardians of the one before. Signatures say who
 * agreed; that the shared keys are keys is checked by itself.
 * Must never: take a policy because the host served it.
 */
import { messageLabels } from '@answerable/protocol/labels';
import { openSigned } from '@answerable/protocol/signed';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicyFile,
  trustPolicyHash,
} from '@answerable/protocol/trust-policy';
import { checkTrustPolicy } from '@answerable/protocol/trust-policy-check';
import { Refused } from './rpc.ts';

/** Kept on the device: the policy in force here, and the hash it is known by. */
export interface Pinned {
  hash: string;
  policy: TrustPolicy;
}

/** The policy to use, given what is pinned and what the host serves. Throws Refused `policy_refused`. */
export function acceptPolicy(pinned: Pinned | undefined, served: unknown): Pinned {
  const read = trustPolicyFile.safeParse(served);
  if (!read.success) throw new Refused('policy_refused');
  const file = read.data;
  const hash = trustPolicyHash(file.policy);
  if (pinned?.hash === hash) return pinned;
  const good = pinned ? follows(pinned, file) : isGenesis(file);
  if (!good || !hasKeys(file.policy)) throw new Refused('policy_refused');
  return { hash, policy: file.policy };
}

function hasKeys(policy: TrustPolicy): boolean {
  try {
    checkTrustPolicy(policy);
    return true;
  } catch {
    return false;
  }
}

function isGenesis({ policy, signatures }: TrustPolicyFile): boolean {
  const parties = [
    policy.registrar,
    ...policy.opening.guardians,
    ...policy.tags.keepers,
    ...policy.gateways,
    ...policy.authorities,
  ];
  return (
    policy.serial === 1 &&
    policy.previous === null &&
    parties.every((party) => hasSigned(party, { policy, signatures }))
  );
}

function follows({ hash, policy: before }: Pinned, file: TrustPolicyFile): boolean {
  const { policy } = file;
  const signers = before.opening.guardians.filter((guardian) => hasSigned(guardian, file));
  return (
    policy.network === before.network &&
    policy.serial === before.serial + 1 &&
    policy.previous === hash &&
    signers.length >= before.opening.threshold
  );
}

function hasSigned(
  { name, signingKey }: { name: string; signingKey: string },
  file: TrustPolicyFile,
): boolean {
  const found = file.signatures.find(({ party }) => party === name);
  if (!found) return false;
  try {
    openSigned(signingKey, messageLabels.trustPolicy, { message: file.policy, signature: found.signature });
    return true;
  } catch {
    return false;
  }
}
