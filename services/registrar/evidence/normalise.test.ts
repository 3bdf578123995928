import { toHex } from '@answerable/core/bytes';
import { describe, expect, it } from 'vitest';
import type { Evidence } from './evidence.ts';
import { identifiersOf } from './normalise.ts';

const evidence = (changed: Partial<Evidence> = {}): Evidence => ({
  issuer: 'https://provider.example/',
  subject: 'subject',
  names: [{ given: 'Zoë Anne', family: 'O’Hara-Smith' }],
  birthDate: '1990-01-02',
  documents: [{ kind: 'passport', issuer: 'GBR', number: '521 300-101' }],
  residence: 'gb',
  assurance: 'medium',
  idToken: '',
  ...changed,
});
const tagsOf = (one: Evidence) => {
  const { strong, weak } = identifiersOf(one);
  return { strong: strong.map(toHex), weak: weak.map(toHex) };
};

describe('one spelling', () => {
  it('of a name, whoever typed it', () => {
    const names = [{ given: 'ZOE  ANNE', family: "O'Hara Smith" }];
    expect(tagsOf(evidence({ names }))).toEqual(tagsOf(evidence()));
  });
  it('of a document number', () => {
    const documents = [{ kind: 'passport' as const, issuer: 'gbr', number: '521300101' }];
    expect(tagsOf(evidence({ documents }))).toEqual(tagsOf(evidence()));
  });
});

describe('apart', () => {
  it.each<[string, Partial<Evidence>]>([
    ['another birth date', { birthDate: '1990-01-03' }],
    ['another name', { names: [{ given: 'Zoe', family: 'O’Hara-Smith' }] }],
    ['parts moved between given and family name', { names: [{ given: 'Zoe', family: 'Anne O’Hara Smith' }] }],
  ])('%s', (_what, changed) => {
    expect(tagsOf(evidence(changed)).weak).not.toEqual(tagsOf(evidence()).weak);
  });
  it('a passport and a licence with one number', () => {
    const documents = [{ kind: 'driving-licence' as const, issuer: 'GBR', number: '521300101' }];
    expect(tagsOf(evidence({ documents })).strong).not.toEqual(tagsOf(evidence()).strong);
  });
});

it('takes former names along, and no more than three of a kind', () => {
  const names = ['A', 'B', 'C', 'D', 'A'].map((family) => ({ given: 'Zoe', family }));
  const documents = ['1', '2', '3', '4'].map((number) => ({
    kind: 'passport' as const,
    issuer: 'GBR',
    number,
  }));
  const { strong, weak } = identifiersOf(evidence({ names, documents }));
  expect([strong.length, weak.length]).toEqual([3, 3]);
});
