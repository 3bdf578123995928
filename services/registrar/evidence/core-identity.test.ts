/** The signed identity of a provider, right and wrong. */
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CoreIdentityCheck, readCoreIdentity } from './core-identity.ts';

const did = 'did:web:identity.example';
const now = new Date('2026-11-23T12:00:00Z');
const seconds = Math.floor(now.getTime() / 1000);

let key: CryptoKey;
let strangersKey: CryptoKey;
let document: { id: string; assertionMethod: { id: string; publicKeyJwk: JWK }[] };
beforeAll(async () => {
  const [own, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  key = own.privateKey;
  strangersKey = stranger.privateKey;
  document = {
    id: did,
    assertionMethod: [{ id: `${did}#key`, publicKeyJwk: await exportJWK(own.publicKey) }],
  };
});

const check = (served: unknown = document): CoreIdentityCheck => ({
  didUrl: 'https://identity.example/.well-known/did.json',
  issuer: 'https://identity.example/',
  audience: 'registrar',
  subject: 'subject',
  now,
  fetch: (async () => Response.json(served)) as typeof fetch,
});
const name = (given: string, family: string, validUntil?: string) => ({
  nameParts: [
    { type: 'GivenName', value: given },
    { type: 'FamilyName', value: family },
  ],
  ...(validUntil ? { validUntil } : {}),
});
const person = {
  name: [name('Ada', 'Byron', '1835-07-08'), name('Ada', 'Lovelace')],
  birthDate: [{ value: '1815-12-10' }],
};

interface Changed {
  vot?: string;
  subject?: string;
  audience?: string;
  issuer?: string;
  expires?: number;
  kid?: string;
  by?: CryptoKey;
  credentialSubject?: unknown;
}
const sign = (changed: Changed = {}) =>
  new SignJWT({ vot: changed.vot ?? 'P2', vc: { credentialSubject: changed.credentialSubject ?? person } })
    .setProtectedHeader({ alg: 'ES256', kid: changed.kid ?? `${did}#key` })
    .setIssuer(changed.issuer ?? 'https://identity.example/')
    .setAudience(changed.audience ?? 'registrar')
    .setSubject(changed.subject ?? 'subject')
    .setExpirationTime(changed.expires ?? seconds + 60)
    .sign(changed.by ?? key);

it('gives the names on record, the current one first, the birth date and the level', async () => {
  expect(await readCoreIdentity(await sign(), check())).toEqual({
    names: [
      { given: 'Ada', family: 'Lovelace' },
      { given: 'Ada', family: 'Byron' },
    ],
    birthDate: '1815-12-10',
    assurance: 'medium',
  });
});

describe('refuses', () => {
  it.each<[string, Changed]>([
    ['another person', { subject: 'somebody else' }],
    ['a statement for another client', { audience: 'another' }],
    ['another issuer', { issuer: 'https://other.example/' }],
    ['what has expired', { expires: seconds - 1 }],
    ['a level that proves nobody', { vot: 'P1' }],
    ['no level', { vot: '' }],
    ['a key that the document does not have', { kid: `${did}#other` }],
    ['a key of another document', { kid: 'did:web:other.example#key' }],
    ['no name', { credentialSubject: { ...person, name: [] } }],
    ['a birth date that is none', { credentialSubject: { ...person, birthDate: [{ value: 'yesterday' }] } }],
  ])('%s', async (_sin, changed) => {
    await expect(readCoreIdentity(await sign(changed), check())).rejects.toMatchObject({
      code: 'evidence_refused',
    });
  });

  it('a signature of somebody else', async () => {
    await expect(readCoreIdentity(await sign({ by: strangersKey }), check())).rejects.toMatchObject({
      code: 'evidence_refused',
    });
    await expect(readCoreIdentity('none', check())).rejects.toMatchObject({ code: 'evidence_refused' });
  });

  it('a document that speaks for another one', async () => {
    const other = { ...document, id: 'did:web:other.example' };
    await expect(readCoreIdentity(await sign(), check(other))).rejects.toMatchObject({
      code: 'evidence_refused',
    });
  });

  it('and is unavailable when there is no document', async () => {
    await expect(readCoreIdentity(await sign(), check('not a document'))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
