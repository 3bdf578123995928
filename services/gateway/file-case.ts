/**
 * POST /desk/filings (PROTOCOL §6.1): seals an account's whole admission to every guardian and commits the
 * filing to the log before it answers. Asked again about the same case it gives the same filing.
 * Must never: file without a listed authority's signature, or answer before the log has the commitment.
 */
import { randomBytes } from 'node:crypto';
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { encodeEscrow } from '@answerable/core/escrow/ciphertext';
import { sealTo } from '@answerable/core/escrow/envelope';
import { checkDisclosure } from '@answerable/core/presentation/schema';
import { decodePresentation } from '@answerable/core/presentation/wire';
import { type Clock, dayOf } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import {
  admissionHash,
  ciphertextHash,
  filingCommitment,
  itemHash,
  noticeCommitment,
  orderHash,
  packageSealInfo,
} from '@answerable/protocol/disclosure/case-file';
import {
  type AdmissionRecord,
  type CasePackage,
  type FiledCase,
  type Filing,
  filingRequest,
} from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { openAsk } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { GatewayParts } from './parts.ts';
import type { Account } from './store.ts';

const hashBytes = 32;
type FilingRequest = z.infer<typeof filingRequest>;

export function fileCase(parts: GatewayParts) {
  const { cases, store, policies, deliver } = parts;
  return async (c: Context) => {
    const request = await readJson(c, filingRequest);
    requireStorable(request);
    const before = await cases.filing(request.caseId);
    if (before && before.sub !== request.sub) throw new Refusal('other_ciphertext');
    if (!before) {
      openAsk(policies.current(), request.ask);
      const account = await store.accountBySub(request.sub);
      if (!account) throw new Refusal('account_unknown');
      if (account.platform !== request.ask.message.platform) throw new Refusal('account_unknown');
      await record(request, account, parts);
    }
    // From here on the filing and its entry stand recorded; a crash now is repaired by asking again.
    await deliver();
    const { filed } = (await cases.filing(request.caseId))!;
    return c.json(filed);
  };
}

/** PostgreSQL keeps no NUL in a text. */
function requireStorable({ ask, item }: FilingRequest): void {
  const texts = [
    ask.message.order.reference,
    ask.message.order.text,
    ask.message.item,
    item.locator,
    item.text,
  ];
  if (texts.some((text) => text.includes('\0'))) throw new Refusal('malformed', 'text without NUL');
}

async function record(request: FilingRequest, account: Account, parts: GatewayParts): Promise<void> {
  const { policies, signingKey, cases, clock } = parts;
  const { caseId, item, ask } = request;
  // Grounds are those of the policy that the person agreed to (PROTOCOL §4, "Platform policy").
  if (!account.admission.request.platformPolicy.grounds.includes(ask.message.ground))
    throw new Refusal('ground_not_in_force');
  const opening = toBase64url(randomBytes(hashBytes));
  const salt = toBase64url(randomBytes(hashBytes));
  const filing = makeFiling(request, account.admission, opening, policies.current(), policies.hash(), clock);
  const file: CasePackage = {
    v: 1,
    caseId,
    admission: account.admission,
    signIn: await coveringSignIn(account.sub, item.posted, parts),
    item,
    noticeOpening: opening,
  };
  const entry = { v: 1, kind: 'commitment', commitment: filingCommitment(filing, salt) } as const;
  const filed: Omit<FiledCase, 'logKey'> = {
    filing: signMessage(signingKey.seed, messageLabels.filingMessage, filing),
    salt,
    ask,
    packages: policies.current().opening.guardians.map(({ name, sealingKey }) => ({
      guardian: name,
      sealed: sealPackage(file, name, sealingKey),
    })),
  };
  await cases.file(account.sub, caseId, entry, (logKey) => ({ ...filed, logKey }));
}

function makeFiling(
  { caseId, ask, item }: FilingRequest,
  admission: AdmissionRecord,
  opening: string,
  policy: TrustPolicy,
  policyHash: string,
  clock: Clock,
): Filing {
  const nowMs = clock.now().getTime();
  const later = (seconds: number) => new Date(nowMs + seconds * 1000).toISOString();
  return {
    v: 1,
    caseId,
    platform: admission.request.scope.platform,
    gateway: admission.request.gateway,
    authority: ask.message.authority,
    ground: ask.message.ground,
    orderHash: orderHash(ask.message.order),
    itemHash: itemHash(item),
    ciphertextHash: ciphertextHash(escrowOf(admission)),
    admissionHash: admissionHash(admission),
    noticeCommitment: noticeCommitment(admission.answer.noticeHandle, opening),
    heardUntil: later(policy.limits.hearingSeconds),
    noticeDay: later(policy.limits.noticeSeconds),
    trustPolicy: policyHash,
  };
}

/** E0 ‖ E1 of a kept admission. It verified when it was taken in; guardians verify it again. */
function escrowOf({ request, answer }: AdmissionRecord): Uint8Array {
  const fields = checkDisclosure(request.platformPolicy.disclose);
  return encodeEscrow(decodePresentation(fromBase64url(answer.presentation), fields).escrow);
}

async function coveringSignIn(
  sub: string,
  posted: string,
  { cases }: GatewayParts,
): Promise<CasePackage['signIn']> {
  const found = await cases.coveringSignIn(sub, dayOf(new Date(posted)));
  return found ? { requestHash: found.request_hash, day: found.day, signature: found.signature } : null;
}

function sealPackage(file: CasePackage, guardian: string, sealingKey: string): string {
  const info = packageSealInfo(guardian, file.caseId);
  return toBase64url(sealTo(fromBase64url(sealingKey, 'sealingKey'), info, utf8(JSON.stringify(file))));
}
