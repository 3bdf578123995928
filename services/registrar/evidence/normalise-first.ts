/**
 * The first generation of spellings, as records were made with it: left as it is, and computed beside the
 * current one (normalise.ts) until it can go.
 */
import type { Evidence } from './evidence.ts';
import type { Spelled } from './normalise.ts';

export const firstGeneration = ({
  documents,
  names,
  birthDate,
}: Pick<Evidence, 'names' | 'birthDate' | 'documents'>): Spelled => ({
  strong: documents.map(({ kind, issuer, number }) => ['document/1', kind, compact(issuer), compact(number)]),
  weak: names.map(({ given, family }) => ['person/1', words(family), words(given), birthDate]),
});

function letters(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
}

function words(name: string): string {
  return letters(name)
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function compact(code: string): string {
  return letters(code).replace(/[^\p{L}\p{N}]/gu, '');
}
