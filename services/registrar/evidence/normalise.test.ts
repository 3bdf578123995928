/** Names and documents as people and providers write them: which are one, and which stay two. */
import { toHex } from '@answerable/core/bytes';
import { encodeIdentifier } from '@answerable/core/tag/tag';
import { describe, expect, it } from 'vitest';
import { documentIdentifier } from './document-number.ts';
import type { Evidence, IdentityDocument } from './evidence.ts';
import { identifiersOf } from './normalise.ts';
import { nameIdentifier } from './person-name.ts';

type Name = [given: string, family: string];
const named = ([given, family]: Name) => nameIdentifier({ given, family });

describe('one name', () => {
  it.each<[string, Name, Name]>([
    ['in capitals', ['Zoë', 'Smith'], ['ZOE', 'SMITH']],
    ['with another apostrophe', ['Siobhán', 'O’Hara'], ['SIOBHAN', "O'HARA"]],
    ['with a space for an apostrophe', ['Sean', 'O Hara'], ['Seán', 'O’Hara']],
    ['composed and decomposed', ['Zoe\u0308', 'A'], ['Zo\u00eb', 'A']],
    ['with a hyphen, a space or nothing', ['Ann', 'Lloyd-Jones'], ['Ann', 'Lloyd Jones']],
    ['double-barrelled, written together', ['Ann', 'Lloyd-Jones'], ['Ann', 'LLOYDJONES']],
    ['with a hyphen in the given name', ['Jean-Paul', 'A'], ['JEAN PAUL', 'A']],
    ['with and without further given names', ['Laura Jane', 'A'], ['Laura', 'A']],
    ['with particles', ['Ludwig', 'van der Berg'], ['LUDWIG', 'VANDERBERG']],
    ['with particles, de la', ['Ana', 'De La Cruz'], ['Ana', 'dela Cruz']],
    ['in Welsh', ['Llŷr', 'ap Rhys'], ['LLYR', 'AP RHYS']],
    ['in Irish', ['Pádraig', 'Ó hÉaráin'], ['PADRAIG', 'O HEARAIN']],
    ['Mac and Mc', ['Iain', 'MacDonald'], ['IAIN', 'McDonald']],
    ['Mac apart', ['Iain', 'Mac Donald'], ['IAIN', 'MACDONALD']],
    ['with ß', ['Jörg', 'Groß'], ['JORG', 'GROSS']],
    ['with ẞ', ['Jörg', 'GROẞ'], ['JOERG', 'Gross']],
    ['with ü, as passports write it', ['Jürgen', 'Müller'], ['JUERGEN', 'MUELLER']],
    ['with ü, as typists write it', ['Jürgen', 'Müller'], ['Jurgen', 'Muller']],
    ['with ø', ['Søren', 'Sørensen'], ['SOEREN', 'SORENSEN']],
    ['with å', ['Pål', 'Ås'], ['PAAL', 'AS']],
    ['with æ', ['Ægir', 'Hæ'], ['AEGIR', 'HAE']],
    ['with ł', ['Łukasz', 'Wałęsa'], ['LUKASZ', 'WALESA']],
    ['with ı and İ', ['Işık', 'İnönü'], ['ISIK', 'INONU']],
    ['with ð and þ', ['Þór', 'Guðmundsson'], ['THOR', 'GUDMUNDSSON']],
    ['with đ', ['Đorđe', 'Đukić'], ['DORDE', 'DUKIC']],
    ['with a title', ['Dr. Ada', 'Byron'], ['Ada', 'Byron']],
    ['the other way round', ['Nguyễn', 'Thị'], ['Thi', 'Nguyen']],
    ['of one word, in either place', ['Sukarno', ''], ['', 'SUKARNO']],
    ['in Greek', ['Γιώργος', 'Παπαδόπουλος'], ['ΓΙΩΡΓΟΣ', 'ΠΑΠΑΔΟΠΟΥΛΟΣ']],
    ['in Cyrillic', ['Олексій', 'Шевченко'], ['ОЛЕКСІЙ', 'ШЕВЧЕНКО']],
    ['in Arabic, with and without vowels', ['مُحَمَّد', 'علي'], ['محمد', 'علي']],
    ['in full-width letters', ['Ｔａｒｏ', 'Ｙａｍａｄａ'], ['TARO', 'YAMADA']],
  ])('%s', (_how, one, other) => {
    expect(named(one)).toEqual(named(other));
  });
});

describe('two names', () => {
  it.each<[string, Name, Name]>([
    ['another first name', ['Anna', 'Byron'], ['Anne', 'Byron']],
    ['another family name', ['Anna', 'Byron'], ['Anna', 'Bryon']],
    ['a title that is a name', ['Sir', 'Byron'], ['Ada', 'Byron']],
    ['vowels of Devanagari', ['राम', 'शर्मा'], ['रमा', 'शर्मा']],
    // Said plainly: nothing here knows that these are one.
    ['another script', ['Юлія', 'Коваль'], ['Yuliia', 'Koval']],
    ['another romanisation', ['Mohammed', 'Ali'], ['Muhammad', 'Ali']],
  ])('%s', (_how, one, other) => {
    expect(named(one)).not.toEqual(named(other));
  });
});

type Papers = [kind: IdentityDocument['kind'], issuer: string, number: string];
const papers = ([kind, issuer, number]: Papers) => documentIdentifier({ kind, issuer, number });

describe('one document', () => {
  it.each<[string, Papers, Papers]>([
    ['set with spaces and hyphens', ['passport', 'GBR', '521 300-101'], ['passport', 'GBR', '521300101']],
    ['in small letters', ['passport', 'irl', 'pt4410027'], ['passport', 'IRL', 'PT4410027']],
    ['of GB, UK and GBR', ['passport', 'GB', '521300101'], ['passport', 'UK', '521300101']],
    ['of D and DEU', ['passport', 'D', 'C01X00T47'], ['passport', 'DEU', 'C01X00T47']],
    ['with its check digit', ['passport', 'GBR', '5213001011'], ['passport', 'GBR', '521300101']],
    ['with letters and a check digit', ['passport', 'DEU', 'C01X00T478'], ['passport', 'D', 'C01X00T47']],
    [
      'renewed, a licence of Great Britain',
      ['driving-licence', 'DVLA', 'STROU707189G99KL12'],
      ['driving-licence', 'DVLA', 'STROU707189G99KL 34'],
    ],
    [
      'without issue digits, a licence',
      ['driving-licence', 'DVLA', 'STROU707189G99KL'],
      ['driving-licence', 'GBR', 'STROU707189G99KL12'],
    ],
    [
      'a licence of Northern Ireland',
      ['driving-licence', 'GB', '12345678'],
      ['driving-licence', 'DVA', '1234 5678'],
    ],
  ])('%s', (_how, one, other) => {
    expect(papers(one)).toEqual(papers(other));
  });
});

describe('two documents', () => {
  it.each<[string, Papers, Papers]>([
    ['O and 0', ['passport', 'IRL', 'PO4410027'], ['passport', 'IRL', 'P04410027']],
    ['I and 1', ['identity-card', 'DEU', 'LI1234567'], ['identity-card', 'DEU', 'L11234567']],
    ['a renewed passport', ['passport', 'GBR', '521300101'], ['passport', 'GBR', '521300102']],
    [
      'a tenth digit that checks nothing',
      ['passport', 'GBR', '5213001017'],
      ['passport', 'GBR', '521300101'],
    ],
    [
      'of Britain and its overseas territories',
      ['passport', 'GBR', '521300101'],
      ['passport', 'GBD', '521300101'],
    ],
    ['of two countries', ['passport', 'IRL', '521300101'], ['passport', 'GBR', '521300101']],
    ['of two kinds', ['passport', 'GBR', '12345678'], ['driving-licence', 'GBR', '12345678']],
    [
      'of two drivers born on one day',
      ['driving-licence', 'DVLA', 'STROU707189G99KL12'],
      ['driving-licence', 'DVLA', 'STROU707189G98KL12'],
    ],
    [
      'licences elsewhere, with two more digits',
      ['driving-licence', 'FRA', 'STROU707189G99KL12'],
      ['driving-licence', 'FRA', 'STROU707189G99KL'],
    ],
  ])('%s', (_how, one, other) => {
    expect(papers(one)).not.toEqual(papers(other));
  });
});

const evidence = (changed: Partial<Evidence> = {}) => ({
  names: [{ given: 'Zoë Anne', family: 'O’Hara-Smith' }],
  birthDate: '1990-01-02',
  documents: [{ kind: 'passport' as const, issuer: 'GBR', number: '521 300-101' }],
  ...changed,
});

describe('a person', () => {
  it('is another one with another birth date', () => {
    const [weak, other] = [evidence(), evidence({ birthDate: '1990-01-03' })].map((one) =>
      identifiersOf(one).weak.map(toHex),
    );
    expect(weak!.some((one) => other!.includes(one))).toBe(false);
  });

  it('takes former names along, and no more than three of a kind and generation', () => {
    const names = ['A', 'B', 'C', 'D', 'A'].map((family) => ({ given: 'Zoe', family }));
    const documents = ['1', '2', '3', '4'].map((number) => ({
      kind: 'passport' as const,
      issuer: 'GBR',
      number,
    }));
    const { strong, weak } = identifiersOf(evidence({ names, documents }));
    expect([strong.length, weak.length]).toEqual([6, 6]);
  });

  // As octets: a change of either line would leave records behind that nobody meets any more.
  it('has tags of both generations, the current one first, and neither ever changes', () => {
    const { strong, weak } = identifiersOf(evidence());
    expect(strong.map(toHex)).toEqual(
      [
        encodeIdentifier('document/2', 'passport', 'GBR', '521300101'),
        encodeIdentifier('document/1', 'passport', 'GBR', '521300101'),
      ].map(toHex),
    );
    expect(weak.map(toHex)).toEqual(
      [
        encodeIdentifier('person/2', 'OHARASMITH', 'ZO', '1990-01-02'),
        encodeIdentifier('person/1', 'OHARA SMITH', 'ZOE ANNE', '1990-01-02'),
      ].map(toHex),
    );
  });
});
