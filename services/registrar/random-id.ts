/** Random identifiers of 16 bytes, and salts of 32: they say nothing and join nothing. */
import { toBase64url, toHex } from '@answerable/core/bytes';
import { LINEAGE_BYTES } from '@answerable/core/presentation/schema';
import { randomBytes } from '@answerable/core/rng';

const idBytes = 16;
const saltBytes = 32;

export const randomId = (): string => toBase64url(randomBytes(idBytes));
export const randomSalt = (): string => toBase64url(randomBytes(saltBytes));
/** In lower-case hex, as the schema has it. */
export const randomLineage = (): string => toHex(randomBytes(LINEAGE_BYTES));
