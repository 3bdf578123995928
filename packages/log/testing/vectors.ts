// Published log vectors, read from beside the project and never copied. Absent ones are said plainly, and fail
// a run that calls itself CI.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(process.env.ANSWERABLE_VECTORS ?? join(root, '../shared/vectors'), 'tlog');

export const vectorsPresent = existsSync(folder);
if (!vectorsPresent) {
  if (process.env.CI === 'true') throw new Error('published log vectors are absent');
  console.warn('published log vectors are absent: their tests are not run');
}

export const vectorBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(join(folder, path)));
// biome-ignore lint/suspicious/noExplicitAny: published JSON, read by tests that know its shape
export const vectorJson = (path: string): any => JSON.parse(readFileSync(join(folder, path), 'utf8'));
export const vectorText = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** Every JSON file under a folder of vectors, with its path. */
export function vectorFiles(path: string): string[] {
  if (!vectorsPresent) return [];
  const files = readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(path, file))
    .sort();
}

/** A folder of vectors as a log to fetch from. */
export const vectorLog =
  (path: string) =>
  async (file: string): Promise<Uint8Array | undefined> => {
    const full = join(folder, path, file);
    return existsSync(full) ? new Uint8Array(readFileSync(full)) : undefined;
  };
