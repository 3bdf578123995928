// Names to be seen under: one proposed for an account, the same after a recall; and marks by which a wallet
// knows a name again without a list of names or places lying on the device (spec/presentation.md).
// Assumes: handles are those of the admission answer, ASCII.

import { i2osp, utf8 } from '../bytes.ts';
import { frame } from '../frame.ts';
import { hkdf, hmac } from '../hash.ts';
import { label } from '../label.ts';
import { type Credential, nymSecretOctets } from './credential.ts';
import { checkScope } from './question.ts';

const KEY_BYTES = 32;
const SYLLABLES = 4;
const DIGITS = 2;
/** Few letters, so that hardly any word comes out that somebody would mind. */
const CONSONANTS = 'bdlmnrstvw';
const VOWELS = 'aeiou';

export type HandleMarks = {
  /** The same for the same name anywhere. */
  readonly name: Uint8Array;
  /** The same for the same name at the same place. */
  readonly place: Uint8Array;
};

/** Marks of `handle` in `scope`, under a key that only the nym secret gives. */
export function handleMarks(credential: Credential, scope: Uint8Array, handle: string): HandleMarks {
  const key = hkdf(nymSecretOctets(credential), label('kdfHandleMark'), new Uint8Array(), KEY_BYTES);
  return {
    name: hmac(key, frame(utf8('name'), utf8(handle))),
    place: hmac(key, frame(utf8('place'), checkScope(scope), utf8(handle))),
  };
}

/** The `n`th name proposed for the account with this `handleSeed`, 0 first: `ladowi27`. */
export function proposeHandle(handleSeed: Uint8Array, n: number): string {
  const bytes = hkdf(handleSeed, label('kdfHandle'), i2osp(n, 4), 2 * SYLLABLES + DIGITS);
  const pick = (from: string, i: number) => from[bytes[i]! % from.length]!;
  const syllables = Array.from(
    { length: SYLLABLES },
    (_, i) => pick(CONSONANTS, 2 * i) + pick(VOWELS, 2 * i + 1),
  );
  const digits = Array.from({ length: DIGITS }, (_, i) => pick('0123456789', 2 * SYLLABLES + i));
  return [...syllables, ...digits].join('');
}
