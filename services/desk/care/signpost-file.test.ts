/** The dated file of signposts: every entry is whole, and a wrong one is refused. */
import { describe, expect, it } from 'vitest';
import { emergencyFor, helpLetter, helpText, signpostsFor } from '../casework/signposts.ts';
import { emergencyEntries, signpostEntries, signpostFile } from './signpost-file.ts';

const today = new Date().toISOString().slice(0, 10);

describe('the file of signposts', () => {
  it('says of each entry where it counts, what it is, how to reach it, and with what it was compared', () => {
    for (const one of [...signpostEntries, ...emergencyEntries]) {
      expect(one.country).toMatch(/^[A-Z]{2}$/);
      expect(one.source).toMatch(/^https?:\/\/./);
      expect(one.compared <= today).toBe(true);
    }
    expect(signpostEntries.every((one) => /\d|\.org/.test(one.how))).toBe(true);
  });
  it('names nobody twice', () => {
    const ids = signpostEntries.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    const countries = emergencyEntries.map((one) => one.country);
    expect(new Set(countries).size).toBe(countries.length);
  });
  it('holds what the whole service rests on', () => {
    expect(helpText('GB')).toContain('Samaritans: call 116 123');
    expect(helpText('IE')).toContain('116 123');
    expect(emergencyFor('GB')).toMatchObject({ number: '999', policeNotUrgent: '101' });
    expect(signpostsFor('GB').list.map((one) => one.area)).toContain('Northern Ireland');
    expect(signpostsFor('QQ').list.map((one) => one.name)).toEqual([
      'Befrienders Worldwide',
      'In immediate danger',
    ]);
  });
  it('fits beside a post in every country, and promises and blames nothing', () => {
    const countries = [...signpostEntries, ...emergencyEntries].map((one) => one.country);
    for (const country of new Set([...countries, 'QQ'])) {
      const text = helpText(country);
      expect(text.length).toBeLessThan(400);
      expect(text).toMatch(/In immediate danger: call [^.]+\.$/);
      const letter = helpLetter(country, { offerContact: true });
      expect(letter.length).toBeLessThan(3_000);
      // The names that lines give themselves are theirs; ours are the words around them.
      const names = signpostEntries.map((one) => one.name).sort((a, b) => b.length - a.length);
      for (const words of [text, letter])
        expect(names.reduce((rest, name) => rest.replaceAll(name, ''), words)).not.toMatch(
          /suicid|kill|die\b|death|overdose|promise|will be (fine|ok)|selfish|weak/i,
        );
    }
  });
});

describe('is refused: an entry', () => {
  const [good] = signpostEntries;
  const [emergency] = emergencyEntries;
  const holds = (signpost: object, number: object = {}) =>
    signpostFile.safeParse({
      signposts: [{ ...good, ...signpost }],
      emergency: [{ ...emergency, ...number }],
    }).success;
  it('as it is, holds', () => expect(holds({})).toBe(true));
  it.each([
    ['without a country', { country: '' }],
    ['of a country that is none', { country: 'GBR' }],
    ['without a name', { name: '' }],
    ['without a way to reach it', { how: '' }],
    ['too long to stand beside a post', { how: 'x'.repeat(91) }],
    ['never compared', { compared: undefined }],
    ['compared on no day', { compared: 'January' }],
    ['compared with nothing', { source: undefined }],
    ['compared with a script', { source: 'javascript:alert(1)' }],
    ['without its basis', { basis: 'memory' }],
    ['with something more', { promise: 'You will be fine' }],
  ])('%s', (_sin, more) => expect(holds(more)).toBe(false));
  it.each([
    ['with a word for a number', { number: 'police' }],
    ['with a police number that is none', { policeNotUrgent: '1-0-1' }],
  ])('%s', (_sin, more) => expect(holds({}, more)).toBe(false));
});
