/**
 * What a party without a database holds: its files by name and size, and whose names stand in them. Never
 * shows what a file says: keys are among them.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from '@answerable/practice-identity-provider/people';
import { namesIn } from './names-in.ts';

const filesShownMax = 12;
const fileBytesMax = 256 * 1024;

export interface FolderView {
  /** path and size of each, at most 12 */
  files: string[];
  /** people whose name stands in some file */
  names: string[];
}

export function readFolder(folder: string, people: readonly Person[]): FolderView {
  const paths = filesBelow(folder);
  const small = paths.filter((path) => statSync(path).size <= fileBytesMax);
  return {
    files: paths
      .slice(0, filesShownMax)
      .map((path) => `${path.slice(folder.length + 1)} (${statSync(path).size} bytes)`),
    names: namesIn(
      small.map((path) => readFileSync(path, 'utf8')),
      people,
    ),
  };
}

// The journal grows with every request and holds no names by its own rules; listed it would only flicker.
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name !== 'journal.log')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return []; // no folder yet
  }
}
