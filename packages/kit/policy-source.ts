/**
 * The trust policy as a service sees it: a file that the operator (or the launcher) puts in place, verified
 * before use, and its successors beside it. Until it is there every call that needs it is refused with
 * `not_ready`.
 */
import { readFileSync } from 'node:fs';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import { inForce, requireNext } from '@answerable/protocol/trust-chain';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicyFile,
  trustPolicyHash,
} from '@answerable/protocol/trust-policy';
import { checkTrustPolicy } from '@answerable/protocol/trust-policy-check';
import { type Clock, realClock } from './clock.ts';

export interface PolicySource {
  /** The policy in force today; refuses `not_ready` while there is none. */
  current(): TrustPolicy;
  hash(): string;
  /** The policy of this hash, if it is in force or was before. Refuses `policy_mismatch`. */
  named(hash: string): TrustPolicy;
  /** From the first on, and what is announced and not in force yet. */
  chain(): readonly TrustPolicy[];
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

/** Where the successor of serial `serial` lies: beside the first policy. */
export const successorPath = (path: string, serial: number): string => `${path}.${serial}`;

const lookMs = 500;

/**
 * Reads and verifies the policy at `path` when first asked, and whatever follows it when that is there; which one
 * is in force the day says, so no restart is needed. Without a path there never is one. A file that does not hold
 * stops everything that needs a policy, until somebody has looked.
 */
export function policySource(path: string | undefined, clock: Clock = realClock): PolicySource {
  const chain: TrustPolicy[] = [];
  const byHash = new Map<string, TrustPolicy>();
  let looked = Number.NEGATIVE_INFINITY;
  const keep = (policy: TrustPolicy) => {
    chain.push(policy);
    byHash.set(trustPolicyHash(policy), policy);
  };
  const load = (): TrustPolicy[] => {
    const now = performance.now();
    if (now < looked + lookMs) return chain;
    if (path === undefined) throw new Refusal('not_ready');
    if (chain.length === 0) {
      const first = readFile(path);
      if (!first) throw new Refusal('not_ready');
      keep(verifyGenesis(first));
    }
    for (;;) {
      const next = readFile(successorPath(path, chain.length + 1));
      if (!next) break;
      keep(requireNext(chain.at(-1)!, next));
    }
    looked = now;
    return chain;
  };
  const current = () => inForce(load(), clock.now().getTime());
  const hashes = new WeakMap<TrustPolicy, string>();
  return {
    chain: load,
    current,
    hash() {
      const policy = current();
      const hash = hashes.get(policy) ?? trustPolicyHash(policy);
      hashes.set(policy, hash);
      return hash;
    },
    named(hash) {
      const policy = load() && byHash.get(hash);
      if (!policy || policy.effective > current().effective) throw new Refusal('policy_mismatch');
      return policy;
    },
  };
}

function readFile(path: string): TrustPolicyFile | undefined {
  let raw: string;
  try {
    raw = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return trustPolicyFile.parse(JSON.parse(raw));
}
