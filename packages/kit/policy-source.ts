/**
 * The trust policy as a service sees it: a file that the operator (or the launcher) puts in place, verified
 * before use. Until it is there every call that needs it is refused with `not_ready`.
 */
import { readFileSync } from 'node:fs';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicyFile,
  trustPolicyHash,
} from '@answerable/protocol/trust-policy';
import { checkTrustPolicy } from '@answerable/protocol/trust-policy-check';

export interface PolicySource {
  /** The current policy; refuses `not_ready` while there is none. */
  current(): TrustPolicy;
  hash(): string;
}

/** Whether there is a policy to work with. */
export function isReady(policies: PolicySource): boolean {
  try {
    return policies.current() !== undefined;
  } catch {
    return false;
  }
}

/** Whether `origin` is that of a wallet of the policy; before there is one, nobody is. */
export function isWallet(policies: PolicySource, origin: string): boolean {
  return isReady(policies) && policies.current().wallets.includes(origin);
}

/**
 * Every party of a genesis policy must have signed it, and its shared keys must be keys; later ones need t
 * guardians of their predecessor.
 */
export function verifyGenesis(file: TrustPolicyFile): TrustPolicy {
  const { policy, signatures } = file;
  const parties = [
    policy.registrar,
    ...policy.opening.guardians,
    ...policy.tags.keepers,
    ...policy.gateways,
    ...policy.authorities,
  ];
  if (policy.serial !== 1 || policy.previous !== null) throw new Refusal('policy_mismatch');
  checkTrustPolicy(policy);
  for (const party of parties) {
    const found = signatures.find((s) => s.party === party.name);
    if (!found) throw new Refusal('policy_mismatch');
    openSigned(party.signingKey, messageLabels.trustPolicy, { message: policy, signature: found.signature });
  }
  return policy;
}

/** Reads and verifies the policy at `path` when first asked and keeps it; without a path there never is one. */
export function policySource(path: string | undefined): PolicySource {
  let kept: { policy: TrustPolicy; hash: string } | undefined;
  const load = () => {
    if (kept) return kept;
    if (path === undefined) throw new Refusal('not_ready');
    let raw: string;
    try {
      raw = readFileSync(path, 'utf8');
    } catch {
      throw new Refusal('not_ready');
    }
    const policy = verifyGenesis(trustPolicyFile.parse(JSON.parse(raw)));
    kept = { policy, hash: trustPolicyHash(policy) };
    return kept;
  };
  return { current: () => load().policy, hash: () => load().hash };
}
