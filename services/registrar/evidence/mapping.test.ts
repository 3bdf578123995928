/** Claims of two kinds of provider, read by the example mappings; and mappings that cannot be used. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readMapping } from './mapping.ts';
import { readClaims } from './openid.ts';

const folder = mkdtempSync(join(tmpdir(), 'mapping-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verified = {
  verified_claims: {
    verification: {
      trust_framework: 'uk_diatf',
      assurance_level: 'medium',
      evidence: [
        {
          type: 'document',
          document_details: {
            type: 'passport',
            document_number: '521300101',
            issuer: { country_code: 'GBR' },
          },
        },
        { type: 'electronic_record' },
        {
          type: 'document',
          document_details: { type: 'idcard', document_number: 'X 1234', issuer: { country_code: 'DE' } },
        },
      ],
    },
    claims: {
      given_name: 'Max',
      family_name: 'Meier',
      birth_family_name: 'Schuster',
      birthdate: '1956-01-28',
      address: { country_code: 'GB' },
    },
  },
};
const flat = {
  identity_verified: true,
  assurance: 'substantial',
  given_name: 'Priya',
  family_name: 'Marlowe',
  previous_names: [{ given_name: 'Priya', family_name: 'Anand' }],
  birthdate: '1989-04-12',
  document_type: 'passport',
  document_country: 'GBR',
  document_number: 521300101,
  address: { country: 'United Kingdom' },
};
type Claims = typeof verified & typeof flat;
const changed = (claims: unknown, change: (copy: Claims) => unknown) => {
  const copy = structuredClone(claims) as Claims;
  change(copy);
  return copy;
};
const assured = (claims: unknown) => readClaims(readMapping('a', 'identity-assurance'), claims);
const beside = (claims: unknown) => readClaims(readMapping('b', 'flat-claims'), claims);

describe('the examples read', () => {
  const max = {
    names: [
      { given: 'Max', family: 'Meier' },
      { given: 'Max', family: 'Schuster' },
    ],
    birthDate: '1956-01-28',
    documents: [
      { kind: 'passport', issuer: 'GBR', number: '521300101' },
      { kind: 'identity-card', issuer: 'DE', number: 'X 1234' },
    ],
    residence: 'gb',
    assurance: 'medium',
  };
  it('claims of OpenID Connect for Identity Assurance, one or a list', () => {
    expect(assured(verified)).toEqual(max);
    expect(assured({ verified_claims: [verified.verified_claims] })).toEqual(max);
  });

  it('claims that stand beside each other', () => {
    expect(beside(flat)).toEqual({
      names: [
        { given: 'Priya', family: 'Marlowe' },
        { given: 'Priya', family: 'Anand' },
      ],
      birthDate: '1989-04-12',
      documents: [{ kind: 'passport', issuer: 'GBR', number: '521300101' }],
      residence: 'gb',
      assurance: 'medium',
    });
  });

  it('somebody with one name, without documents, from nowhere that is said', () => {
    const claims = { ...flat, family_name: undefined, document_type: 'library card', address: undefined };
    expect(beside({ ...claims, previous_names: undefined })).toMatchObject({
      names: [{ given: 'Priya', family: '' }],
      documents: [],
      residence: 'unknown',
    });
    expect(beside({ ...flat, address: { country: 'FR' } }).residence).toBe('elsewhere');
  });
});

describe('nobody is proved by', () => {
  it.each<[string, (copy: Claims) => unknown]>([
    ['another trust framework', (c) => (c.verified_claims.verification.trust_framework = 'invented')],
    ['no verification', (c) => Reflect.deleteProperty(c.verified_claims, 'verification')],
  ])('%s', (_sin, change) => {
    expect(() => assured(changed(verified, change))).toThrow(
      expect.objectContaining({ code: 'evidence_unproven' }),
    );
  });

  it.each<[string, (copy: Claims) => unknown]>([
    ['a level that is not in the table', (c) => (c.verified_claims.verification.assurance_level = 'low')],
    [
      'a level that every object has',
      (c) => (c.verified_claims.verification.assurance_level = 'constructor'),
    ],
    ['no name', (c) => Object.assign(c.verified_claims.claims, { given_name: '', family_name: ' ' })],
    [
      'a name as long as a book',
      (c) => Object.assign(c.verified_claims.claims, { given_name: 'a'.repeat(201), family_name: {} }),
    ],
    ['a year for a birth date', (c) => (c.verified_claims.claims.birthdate = '1956')],
    ['a birth date that no calendar has', (c) => (c.verified_claims.claims.birthdate = '1956-02-30')],
    ['claims that were not verified', (c) => Reflect.deleteProperty(c.verified_claims, 'claims')],
  ])('%s', (_sin, change) => {
    expect(() => assured(changed(verified, change))).toThrow(
      expect.objectContaining({ code: 'evidence_insufficient' }),
    );
  });

  it('claims that only look verified', () => {
    expect(() => beside({ ...flat, identity_verified: 'yes' })).toThrow(
      expect.objectContaining({ code: 'evidence_unproven' }),
    );
    expect(() => beside({})).toThrow(expect.objectContaining({ code: 'evidence_unproven' }));
  });
});

describe('a mapping is refused at start', () => {
  const usable = {
    about: '',
    scope: 'openid',
    from: 'userinfo',
    names: { current: { given: { at: '/a' }, family: { at: '/b' } } },
    birthDate: '/c',
    documents: [],
    residence: { is: 'unknown' },
    assurance: { is: 'medium' },
  };
  const kept = (value: unknown, name = 'mapping.json') => {
    const path = join(folder, name);
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  };
  it('unless it is whole', () => {
    expect(readMapping('mine', kept(usable)).requires).toEqual([]);
  });
  it.each<[string, unknown, string]>([
    ['JSON that is none', '{', 'not JSON'],
    ['a field too many', { ...usable, script: 'x' }, '(whole)'],
    ['no birth date', { ...usable, birthDate: undefined }, 'birthDate'],
    ['a pointer that is none', { ...usable, birthDate: 'birthdate' }, 'birthDate'],
    ['no openid', { ...usable, scope: 'profile' }, 'scope'],
    ['a level of its own', { ...usable, assurance: { is: 'referee' } }, 'assurance'],
    ['an empty table', { ...usable, assurance: { at: '/x', values: {} } }, 'assurance'],
    ['a book', JSON.stringify({ ...usable, about: 'a'.repeat(40_000) }), 'too long'],
  ])('for %s', (_sin, value, why) => {
    expect(() => readMapping('mine', kept(value))).toThrow(why);
    expect(() => readMapping('mine', kept(value))).toThrow('The mapping of the route mine');
  });
  it('for a file that is not there', () => {
    expect(() => readMapping('mine', 'no-such-example')).toThrow('no such file');
    expect(() => readMapping('mine', '../../config')).toThrow('no such file');
  });
});
