import { describe, expect, it } from 'vitest';
import { mayJoin, mayReply, type Place, whoIsBound } from './policy.ts';

const nothing: Place = { geography: null, told: null };

describe('for people in the UK', () => {
  it.each([
    ['off: everyone', false, { ...nothing, credential: 'elsewhere', geography: 'FR' }, true, 'everyone'],
    [
      'the credential says the UK, whatever else says otherwise',
      true,
      { credential: 'gb', geography: 'FR', told: 'elsewhere' },
      true,
      'credential',
    ],
    [
      'the credential says elsewhere, though the address is in the UK',
      true,
      { credential: 'elsewhere', geography: 'GB', told: 'uk' },
      false,
      'credential',
    ],
    [
      'a credential that does not say: the address decides',
      true,
      { credential: 'unknown', geography: 'GB', told: null },
      true,
      'geography',
    ],
    ['no credential, an address in France', true, { geography: 'FR', told: 'uk' }, false, 'geography'],
    ['neither: what the person says, the UK', true, { geography: null, told: 'uk' }, true, 'told'],
    ['neither: what the person says, elsewhere', true, { geography: null, told: 'elsewhere' }, false, 'told'],
    ['nothing at all: ask', true, nothing, null, 'unknown'],
  ] as const)('%s', (_name, forUk, place, bound, because) => {
    expect(whoIsBound(forUk, place)).toEqual({ bound, because });
  });
});

describe('who may join', () => {
  it.each([
    ['no-rule', true, { open: true, identity: false, gateway: true }],
    ['no-rule', false, { open: true, identity: false, gateway: true }],
    ['ban', true, { open: false, identity: true, gateway: false }],
    ['ban', false, { open: true, identity: true, gateway: true }],
    ['answerable', true, { open: false, identity: false, gateway: true }],
    ['answerable', false, { open: true, identity: false, gateway: true }],
  ] as const)('%s, bound: %s', (rule, bound, ways) => {
    for (const way of ['open', 'identity', 'gateway'] as const)
      expect([way, mayJoin(way, rule, bound)]).toEqual([way, ways[way]]);
  });
});

describe('who may reply', () => {
  const target = { id: 'a', replyRule: 'answerable' } as const;
  it('only answerable accounts, if the author asks for that, and the author', () => {
    expect(mayReply({ id: 'b', answerable: false }, target)).toBe(false);
    expect(mayReply({ id: 'b', answerable: true }, target)).toBe(true);
    expect(mayReply({ id: 'a', answerable: false }, target)).toBe(true);
    expect(mayReply({ id: 'b', answerable: false }, { ...target, replyRule: 'everyone' })).toBe(true);
  });
});
