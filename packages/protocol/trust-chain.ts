/**
 * The policies of a network from its first on, each proven to follow the one before and to have stood in the log
 * for the whole notice (PROTOCOL §2, spec/trust-succession.md). When it stood there nobody is believed for: a
 * quorum of the witnesses of the policy before put their time to a checkpoint that holds it. Pure.
 */
import { utf8 } from '@answerable/core/bytes';
import { openCheckpoint } from '@answerable/log/verify/checkpoint';
import { LogUnverified, MalformedLogData } from '@answerable/log/verify/errors';
import { parseProof } from '@answerable/log/verify/proof';
import { requireQuorum } from '@answerable/log/verify/trust';
import type { LogEntry } from './log/entries.ts';
import { logTrustOf, placeShown } from './log/trust.ts';
import { Refusal } from './refusal.ts';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyHash } from './trust-policy.ts';
import { earliestDay, requireSuccessor } from './trust-succession.ts';

/** How a policy stands in the log. The first says neither what it follows nor when it binds: at once. */
export function policyEntryOf(policy: TrustPolicy) {
  const { network, serial, previous, effective } = policy;
  const stated = { v: 1, network, serial, policy: trustPolicyHash(policy) } as const;
  const entry =
    previous === null
      ? ({ ...stated, kind: 'trust-policy' } as const)
      : ({ ...stated, kind: 'trust-policy-successor', previous, effective } as const);
  return entry satisfies LogEntry;
}

/** The successor of `before`, if all of it holds. Refuses `policy_mismatch`. */
export function requireNext(before: TrustPolicy, file: TrustPolicyFile): TrustPolicy {
  const policy = requireSuccessor(before, file);
  if (!wasLoggedInTime(before, file)) throw new Refusal('policy_mismatch');
  return policy;
}

/** `first` and what follows it, in order. Refuses `policy_mismatch` at the first that does not. */
export function requireChain(first: TrustPolicy, files: readonly TrustPolicyFile[]): TrustPolicy[] {
  const chain = [first];
  for (const file of files) chain.push(requireNext(chain.at(-1)!, file));
  return chain;
}

/** The policy in force on the UTC day of `nowMs`: the last that binds by then; before any does, the first. */
export function inForce(chain: readonly TrustPolicy[], nowMs: number): TrustPolicy {
  const today = new Date(nowMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return chain.findLast(({ effective }) => effective <= today) ?? chain[0]!;
}

/** Whether enough witnesses saw its entry early enough. Without a quorum in the policy, the log's word is all. */
function wasLoggedInTime(before: TrustPolicy, { policy, logged }: TrustPolicyFile): boolean {
  if (logged === undefined) return false;
  try {
    const trust = logTrustOf(before);
    placeShown(trust, policyEntryOf(policy), logged);
    const checkpoint = openCheckpoint(parseProof(utf8(logged)).checkpoint, trust);
    const inTime = checkpoint.cosignatures.filter(
      ({ time }) => time !== undefined && earliestDay(before, time) <= policy.effective,
    );
    requireQuorum({ ...checkpoint, cosignatures: inTime }, trust);
    return true;
  } catch (error) {
    if (error instanceof LogUnverified || error instanceof MalformedLogData || error instanceof Refusal)
      return false;
    throw error;
  }
}
