/** Logout tokens, right and wrong. */
import { practiceClock } from '@answerable/kit/clock';
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { logoutTokenCheck } from './logout-token.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
const start = new Date('2026-11-23T12:00:00Z');
const seconds = Math.floor(start.getTime() / 1000);
let own: { privateKey: CryptoKey; publicKey: CryptoKey };
let other: CryptoKey;
let check: (token: string) => Promise<unknown>;
beforeAll(async () => {
  own = await generateKeyPair('ES256');
  other = (await generateKeyPair('ES256')).privateKey;
});
beforeEach(() => {
  const checked = logoutTokenCheck(practiceClock(start));
  const about = {
    issuer: 'https://provider.example/',
    audience: 'registrar',
    keys: async () => own.publicKey,
  };
  check = (token) => checked(token, about);
});

const good = {
  iss: 'https://provider.example/',
  aud: 'registrar',
  sub: 'somebody',
  iat: seconds,
  exp: seconds + 120,
  jti: 'one',
  events: { [event]: {} },
};
const sign = (changed: Record<string, unknown> = {}, by = own.privateKey) =>
  new SignJWT({ ...good, ...changed }).setProtectedHeader({ alg: 'ES256' }).sign(by);

it('says whose sessions are over, by subject, by session or both', async () => {
  expect(await check(await sign())).toEqual({ issuer: good.iss, subject: 'somebody' });
  const bySession = await sign({ sub: undefined, sid: 'there', jti: 'two' });
  expect(await check(bySession)).toEqual({ issuer: good.iss, session: 'there' });
  expect(await check(await sign({ exp: undefined, jti: 'three' }))).toMatchObject({ subject: 'somebody' });
});

describe('refuses', () => {
  it.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://other.example/' }],
    ['another client', { aud: 'another' }],
    ['a token of the future', { iat: seconds + 60 }],
    ['an old token', { iat: seconds - 400 }],
    ['a token that is over', { exp: seconds - 1 }],
    ['no day of issue', { iat: undefined }],
    ['no name of its own', { jti: undefined }],
    ['nobody', { sub: undefined }],
    ['no event', { events: {} }],
    ['another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
    ['an event that is no object', { events: { [event]: true } }],
    ['an event that is a list', { events: { [event]: [] } }],
    ['an id token', { nonce: 'a nonce', events: { [event]: {} } }],
  ])('%s', async (_sin, changed) => {
    await expect(check(await sign(changed))).rejects.toMatchObject({ code: 'malformed' });
  });

  it('a signature of somebody else, and the same token again', async () => {
    await expect(check(await sign({}, other))).rejects.toMatchObject({ code: 'malformed' });
    const once = await sign();
    await check(once);
    await expect(check(once)).rejects.toMatchObject({ code: 'malformed' });
  });
});
