/**
 * Passkeys of the people who work at a console, without a table: what a browser is asked for, and whether what it
 * answers holds (WebAuthn §7, by @simplewebauthn/server). Where they are kept is the service's affair. Whatever is
 * wrong with an answer is the same `passkey_refused`.
 * Assumes: the origin is where people find the service; passkeys belong to its host name.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { Refusal } from '@answerable/protocol/refusal';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

/** How many one person may have. */
export const passkeysMax = 10;
/** Loaded when somebody first uses a passkey. */
const library = () => import('@simplewebauthn/server');

const encoded = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/);
export const credentialId = encoded(1400).min(1);
const outer = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string().max(40), z.unknown()),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};
/** What somebody calls a passkey of theirs. */
export const passkeyLabel = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,’'()-]{0,39}$/u);
/** What a browser answers when it made a passkey. */
export const passkeyMade = z.strictObject({
  ...outer,
  response: z.strictObject({
    clientDataJSON: encoded(4000),
    attestationObject: encoded(20_000),
    authenticatorData: encoded(8000).optional(),
    transports: z.array(z.string().max(20)).max(10).optional(),
    publicKey: encoded(4000).optional(),
    publicKeyAlgorithm: z.int().optional(),
  }),
});
export type PasskeyMade = z.infer<typeof passkeyMade>;
/** What a browser answers when it used one. */
export const passkeyUsed = z.strictObject({
  ...outer,
  response: z.strictObject({
    clientDataJSON: encoded(4000),
    authenticatorData: encoded(8000),
    signature: encoded(4000),
    userHandle: encoded(200).optional(),
  }),
});
export type PasskeyUsed = z.infer<typeof passkeyUsed>;

/** What is kept of a passkey. `publicKey`: COSE, base64url. */
export interface KeptPasskey {
  credential: string;
  publicKey: string;
  counter: number;
}

type IsExpected = (challenge: string) => boolean | Promise<boolean>;

export type PasskeyRules = ReturnType<typeof passkeyRules>;

export function passkeyRules({ origin, title }: { origin: string; title: string }) {
  const rpID = new URL(origin).hostname;
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };
  return {
    /** What the browser needs to make one for somebody. `id`: base64url, of their record here. */
    async making(whose: { id: string; name: string }, challenge: Octets, known: readonly string[]) {
      const { generateRegistrationOptions } = await library();
      return generateRegistrationOptions({
        rpName: title,
        rpID,
        userName: whose.name,
        userDisplayName: whose.name,
        userID: new Uint8Array(fromBase64url(whose.id)),
        challenge,
        excludeCredentials: known.map((id) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },

    async checkMade(
      response: PasskeyMade,
      isExpected: IsExpected,
    ): Promise<KeptPasskey & { transports: string[] }> {
      const { verifyRegistrationResponse } = await library();
      const { registrationInfo, verified } = await verifyRegistrationResponse({
        ...expected,
        response: response as RegistrationResponseJSON,
        expectedChallenge: isExpected,
      }).catch(refuse);
      if (!verified) throw new Refusal('passkey_refused');
      const { id, publicKey, counter, transports } = registrationInfo.credential;
      return { credential: id, publicKey: toBase64url(publicKey), counter, transports: transports ?? [] };
    },

    /** What the browser needs to use one; `allowed`: only these. */
    async using(challenge: Octets, allowed?: readonly string[]) {
      const { generateAuthenticationOptions } = await library();
      return generateAuthenticationOptions({
        rpID,
        challenge,
        userVerification: 'required',
        ...(allowed ? { allowCredentials: allowed.map((id) => ({ id })) } : {}),
      });
    },

    /** The counter to keep from now on. */
    async checkUsed(response: PasskeyUsed, kept: KeptPasskey, isExpected: IsExpected): Promise<number> {
      const { verifyAuthenticationResponse } = await library();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...expected,
        response: response as AuthenticationResponseJSON,
        expectedChallenge: isExpected,
        credential: {
          id: kept.credential,
          publicKey: new Uint8Array(fromBase64url(kept.publicKey)),
          counter: kept.counter,
        },
      }).catch(refuse);
      if (!verified) throw new Refusal('passkey_refused');
      return authenticationInfo.newCounter;
    },
  };
}

type Octets = Uint8Array<ArrayBuffer>;

function refuse(): never {
  throw new Refusal('passkey_refused');
}
