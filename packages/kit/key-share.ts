/**
 * A guardian's or keeper's share of a threshold key, as a file of mode 0600 beside its other keys. Written once
 * by the ceremony; read at every start and checked against its own public part.
 * Must never: be overwritten, or hold a share of another role than its name says.
 */
import { join } from 'node:path';
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { checkKeySet, type KeyShare, type PublicKeySet, type Role } from '@answerable/core/ceremony/key';
import { type CeremonyOutcome, ceremonyOutcome } from '@answerable/protocol/party-identity';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { ConfigRefused } from './config.ts';
import { createSecretFile, readSecretFile } from './keys.ts';

export interface HeldShare {
  readonly share: KeyShare;
  readonly keys: PublicKeySet;
  /** base64url hash of the ceremony's transcript */
  readonly transcript: string;
}

const shareFile = z.strictObject({ ...ceremonyOutcome.shape, secret: wire.scalar });

const sharePath = (keysDir: string, role: Role): string => join(keysDir, `${role}-share.key`);

/** The share kept in `keysDir`; undefined before the ceremony. Throws ConfigRefused for an unusable file. */
export function readKeyShare(keysDir: string, role: Role): HeldShare | undefined {
  const path = sharePath(keysDir, role);
  const text = readSecretFile(path);
  return text === undefined ? undefined : decodeHeldShare(text, role, path);
}

/** Keeps `held` for ever; if there is one already, that one holds and is returned. */
export function keepKeyShare(keysDir: string, held: HeldShare): HeldShare {
  const path = sharePath(keysDir, held.share.role);
  return decodeHeldShare(createSecretFile(path, encodeHeldShare(held)), held.share.role, path);
}

/** What everybody may know of it. */
export function outcomeOf({ share, keys, transcript }: HeldShare): CeremonyOutcome {
  return {
    role: keys.role,
    index: share.index,
    threshold: keys.threshold,
    publicKey: toBase64url(keys.publicKey),
    verificationKeys: keys.verificationKeys.map(toBase64url),
    transcript,
  };
}

/** One line of text. Secret. */
export function encodeHeldShare(held: HeldShare): string {
  return JSON.stringify({ ...outcomeOf(held), secret: toBase64url(held.share.secret) });
}

/** Throws ConfigRefused naming `path`. */
export function decodeHeldShare(text: string, role: Role, path: string): HeldShare {
  try {
    const { secret, index, threshold, publicKey, verificationKeys, transcript, ...rest } = shareFile.parse(
      JSON.parse(text),
    );
    if (rest.role !== role || index > verificationKeys.length) throw new Error('another share');
    const keys: PublicKeySet = {
      role,
      threshold,
      publicKey: fromBase64url(publicKey),
      verificationKeys: verificationKeys.map((key) => fromBase64url(key)),
    };
    checkKeySet(keys);
    return { share: { role, index, secret: fromBase64url(secret) }, keys, transcript };
  } catch {
    throw new ConfigRefused(
      `The key file ${path} does not hold a share of the ${role} key. It was left as it is.`,
    );
  }
}
