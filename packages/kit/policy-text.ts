/**
 * The text of a successor policy, as the logbook shows it beside the log: GET /trust-policies/:serial. What comes
 * back is not believed; whoever asks compares its hash with the entry, or verifies it against the policy before.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { type TrustPolicyFile, trustPolicyFile } from '@answerable/protocol/trust-policy';
import { callJson } from './http-client.ts';

/** Undefined if there is none. Throws Refusal `unavailable`. */
export async function policyFromLog(origin: string, serial: number): Promise<TrustPolicyFile | undefined> {
  try {
    return await callJson(`${origin}/trust-policies/${serial}`, { schema: trustPolicyFile });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return undefined;
    throw error;
  }
}
