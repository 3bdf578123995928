/** Where state is kept unless told otherwise, at the project's root: of the practice network, and of a desk alone. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const defaultDataDir = (): string => join(root, 'data');
/** Apart from what is only for trying, so that nobody deletes it with that. */
export const defaultDeskDir = (): string => join(root, 'desk-data');
