/**
 * The files of the house as the tests about the house see them: everything that is written by hand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const skippedFolders = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.cache']);

export const houseRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Paths of all files below the root, with `/`, sorted. */
export function filesOfTheHouse(below = ''): string[] {
  const entries = readdirSync(join(houseRoot, below), { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesOfTheHouse(path);
    return entry.isFile() ? [path] : [];
  });
  return paths.sort();
}

export function textOf(path: string): string {
  return readFileSync(join(houseRoot, path), 'utf8');
}

export const isSource = (path: string): boolean => /\.(ts|tsx|mjs|js)$/.test(path) && !path.endsWith('.d.ts');
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
/** Fixtures and the like that only tests may import, and the bench. */
export const isForTests = (path: string): boolean =>
  isTest(path) || /(^|\/)((testing\/|test-)[^/]*|scenario\.ts)$/.test(path);
