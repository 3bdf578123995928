/**
 * One spelling for each identifier, so that the same document or name gives the same tag whoever typed it
 * (PROTOCOL §3.2). Strong: a document's kind, issuer and number. Weak: a name with a birth date.
 * A change here changes tags: it needs a new number in the kind, and both tags for a while.
 */
import { encodeIdentifier } from '@answerable/core/tag/tag';
import type { Evidence } from './evidence.ts';

const strongMax = 3;
const weakMax = 3;

export interface Identifiers {
  strong: Uint8Array[];
  weak: Uint8Array[];
}

/** The identifiers of a person, at most three of each kind, ready to be blinded. */
export function identifiersOf(evidence: Evidence): Identifiers {
  const strong = evidence.documents.map(({ kind, issuer, number }) => [
    'document/1',
    kind,
    compact(issuer),
    compact(number),
  ]);
  const weak = evidence.names.map(({ given, family }) => [
    'person/1',
    words(family),
    words(given),
    evidence.birthDate,
  ]);
  return { strong: encoded(strong, strongMax), weak: encoded(weak, weakMax) };
}

function encoded(identifiers: readonly string[][], max: number): Uint8Array[] {
  const distinct = new Map(identifiers.map((parts) => [parts.join('\n'), parts]));
  return [...distinct.values()].slice(0, max).map(([kind, ...parts]) => encodeIdentifier(kind!, ...parts));
}

// Without accents, case or punctuation: Zoë O’Hara, ZOE OHARA and Zoe O'Hara are one spelling.
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
