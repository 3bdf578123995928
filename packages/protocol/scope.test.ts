import { toBase64url, utf8 } from '@answerable/core/bytes';
import { describe, expect, it } from 'vitest';
import { platformScope, scope, scopeHolds, scopeId } from './scope.ts';
import { gatewayParty } from './trust-policy.ts';

const gateway = { origin: 'https://gateway.example', atproto: ['town'] };

it('of a forum is what it always was, byte for byte', () => {
  const old = '{"kind":"platform","origin":"https://gateway.example","platform":"forum","protocol":"openid"}';
  const bytes = Buffer.from(scopeId(platformScope(gateway, 'forum')));
  expect(bytes.includes(Buffer.from(utf8(old)))).toBe(true);
  expect(scopeId(platformScope({ origin: gateway.origin }, 'forum'))).toEqual(new Uint8Array(bytes));
});

it('of a server of the AT Protocol is another than that of a forum of the same name', () => {
  const town = scopeId(platformScope(gateway, 'town'));
  expect(toBase64url(town)).not.toBe(toBase64url(scopeId(platformScope({ origin: gateway.origin }, 'town'))));
});

describe('does not hold', () => {
  const right = platformScope(gateway, 'town');
  it.each<[string, object]>([
    ['with the other protocol', { ...right, protocol: 'openid' }],
    ['with a protocol that the policy does not give the platform', { ...right, platform: 'forum' }],
    ['at another origin', { ...right, origin: 'https://phish.example' }],
  ])('%s', (_sin, stated) => {
    expect(scopeHolds(gateway, right)).toBe(true);
    expect(scopeHolds(gateway, scope.parse(stated))).toBe(false);
  });
  it('a protocol that nobody knows', () => {
    expect(scope.safeParse({ ...right, protocol: 'ATproto' }).success).toBe(false);
  });
});

it('a policy gives no protocol to a platform that is not the gateway’s', () => {
  const key = 'A'.repeat(43);
  const party = { name: 'gateway', title: 'Gateway', signingKey: key, platforms: ['town'], ...gateway };
  expect(gatewayParty.safeParse(party).success).toBe(true);
  expect(gatewayParty.safeParse({ ...party, atproto: ['bank'] }).success).toBe(false);
});
