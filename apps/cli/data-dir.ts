/** Where the practice network keeps its state unless told otherwise: `data/` beside the project's root. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const defaultDataDir = (): string => join(fileURLToPath(new URL('../..', import.meta.url)), 'data');
