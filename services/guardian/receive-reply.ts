/**
 * desk → guardian, POST /cases/:caseId/reply: what the holder said. It comes through the desk and is shown as
 * that; until a judgement there may be several, and none replaces another.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { GuardianParts } from './parts.ts';

export async function receiveReply(
  parts: GuardianParts,
  caseId: string,
  reply: string,
): Promise<{ caseId: string }> {
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  if (file.judgement) throw new Refusal('already_decided');
  await parts.store.addReply(caseId, reply);
  return { caseId };
}
