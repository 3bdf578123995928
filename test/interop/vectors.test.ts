// Our own vectors: both implementations say of each what is written in it. An invalid one is called after what is
// wrong with it, and must give nothing.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { first, isAccepted, second, type Vector, type Verdict, verdictOf } from './verdicts.ts';

const folder = new URL('../../vectors/', import.meta.url);
const areas = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const vectorsMin: Readonly<Record<string, readonly [valid: number, invalid: number]>> = {
  presentation: [4, 40],
  issuance: [6, 20],
  escrow: [5, 20],
  'sealed-identity': [5, 20],
  tag: [3, 12],
  recall: [4, 20],
  ceremony: [6, 15],
};

const namesIn = (area: string, kind: string): string[] =>
  readdirSync(new URL(`${area}/${kind}/`, folder)).map((file) => file.replace('.json', ''));

test('no area is missing, and none has lost its vectors', () => {
  expect(areas.map((area) => area.name).sort()).toEqual(Object.keys(vectorsMin).sort());
  for (const [area, [valid, invalid]] of Object.entries(vectorsMin)) {
    expect(namesIn(area, 'valid').length, `${area} valid`).toBeGreaterThanOrEqual(valid);
    expect(namesIn(area, 'invalid').length, `${area} invalid`).toBeGreaterThanOrEqual(invalid);
  }
});

describe.each(areas.map((area) => area.name))('%s', (area) => {
  for (const kind of ['valid', 'invalid'])
    test.each(namesIn(area, kind))(`${kind}: %s`, (name) => {
      const text = readFileSync(new URL(`${area}/${kind}/${name}.json`, folder), 'utf8');
      const { verdict, ...vector } = JSON.parse(text) as Vector & { verdict: Verdict };
      expect(isAccepted(verdict)).toBe(kind === 'valid');
      expect(verdictOf(first, vector as Vector)).toEqual(verdict);
      expect(verdictOf(second, vector as Vector)).toEqual(verdict);
    });
});
