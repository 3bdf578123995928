/**
 * A release of the wallet (spec/wallet-release.md): the manifest that lists every file of it, the one hash that
 * stands for the manifest, and the entry by which that hash stands in the log. The same code makes a manifest
 * where the wallet is built and reads it where the wallet runs.
 */
import { fromBase64url, toBase64url, toHex } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { z } from 'zod';
import { canonicalBytes, hashOf } from './canonical.ts';
import { messageLabels } from './labels.ts';
import type { ReleaseEntry } from './log/entries.ts';
import * as wire from './wire.ts';

const filesMax = 200;
const fileBytesMax = 4 * 1024 * 1024;
const pathCharsMax = 200;
const keyBytes = 16;

/** The file that a visit to `/` gets. */
export const startPath = '/index.html';

/** An address on the wallet's origin: plain segments, none of which begins with a dot. */
const path = z
  .string()
  .max(pathCharsMax)
  .regex(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/);

export const releaseFile = z.strictObject({
  path,
  bytes: z.int().min(0).max(fileBytesMax),
  sha256: wire.hash,
});
export type ReleaseFile = z.infer<typeof releaseFile>;

/** `/release.json` of a wallet's host. Paths in the order of their UTF-16 code units, each once. */
export const releaseManifest = z
  .strictObject({
    v: z.literal(1),
    version: wire.name,
    files: z.array(releaseFile).min(1).max(filesMax),
  })
  .refine(({ files }) => files.every((file, i) => i === 0 || files[i - 1]!.path < file.path))
  .refine(({ files }) => files.some((file) => file.path === startPath));
export type ReleaseManifest = z.infer<typeof releaseManifest>;

export const sha256Of = (body: Uint8Array): string => toBase64url(sha256(body));

/** The manifest of these files, whatever order they come in. Throws ZodError for a path that cannot be listed. */
export function manifestOf(version: string, files: Iterable<readonly [string, Uint8Array]>): ReleaseManifest {
  const listed = [...files].map(([path, body]) => ({ path, bytes: body.length, sha256: sha256Of(body) }));
  listed.sort((a, b) => (a.path < b.path ? -1 : 1));
  return releaseManifest.parse({ v: 1, version, files: listed });
}

/** What stands for the release, in the log and on the screen. */
export const releaseHash = (manifest: ReleaseManifest): string =>
  hashOf(messageLabels.walletRelease, manifest);

/** The hash as people compare it: hexadecimal, in groups of four. */
export const hashInGroups = (release: string): string =>
  [...toHex(fromBase64url(release)).matchAll(/.{4}/g)].join(' ');

export const releaseEntryOf = (manifest: ReleaseManifest): ReleaseEntry => ({
  v: 1,
  kind: 'wallet-release',
  release: releaseHash(manifest),
  version: manifest.version,
  files: manifest.files.length,
});

/** The key under which the entry is handed in: anybody who has the manifest can ask for its place. */
export const releaseKeyOf = (entry: ReleaseEntry): string =>
  toBase64url(sha256(canonicalBytes(messageLabels.walletReleaseKey, entry)).slice(0, keyBytes));
