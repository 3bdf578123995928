/**
 * Shares from the guardians that approved, each sealed to this authority: first for the record key of one
 * account, then for the sealed identity of that record (PROTOCOL §6.4–6.6).
 */
import { fromBase64url } from '@answerable/core/bytes';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { openFrom } from '@answerable/core/escrow/envelope';
import { type Phase, shareSealInfo } from '@answerable/protocol/disclosure/bindings';
import type { FiledDisclosure } from '@answerable/protocol/disclosure/filing';
import {
  type LoggedApproval,
  type OpeningShare,
  openingShare,
  type RecordItem,
  type ReleasedShare,
  releasedShare,
  type SealedShare,
  sealedShare,
} from '@answerable/protocol/disclosure/opening';
import { Refusal } from '@answerable/protocol/refusal';
import type { z } from 'zod';
import { call } from './call.ts';
import { type Answered, askEach, type Setting, signShareAsk } from './parts.ts';

/** The first shares, by guardian. */
export function requestShares(
  setting: Setting,
  filed: FiledDisclosure,
  approvals: readonly LoggedApproval[],
): Promise<Answered<ReleasedShare>[]> {
  const { caseId } = filed.filing.message;
  const message = { caseId, authority: setting.keys.name, ...filed, approvals };
  const body = signShareAsk(setting, message);
  const names = approvals.map(({ approval }) => approval.message.guardian);
  return askEach(setting.policy, names, async ({ name, origin }) => {
    const url = `${origin}/cases/${caseId}/shares`;
    const sealed = await call(url, { body, schema: sealedShare, fetch: setting.fetch });
    return unseal(setting, caseId, name, 'record', sealed, releasedShare);
  });
}

/** The second shares: the first ones go back with the record, so that guardians compute R themselves. */
export function requestIdentityShares(
  setting: Setting,
  caseId: string,
  shares: readonly OpeningShare[],
  item: RecordItem,
): Promise<Answered<OpeningShare>[]> {
  const body = signShareAsk(setting, { caseId, authority: setting.keys.name, shares, item });
  const names = shares.map(({ guardian }) => guardian);
  return askEach(setting.policy, names, async ({ name, origin }) => {
    const url = `${origin}/cases/${caseId}/identity-shares`;
    const sealed = await call(url, { body, schema: sealedShare, fetch: setting.fetch });
    return unseal(setting, caseId, name, 'identity', sealed, openingShare);
  });
}

function unseal<T>(
  { keys }: Setting,
  caseId: string,
  guardian: string,
  phase: Phase,
  { sealed }: SealedShare,
  schema: z.ZodType<T>,
): T {
  const info = shareSealInfo(guardian, keys.name, caseId, phase);
  const result = schema.safeParse(jsonIn(() => openFrom(keys.sealingSecret, info, fromBase64url(sealed))));
  if (!result.success) throw new Refusal('unavailable');
  return result.data;
}

/** What does not open, or is not JSON, is as good as no answer. */
function jsonIn(open: () => Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(open()));
  } catch (error) {
    const aboutInput = error instanceof ProofFailed || error instanceof Malformed;
    if (aboutInput || error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
