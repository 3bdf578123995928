// Reads the published test vectors, which stand beside the repository and are never copied into it.
// For tests only. Absent vectors are said plainly; with CI=true they are an error.

/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { utf8 } from './bytes.ts';
import { expandMessageXmd } from './hash.ts';
import type { Rng } from './rng.ts';

/** A published case. Its shape is the publisher's business; tests name what they read. */
// biome-ignore lint/suspicious/noExplicitAny: foreign JSON of many shapes, read by tests only
export type Vector = any;

const folder = resolve(
  process.env.ANSWERABLE_VECTORS ?? resolve(import.meta.dirname, '../../../shared/vectors'),
);

/** Whether the vectors of `area` (bbs, blind, pseudonym, sigma) are here. Throws if CI needs them. */
export function vectorsPresent(area: string): boolean {
  const present = existsSync(resolve(folder, area));
  if (!present && process.env.CI === 'true') throw new Error(`published vectors are absent: ${area}`);
  if (!present) console.warn(`published vectors are absent, their tests do not run: ${area}`);
  return present;
}

/** One file, as `area/…/name.json`. */
export function readVector(path: string): Vector {
  return JSON.parse(readFileSync(resolve(folder, path), 'utf8'));
}

/** Every file of a folder, as [name, contents], in order of name. None when the vectors are absent. */
export function readVectors(path: string): [name: string, vector: Vector][] {
  if (!existsSync(resolve(folder, path))) return [];
  const names = readdirSync(resolve(folder, path)).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => [name, readVector(`${path}/${name}`)]);
}

/** seeded_random_scalars (draft-irtf-cfrg-bbs-signatures section 8.1) as a source of octets. */
export function mockedRng(seed: string, dst: string): Rng {
  return (length) => expandMessageXmd(utf8(seed), utf8(dst), length);
}
