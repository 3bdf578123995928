/** The signed identity of a provider, right and wrong. */

import type { Clock } from '@answerable/kit/clock';
import { practiceClock } from '@answerable/kit/clock';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { coreIdentityReader } from './core-identity.ts';

const did = 'did:web:identity.example';
const now = new Date('2026-11-23T12:00:00Z');
const clock = { now: () => now };
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

const readerOf = (served: () => Response, at: Clock = clock) =>
  coreIdentityReader({
    didUrl: 'https://identity.example/.well-known/did.json',
    issuer: 'https://identity.example/',
    audience: 'registrar',
    clock: at,
    fetch: (async () => served()) as typeof fetch,
  });
const read = (jwt: string, served: unknown = document) =>
  readerOf(() => Response.json(served))(jwt, 'subject');
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
  expect(await read(await sign())).toEqual({
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
    ['a key that the document does not have', { kid: `${did}#other` }],
    ['a key of another document', { kid: 'did:web:other.example#key' }],
    ['no name', { credentialSubject: { ...person, name: [] } }],
    ['a birth date that is none', { credentialSubject: { ...person, birthDate: [{ value: 'yesterday' }] } }],
  ])('%s', async (_sin, changed) => {
    await expect(read(await sign(changed))).rejects.toMatchObject({
      code: 'evidence_refused',
    });
  });

  it.each(['P0', 'P1', '', 'constructor'])('a level that proves nobody: %j', async (vot) => {
    await expect(read(await sign({ vot }))).rejects.toMatchObject({ code: 'evidence_insufficient' });
  });

  it('a signature of somebody else', async () => {
    await expect(read(await sign({ by: strangersKey }))).rejects.toMatchObject({
      code: 'evidence_refused',
    });
    await expect(read('none')).rejects.toMatchObject({ code: 'evidence_refused' });
  });

  it('a document that speaks for another one', async () => {
    const other = { ...document, id: 'did:web:other.example' };
    await expect(read(await sign(), other)).rejects.toMatchObject({
      code: 'evidence_refused',
    });
  });

  it('and is unavailable when there is no document', async () => {
    await expect(read(await sign(), 'not a document')).rejects.toMatchObject({
      code: 'evidence_unavailable',
    });
  });
});

describe('when the provider’s keys change', () => {
  const served = (keys: unknown, cacheControl: string) => () =>
    Response.json(keys, { headers: { 'cache-control': cacheControl } });
  const renamed = () => ({
    id: did,
    assertionMethod: document.assertionMethod.map((method) => ({ ...method, id: `${did}#newer` })),
  });

  it('fetches the document anew for a key that it does not know, and not more than once a minute', async () => {
    const moving = practiceClock(now);
    let calls = 0;
    let current: unknown = document;
    const reader = readerOf(() => {
      calls += 1;
      return served(current, 'max-age=3600, private')();
    }, moving);
    await reader(await sign(), 'subject');
    await reader(await sign(), 'subject');
    expect(calls).toBe(1);
    current = renamed();
    const newer = await sign({ kid: `${did}#newer` });
    await expect(reader(newer, 'subject')).rejects.toMatchObject({ code: 'evidence_refused' });
    expect(calls).toBe(1);
    moving.advance({ seconds: 61 });
    await reader(await sign({ kid: `${did}#newer`, expires: seconds + 600 }), 'subject');
    expect(calls).toBe(2);
    // The old one is gone: it is trusted no more.
    await expect(reader(await sign({ expires: seconds + 600 }), 'subject')).rejects.toMatchObject({
      code: 'evidence_refused',
    });
  });

  it('trusts what it has while the provider does not answer, and not for ever', async () => {
    const moving = practiceClock(now);
    let answers = true;
    const reader = readerOf(
      () => (answers ? served(document, 'max-age=60')() : new Response('', { status: 503 })),
      moving,
    );
    const lasting = await sign({ expires: seconds + 10 * 86_400 });
    await reader(lasting, 'subject');
    answers = false;
    moving.advance({ hours: 12 });
    await reader(lasting, 'subject');
    moving.advance({ hours: 13 });
    await expect(reader(lasting, 'subject')).rejects.toMatchObject({ code: 'evidence_unavailable' });
  });

  it.each(['max-age=999999999', 'max-age=86400'])(
    'asks again after a day, whatever it says: %s',
    async (said) => {
      const moving = practiceClock(now);
      let calls = 0;
      const reader = readerOf(() => {
        calls += 1;
        return served(document, said)();
      }, moving);
      const lasting = await sign({ expires: seconds + 10 * 86_400 });
      await reader(lasting, 'subject');
      moving.advance({ days: 1, seconds: 1 });
      await reader(lasting, 'subject');
      expect(calls).toBe(2);
    },
  );
});
