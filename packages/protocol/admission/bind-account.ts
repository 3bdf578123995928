/**
 * What an account key signs (PROTOCOL §4.2–4.3): once that it belongs to a presentation, later that its holder
 * signs in. Signed by wallets, checked by gateways at once and by guardians in a case.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { messageLabels } from '../labels.ts';
import { openSigned, type Signed, signMessage } from '../signed.ts';

export interface AccountProof {
  request: string;
  presentation: string;
}

const accountProof = (requestHash: string, presentation: string): AccountProof => ({
  request: requestHash,
  presentation: toBase64url(sha256(fromBase64url(presentation, 'presentation'))),
});

/** Possession of the account key beside a presentation; base64url signature under `accountProof`. */
export const proveAccount = (secretKey: Uint8Array, requestHash: string, presentation: string): string =>
  signMessage(secretKey, messageLabels.accountProof, accountProof(requestHash, presentation)).signature;

/** Refuses `signature_refused`. */
export function verifyAccountProof(
  accountKey: string,
  requestHash: string,
  presentation: string,
  signature: string,
): void {
  const signed: Signed<AccountProof> = { message: accountProof(requestHash, presentation), signature };
  openSigned(accountKey, messageLabels.accountProof, signed);
}

/** A sign-in to an account that exists; base64url signature under `signIn`. */
export const proveSignIn = (secretKey: Uint8Array, requestHash: string): string =>
  signMessage(secretKey, messageLabels.signIn, { request: requestHash }).signature;

/** Refuses `signature_refused`. */
export function verifySignIn(accountKey: string, requestHash: string, signature: string): void {
  openSigned(accountKey, messageLabels.signIn, { message: { request: requestHash }, signature });
}
