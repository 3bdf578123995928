/**
 * A built release on disk and in memory. Its folder holds `site/`, every file as it is served, and `packed/`, a
 * Brotli copy of each larger one. The manifest is made from the files; the host believes no other.
 * Assumes: Vite puts a hash into the name of everything below `assets/`; the guard's bytes hardly ever change.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { manifestOf, type ReleaseManifest, releaseManifest } from '@answerable/protocol/wallet-release';
import { typeOf } from './file-types.ts';

const packedFromBytes = 1024;
export const siteFolder = 'site';
const packedFolder = 'packed';
const manifestPath = '/release.json';
const forGood = 'public, max-age=31536000, immutable';

export interface BuiltFile {
  type: string;
  cache: string;
  body: Buffer;
  gzip: Buffer | undefined;
  brotli: Buffer | undefined;
}

/** Every file of a release by its address, `/index.html` and so on; the manifest with them. */
export function readBuilt(folder: string): ReadonlyMap<string, BuiltFile> {
  return new Map(
    addressesIn(folder).map((address) => {
      const packed = join(folder, packedFolder, `${address}.br`);
      const brotli = existsSync(packed) ? readFileSync(packed) : undefined;
      const body = readFileSync(join(folder, siteFolder, address));
      const gzip = body.length >= packedFromBytes ? gzipSync(body, { level: 9 }) : undefined;
      return [address, { ...plainFile(address, body), gzip, brotli }];
    }),
  );
}

/** A file as the host holds it, not compressed. */
export const plainFile = (address: string, body: Buffer): BuiltFile => ({
  type: typeOf(address),
  cache: cacheOf(address),
  body,
  gzip: undefined,
  brotli: undefined,
});

// Browsers look for another guard at least once a day whatever this says. Asking more often would only be more
// chances for a host that has been taken over.
const cacheOf = (address: string): string =>
  address.startsWith('/assets/') || address === '/guard.js' ? forGood : 'no-cache';

export function readManifest(folder: string): ReleaseManifest {
  return releaseManifest.parse(JSON.parse(readFileSync(join(folder, siteFolder, manifestPath), 'utf8')));
}

/** Lists what lies in the folder. The manifest does not list itself. */
export function writeManifest(folder: string, version: string): void {
  const files = addressesIn(folder).map(
    (address) => [address, readFileSync(join(folder, siteFolder, address))] as const,
  );
  const manifest = manifestOf(version, files);
  writeFileSync(join(folder, siteFolder, manifestPath), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** Once, when the release is built: the best compression takes a second or two. */
export function packFiles(folder: string): void {
  for (const address of addressesIn(folder)) {
    const body = readFileSync(join(folder, siteFolder, address));
    if (body.length < packedFromBytes) continue;
    const path = join(folder, packedFolder, `${address}.br`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, brotliCompressSync(body));
  }
}

function addressesIn(folder: string): string[] {
  const site = join(folder, siteFolder);
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(site.length).replaceAll('\\', '/'))
    .sort();
}
