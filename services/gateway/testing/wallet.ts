/** The wallet's part at a gateway without a window: answers a signed request with the real proof. */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount } from '@answerable/core/presentation/account';
import type { Credential } from '@answerable/core/presentation/credential';
import { prove } from '@answerable/core/presentation/prove';
import { randomBytes } from '@answerable/core/rng';
import { type AccountCall, accountCall } from '@answerable/protocol/admission/account-call';
import { accountProofBytes, signInBytes } from '@answerable/protocol/admission/account-proof';
import type { NewAccount, PresentAgain, SignIn } from '@answerable/protocol/admission/answer';
import { admissionQuestion } from '@answerable/protocol/admission/question';
import { admissionRequestHash, type SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { messageLabels } from '@answerable/protocol/labels';
import { type Scope, scopeId } from '@answerable/protocol/scope';
import { signMessage } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { ed25519 } from '@noble/curves/ed25519.js';

export interface Choice {
  slot?: number;
  handle?: string;
  checkpoint: NewAccount['checkpoint'];
}

export function answerAsNew(
  credential: Credential,
  { message: request }: SignedAdmissionRequest,
  policy: TrustPolicy,
  { slot = 1, handle, checkpoint }: Choice,
): NewAccount {
  const account = deriveAccount(credential, scopeId(request.scope), slot);
  const facts = {
    epoch: credential.epoch,
    checkpoint,
    accountKey: toBase64url(account.publicKey),
    noticeHandle: toBase64url(account.noticeHandle),
  };
  const presentation = toBase64url(prove(credential, admissionQuestion(policy, request, facts)));
  const proof = ed25519.sign(
    accountProofBytes(admissionRequestHash(request), presentation),
    account.secretKey,
  );
  return {
    kind: 'new-account',
    request: request.request,
    slot,
    ...facts,
    presentation,
    accountProof: toBase64url(proof),
    handle: handle ?? `p_${toBase64url(randomBytes(6)).toLowerCase().replaceAll('-', '_')}`,
  };
}

export function answerAsKnown(
  credential: Credential,
  { message: request }: SignedAdmissionRequest,
  slot = 1,
): SignIn {
  const account = deriveAccount(credential, scopeId(request.scope), slot);
  const signature = toBase64url(ed25519.sign(signInBytes(admissionRequestHash(request)), account.secretKey));
  return { kind: 'sign-in', request: request.request, accountKey: toBase64url(account.publicKey), signature };
}

export function answerAgain(
  credential: Credential,
  signed: SignedAdmissionRequest,
  policy: TrustPolicy,
  choice: Choice,
): PresentAgain {
  const { kind: _, slot, handle: _handle, ...presented } = answerAsNew(credential, signed, policy, choice);
  const { signature } = answerAsKnown(credential, signed, slot);
  return { kind: 'present-again', ...presented, signature };
}

type Call = AccountCall['message']['call'];

export function signCall(
  credential: Credential,
  scope: Scope,
  gateway: string,
  call: Call,
  slot = 1,
  now: Date = new Date(),
): AccountCall {
  const account = deriveAccount(credential, scopeId(scope), slot);
  const message = {
    gateway,
    accountKey: toBase64url(account.publicKey),
    nonce: toBase64url(randomBytes(16)),
    at: now.toISOString(),
    call,
  };
  return accountCall.parse(signMessage(account.secretKey, messageLabels.accountCall, message));
}

/** The account proof made anew over a presentation that was tampered with by its own wallet. */
export function resign(
  credential: Credential,
  { message }: SignedAdmissionRequest,
  answer: NewAccount,
): NewAccount {
  const account = deriveAccount(credential, scopeId(message.scope), answer.slot);
  const proof = ed25519.sign(
    accountProofBytes(admissionRequestHash(message), answer.presentation),
    account.secretKey,
  );
  return { ...answer, accountProof: toBase64url(proof) };
}
