/**
 * The built files in memory, with their types and a compressed copy of each.
 * Assumes: Vite puts a hash into the name of everything below `assets/`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const gzipFromBytes = 1024;
const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};

export interface BuiltFile {
  type: string;
  cache: string;
  body: Buffer;
  gzip: Buffer | undefined;
}

/** Every file below `folder` by its address, `/index.html` and so on. */
export function readBuilt(folder: string): ReadonlyMap<string, BuiltFile> {
  const files = new Map<string, BuiltFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).replaceAll('\\', '/');
    const body = readFileSync(path);
    files.set(address, {
      type: types[entry.name.split('.').pop() ?? ''] ?? 'application/octet-stream',
      cache: address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      body,
      gzip: body.length >= gzipFromBytes ? gzipSync(body, { level: 9 }) : undefined,
    });
  }
  return files;
}
