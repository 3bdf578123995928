/** Names found in rows however they stand there, and values made short. */
import { people } from '@answerable/practice-identity-provider/people';
import { describe, expect, it } from 'vitest';
import { namePattern, namesIn } from './names-in.ts';
import { shownValue } from './shown-value.ts';

const hex = (text: string) => Buffer.from(text, 'utf8').toString('hex');

describe('a name is found', () => {
  it.each([
    ['in one column', '(a1,"Gareth Stroud",t)'],
    ['in two columns', '(a1,Gareth,Stroud)'],
    ['the other way round', '(a1,"STROUD, gareth")'],
    ['in an object of another service', '{"value": "Gareth", "type": "FamilyName", "value": "Stroud"}'],
    ['as bytes', `(\\\\x${hex('Gareth Stroud')})`],
  ])('%s', (_how, text) => {
    expect(namesIn([text], people)).toEqual(['Gareth Stroud']);
    expect(new RegExp(namePattern(people), 'i').test(text)).toBe(true);
  });

  it.each([
    ['half of it', '(a1,Gareth,Marlowe)'],
    ['two people far apart', 'Gareth was here today and then came old Stroud'],
    ['a word that begins so', '(stroudwater)'],
  ])('not in %s', (_how, text) => expect(namesIn([text], people)).toEqual([]));
});

describe('a value is shown', () => {
  it.each([
    [null, '–'],
    [7, '7'],
    [false, 'false'],
    ['\\xa5a5', 'a5a5 (2 bytes)'],
    ['\\x', 'empty (0 bytes)'],
    [`\\x${'5a'.repeat(300)}`, '5a5a5a5a5a5a… (300 bytes)'],
    ['2026-11-23T05:09:01.123+00:00', '2026-11-23 05:09:01'],
    ['k3w9sub', 'k3w9sub'],
    ['x'.repeat(43), `${'x'.repeat(14)}…`],
    [{ rule: 'ban' }, '{"rule":"ban"}'],
    ['a\nb', 'a b'],
  ])('%j', (value, shown) => expect(shownValue(value)).toBe(shown));

  it('of any length in a line', () => {
    expect(shownValue('many words '.repeat(40)).length).toBeLessThanOrEqual(64);
    expect(shownValue({ deep: 'y'.repeat(500) }).length).toBeLessThanOrEqual(64);
  });
});
