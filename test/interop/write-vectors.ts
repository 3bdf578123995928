/**
 * Writes vectors/ anew, or only the areas named: `npx tsx test/interop/write-vectors.ts [area …]`. Everything is drawn at random, so every run writes
 * other vectors; they are written once and kept, and a change of theirs is a change of the protocol. Writes
 * nothing unless both implementations agree on every vector and the invalid ones are refused.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { ceremonyVectors } from './making/ceremony.ts';
import { openingVectors, sealedIdentityVectors, tagVectors } from './making/escrow.ts';
import { issuanceVectors } from './making/issuance.ts';
import type { Made } from './making/made.ts';
import { presentationVectors } from './making/presentation.ts';
import { recallVectors } from './making/recall.ts';
import { isAccepted, type Vector, type Verdict, verdictOfBoth } from './verdicts.ts';

const known: Readonly<Record<string, () => Made>> = {
  presentation: presentationVectors,
  issuance: issuanceVectors,
  escrow: openingVectors,
  'sealed-identity': sealedIdentityVectors,
  tag: tagVectors,
  recall: recallVectors,
  ceremony: ceremonyVectors,
};

const named = process.argv.slice(2);
const areas = Object.fromEntries(
  Object.entries(known).filter(([area]) => named.length === 0 || named.includes(area)),
);

type Written = { path: string; vector: Vector; verdict: Verdict };

const wrong: string[] = [];
function judged(path: string, vector: Vector, valid: boolean): Written {
  try {
    const verdict = verdictOfBoth(vector);
    if (isAccepted(verdict) !== valid) wrong.push(`${path}: ${JSON.stringify(verdict)}`);
    return { path, vector, verdict };
  } catch (error) {
    wrong.push(`${path}: ${error}`);
    return { path, vector, verdict: null };
  }
}

const folder = new URL('../../vectors/', import.meta.url);
const all = Object.entries(areas).flatMap(([area, make]) => {
  const { valid, invalid } = make();
  return [
    ...Object.entries(valid).map(([name, vector]) => judged(`${area}/valid/${name}.json`, vector, true)),
    ...Object.entries(invalid).map(([name, vector]) => judged(`${area}/invalid/${name}.json`, vector, false)),
  ];
});
if (wrong.length > 0) throw new Error(`not written:\n${wrong.join('\n')}`);

for (const area of Object.keys(areas)) {
  rmSync(new URL(area, folder), { recursive: true, force: true });
  for (const kind of ['valid', 'invalid']) mkdirSync(new URL(`${area}/${kind}`, folder), { recursive: true });
}
for (const { path, vector, verdict } of all)
  writeFileSync(new URL(path, folder), `${JSON.stringify({ ...vector, verdict }, null, 2)}\n`);
console.log(`${all.length} vectors`);
