/** Key files, log entries and lines of a journal, taken apart for the tests of the cupboards. */
import { createPrivateKey } from 'node:crypto';
import { fromBase64url, fromHex } from '@answerable/core/bytes';
import { decodeEntry } from '@answerable/log/verify/entry';
import type { Cupboard } from './cupboards.ts';

const secretBytes = 32;
/** Of a JWK, and of a share of a threshold key. */
const secretNames = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'secret'];
/** Beside keys: what was signed, public halves, days. */
const keyless = /-ceremony\.json$|signed-policy|\.pub$|\.since$/;

/** The secret octets in one key file; none in a file that holds no key. */
export function privateParts({ file, content }: { file: string; content: Buffer }): Uint8Array[] {
  if (!file.startsWith('keys/') || keyless.test(file)) return [];
  const text = content.toString('utf8').trim();
  if (/^[0-9a-f]+$/.test(text)) return [fromHex(text.slice(0, 2 * secretBytes))];
  if (text.startsWith('-----BEGIN')) return namedSecrets(createPrivateKey(text).export({ format: 'jwk' }));
  if (text.startsWith('{')) return namedSecrets(JSON.parse(text));
  throw new Error(`${file} is a kind of key file that this test does not know`);
}

function namedSecrets(value: unknown): Uint8Array[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    secretNames.includes(name) && typeof inner === 'string' ? [fromBase64url(inner)] : namedSecrets(inner),
  );
}

/** Every entry of the log, from the logbook's own table. */
export const entriesOf = ({ rows }: Cupboard) =>
  rows
    .filter(({ table }) => table === 'entry')
    .map(({ value }) => decodeEntry(fromHex((value as { bytes: string }).bytes.replace(/^\\x/, ''))));

/** Long runs of letters with digits among them, as identifiers and keys are, and words are not. */
export function strangeWords(text: string): string[] {
  return (text.match(/[A-Za-z0-9_-]{16,}/g) ?? []).filter((run) => /\d/.test(run) && /[A-Za-z]/.test(run));
}
