/** GET /cases/:caseId/approval: this guardian's judgement with its place in the log, once the log has it. */
import { placeInLog } from '@answerable/kit/log-outbox';
import { approvalCommitment, commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import type { LoggedApproval } from '@answerable/protocol/disclosure/opening';
import { Refusal } from '@answerable/protocol/refusal';
import type { GuardianParts } from './parts.ts';

/** Refuses `case_unknown`, `not_judged`, `not_logged`, `unavailable`. */
export async function showApproval(parts: GuardianParts, caseId: string): Promise<LoggedApproval> {
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const { judgement, judgementSalt: salt, judgementKey: key } = file;
  if (!judgement || !salt || !key) throw new Refusal('not_judged');
  const place = await placeInLog(parts.store.db, key);
  if (place === undefined) throw new Refusal('not_logged');
  const proof = await (await parts.log.look()).prove(
    commitmentEntryOf(approvalCommitment(judgement.message, salt)),
    place,
  );
  return { approval: judgement, salt, proof };
}
