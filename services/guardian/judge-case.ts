/**
 * A person of this guardian approves or refuses (PROTOCOL §6.3). The signed judgement and its entry for the log
 * are recorded together; nobody is shown it before the log has it. A refusal takes the account file with it.
 */

import { toBase64url } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import { dayOf } from '@answerable/kit/clock';
import { approvalCommitment, commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import { type Approval, refusalReasons } from '@answerable/protocol/disclosure/opening';
import { messageLabels } from '@answerable/protocol/labels';
import { groundOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { z } from 'zod';
import type { GuardianParts } from './parts.ts';
import { heardUntil } from './policy.ts';

const saltBytes = 32;

export const judgement = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({ decision: z.literal('refuse'), reason: z.enum(refusalReasons) }),
]);
export type Judgement = z.infer<typeof judgement>;

/** Refuses `case_unknown`, `hearing_open`, `already_decided`, and `ground_not_in_force` for an approval. */
export async function judgeCase(parts: GuardianParts, caseId: string, given: Judgement): Promise<void> {
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const policy = parts.policies.current();
  const filing = file.filing.message;
  if (file.judgement) throw new Refusal('already_decided');
  if (parts.clock.now() < heardUntil({ filing, received: file.received }, policy))
    throw new Refusal('hearing_open');
  if (given.decision === 'approve') groundOf(policy, filing);

  const approval: Approval = {
    v: 1,
    caseId,
    guardian: parts.name,
    decision: given.decision,
    reason: given.decision === 'approve' ? 'met' : given.reason,
    filingCommitment: file.filingCommitment,
    day: dayOf(parts.clock.now()),
  };
  const salt = toBase64url(randomBytes(saltBytes));
  const signed = signMessage(parts.keys.signing.seed, messageLabels.approvalMessage, approval);
  const entry = commitmentEntryOf(approvalCommitment(approval, salt));
  if (!(await parts.store.judge(caseId, signed, salt, entry))) throw new Refusal('already_decided');
  // From here on the judgement stands; a crash now is repaired by the clockwork, which delivers the entry.
  parts.events.judged(given.decision);
}
