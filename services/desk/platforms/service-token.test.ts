import { describe, expect, it } from 'vitest';
import { isSignedBy, readServiceToken } from './service-token.ts';
import { accountKey, jwt } from './testing/service-jwt.ts';

const service = 'did:web:desk.example';
const method = 'com.atproto.moderation.createReport';
const now = 1_795_780_800;
const iss = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
const p256 = accountKey('ES256');
const k256 = accountKey('ES256K');
const good = { iss, aud: service, lxm: method, exp: now + 60, iat: now, jti: 'abc' };
const read = (token: string) => readServiceToken(`Bearer ${token}`, service, method, now);

describe('a service token', () => {
  it.each([
    ['ES256', p256],
    ['ES256K', k256],
  ] as const)('%s holds under the account’s key', (alg, key) => {
    const token = read(jwt({ alg, typ: 'JWT' }, good, key));
    expect(token).toMatchObject({ did: iss, id: 'abc', alg });
    expect(isSignedBy(token, key.multibase)).toBe(true);
  });
  it('may name the labeler of the service, and a service of the issuer', () => {
    const token = jwt(
      { alg: 'ES256K' },
      { ...good, aud: `${service}#atproto_labeler`, iss: `${iss}#atproto_labeler` },
      k256,
    );
    expect(read(token).did).toBe(iss);
  });

  const token = (change: object, header: object = {}) =>
    jwt({ alg: 'ES256K', ...header }, { ...good, ...change }, k256);
  it.each([
    ['for another service', token({ aud: 'did:web:other.example' })],
    ['for another part of the service', token({ aud: `${service}#other` })],
    ['for another method', token({ lxm: 'com.atproto.repo.createRecord' })],
    ['for no method', token({ lxm: undefined })],
    ['that ended', token({ exp: now })],
    ['that lasts for a day', token({ exp: now + 86_400 })],
    ['that never ends', token({ exp: undefined })],
    ['that ends at a word', token({ exp: 'never' })],
    ['from the future', token({ iat: now + 3_600 })],
    ['of nobody', token({ iss: 'alice' })],
    ['of a did of another method', token({ iss: 'did:key:z6Mk' })],
    ['of the algorithm none', token({}, { alg: 'none' })],
    ['of a shared secret', token({}, { alg: 'HS256' })],
    ['of RSA', token({}, { alg: 'RS256' })],
    ['that is an access token', token({}, { typ: 'at+jwt' })],
    ['that is a refresh token', token({}, { typ: 'refresh+jwt' })],
    ['that is a proof of possession', token({}, { typ: 'dpop+jwt' })],
    ['with a critical extension', token({}, { crit: ['b64'] })],
    ['of two parts', token({}).split('.').slice(0, 2).join('.')],
    ['of 5,000 characters', token({ jti: 'x'.repeat(150), iss: `${iss}#${'y'.repeat(5_000)}` })],
    ['that is no JSON', 'YQ.YQ.YQ'],
    ['that is empty', ''],
  ])('refused: %s', (_sin, text) => expect(() => read(text)).toThrow('sign in'));
  it('refused: none at all, or in another scheme', () => {
    for (const header of [undefined, '', `Basic ${token({})}`, `bearer ${token({})}`])
      expect(() => readServiceToken(header, service, method, now)).toThrow('sign in');
  });

  it.each([
    ['the key of another account', accountKey('ES256K').multibase],
    ['a key of another curve', p256.multibase],
    ['a key of the other curve’s kind', `z${p256.multibase.slice(2)}`],
    ['a key cut short', k256.multibase.slice(0, -1)],
    ['a key that is not base58', `z${'0'.repeat(48)}`],
    ['another multibase', k256.multibase.replace('z', 'u')],
    ['an empty key', ''],
    ['a key of 10,000 characters', `z${'2'.repeat(10_000)}`],
  ])('does not hold under %s', (_sin, multibase) => {
    expect(isSignedBy(read(token({})), multibase)).toBe(false);
  });
  it('does not hold when a word was changed, or the signature is in another form', () => {
    const [head, , signature] = token({}).split('.');
    const changed = Buffer.from(JSON.stringify({ ...good, jti: 'other' })).toString('base64url');
    expect(isSignedBy(read(`${head}.${changed}.${signature}`), k256.multibase)).toBe(false);
    expect(isSignedBy(read(`${token({})}AA`), k256.multibase)).toBe(false);
    expect(isSignedBy(read(token({}).replace(/[^.]+$/, '')), k256.multibase)).toBe(false);
  });
});
