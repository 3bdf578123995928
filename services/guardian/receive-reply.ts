/**
 * desk → guardian, POST /cases/:caseId/reply: what the holder said, with the call by which they said it, signed with
 * the key of the account in question (DIVERGENCES D23). It comes through the desk, which could keep it back and
 * cannot write it; until a judgement there may be several, and none replaces another.
 * Must never: hear somebody else in the holder's place, or let others take the room for their words.
 */
import type { AccountCall } from '@answerable/protocol/admission/account-call';
import type { caseReply } from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { z } from 'zod';
import type { GuardianParts } from './parts.ts';
import type { CaseFile } from './store.ts';
import { openedPackage } from './verify-case.ts';

/** Refuses `case_unknown`, `already_decided`, `signature_refused`, and `too_many_requests` after some. */
export async function receiveReply(
  parts: GuardianParts,
  caseId: string,
  { reply, seal }: z.infer<typeof caseReply>,
): Promise<{ caseId: string }> {
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  if (file.judgement || file.sealed === null) throw new Refusal('already_decided');
  if (!seal) throw new Refusal('signature_refused');
  const { nonce, at, signature } = seal;
  const { gateway } = file.filing.message;
  const accountKey = accountKeyOf(parts, file, file.sealed);
  const call = { kind: 'hearing', caseId, reply } as const;
  const message: AccountCall['message'] = { gateway, accountKey, nonce, at, call };
  openSigned(accountKey, messageLabels.accountCall, { message, signature });
  await parts.store.addReply(caseId, reply);
  return { caseId };
}

/** Of the account that the case is about. */
function accountKeyOf({ name: guardian, keys }: GuardianParts, file: CaseFile, sealed: string): string {
  const recipient = { guardian, sealingSecret: keys.sealing.secretKey };
  return openedPackage(file.filing.message, sealed, recipient).admission.answer.accountKey;
}
