/** GET /cases/:caseId/approval: this guardian's judgement with its place in the log, once the log has it. */
import { placeInLog } from '@answerable/kit/log-outbox';
import { approvalCommitment, commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import type { LoggedApproval } from '@answerable/protocol/disclosure/opening';
import { Refusal } from '@answerable/protocol/refusal';
import type { Room } from './room.ts';

/** Refuses `case_unknown`, `not_judged`, `not_logged`, `unavailable`. */
export async function showApproval(room: Room, caseId: string): Promise<LoggedApproval> {
  const file = await room.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const { judgement, judgementSalt: salt, judgementKey: key } = file;
  if (!judgement || !salt || !key) throw new Refusal('not_judged');
  const place = await placeInLog(room.store.db, key);
  if (place === undefined) throw new Refusal('not_logged');
  const proof = await (await room.log.look()).prove(
    commitmentEntryOf(approvalCommitment(judgement.message, salt)),
    place,
  );
  return { approval: judgement, salt, proof };
}
