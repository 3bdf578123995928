/**
 * What an account key signs (PROTOCOL §4.2–4.3): at admission, that its holder is who presents; later, that the
 * same holder signs in. One file for the wallet that signs and for gateway and guardian that verify.
 */
import { canonicalBytes, hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';

/** H(presentation), over its base64url form. */
export const presentationHash = (presentation: string): string =>
  hashOf(messageLabels.presentationHash, presentation);

/** The bytes under `NewAccount.accountProof`. `requestHash` is admissionRequestHash of the request answered. */
export const accountProofBytes = (requestHash: string, presentation: string): Uint8Array =>
  canonicalBytes(messageLabels.accountProof, {
    request: requestHash,
    presentation: presentationHash(presentation),
  });

/** The bytes under `SignIn.signature`, and under the sign-in that covers a piece of content in a case. */
export const signInBytes = (requestHash: string): Uint8Array =>
  canonicalBytes(messageLabels.signIn, { request: requestHash });
