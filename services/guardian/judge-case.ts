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
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { z } from 'zod';
import { groundOf, heardUntil } from './policy.ts';
import type { Room } from './room.ts';

const saltBytes = 32;

export const judgement = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({ decision: z.literal('refuse'), reason: z.enum(refusalReasons) }),
]);
export type Judgement = z.infer<typeof judgement>;

/** Refuses `case_unknown`, `hearing_open`, `already_decided`, and `ground_not_in_force` for an approval. */
export async function judgeCase(room: Room, caseId: string, given: Judgement): Promise<void> {
  const file = await room.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const policy = room.policy.current();
  const filing = file.filing.message;
  if (file.judgement) throw new Refusal('already_decided');
  if (room.clock.now() < heardUntil({ filing, received: file.received }, policy))
    throw new Refusal('hearing_open');
  if (given.decision === 'approve') groundOf(policy, filing);

  const approval: Approval = {
    v: 1,
    caseId,
    guardian: room.name,
    decision: given.decision,
    reason: given.decision === 'approve' ? 'met' : given.reason,
    filingCommitment: file.filingCommitment,
    day: dayOf(room.clock.now()),
  };
  const salt = toBase64url(randomBytes(saltBytes));
  const signed = signMessage(room.keys.signing.seed, messageLabels.approvalMessage, approval);
  const entry = commitmentEntryOf(approvalCommitment(approval, salt));
  if (!(await room.store.judge(caseId, signed, salt, entry))) throw new Refusal('already_decided');
  // From here on the judgement stands; a crash now is repaired by the clockwork, which delivers the entry.
  room.events.judged(given.decision);
}
