/**
 * desk → guardian, POST /cases/:caseId/reply: what the holder said, with the call by which they said it, signed with
 * the key of the account in question. It comes through the desk, which could keep it back and cannot write it; until
 * a judgement there may be several, and none replaces another.
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
  { reply, call }: z.infer<typeof caseReply>,
): Promise<{ caseId: string }> {
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  if (file.judgement || file.sealed === null) throw new Refusal('already_decided');
  if (!call || !says(call, { caseId, reply, gateway: file.filing.message.gateway }))
    throw new Refusal('signature_refused');
  openSigned(accountKeyOf(parts, file, file.sealed), messageLabels.accountCall, call);
  await parts.store.addReply(caseId, reply);
  return { caseId };
}

function says({ message }: AccountCall, said: { caseId: string; reply: string; gateway: string }): boolean {
  const { call, gateway } = message;
  const same = call.kind === 'hearing' && call.caseId === said.caseId && call.reply === said.reply;
  return same && gateway === said.gateway;
}

/** Of the account that the case is about. */
function accountKeyOf({ name: guardian, keys }: GuardianParts, file: CaseFile, sealed: string): string {
  const recipient = { guardian, sealingSecret: keys.sealing.secretKey };
  return openedPackage(file.filing.message, sealed, recipient).admission.answer.accountKey;
}
