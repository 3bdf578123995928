/**
 * Where state is kept unless told otherwise. One rule for all that an organisation runs: in `NAME-data/` in the folder
 * where the command is called. The practice network, which is only for trying, keeps its state at the project's root.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const defaultDataDir = (): string => join(root, 'data');

/** `before`: where desks kept theirs at first, wherever they were called; one that is there is used on. */
export function defaultDeskDir(before = join(root, 'desk-data')): string {
  const here = resolve('desk-data');
  return !existsSync(here) && existsSync(before) ? before : here;
}
