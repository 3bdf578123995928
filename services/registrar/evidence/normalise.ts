/**
 * One spelling for each identifier, so that the same document or name gives the same tag whoever typed it
 * (PROTOCOL §3.2). Strong: a document's kind, issuer and number. Weak: a name with a birth date.
 * A change here changes tags. So it is a new generation, with a new number in the kind; while both are in force
 * each person gets the tags of both, the current ones first, and either finds them. A generation goes when every
 * record that has only its tags is over, or was met again.
 */
import { encodeIdentifier } from '@answerable/core/tag/tag';
import { documentIdentifier } from './document-number.ts';
import type { Evidence } from './evidence.ts';
import { firstGeneration } from './normalise-first.ts';
import { nameIdentifier } from './person-name.ts';

/** Of each kind and generation; more documents or former names than these are left out. */
const strongMax = 3;
const weakMax = 3;

export interface Identifiers {
  strong: Uint8Array[];
  weak: Uint8Array[];
}

/** Identifiers before they are encoded: the kind with its generation's number, then the parts. */
export interface Spelled {
  strong: string[][];
  weak: string[][];
}

type Named = Pick<Evidence, 'names' | 'birthDate' | 'documents'>;

const secondGeneration = ({ documents, names, birthDate }: Named): Spelled => ({
  strong: documents.map((document) => ['document/2', ...documentIdentifier(document)]),
  weak: names.map((name) => ['person/2', ...nameIdentifier(name), birthDate]),
});

/** In force, the current one first. */
const generations = [secondGeneration, firstGeneration];

/** The identifiers of a person in every generation in force, ready to be blinded. */
export function identifiersOf(evidence: Named): Identifiers {
  const spelled = generations.map((generation) => generation(evidence));
  return {
    strong: spelled.flatMap(({ strong }) => encoded(strong, strongMax)),
    weak: spelled.flatMap(({ weak }) => encoded(weak, weakMax)),
  };
}

function encoded(identifiers: readonly string[][], max: number): Uint8Array[] {
  const distinct = new Map(identifiers.map((parts) => [parts.join('\n'), parts]));
  return [...distinct.values()].slice(0, max).map(([kind, ...parts]) => encodeIdentifier(kind!, ...parts));
}
