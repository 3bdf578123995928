import { toBase64url } from '@answerable/core/bytes';
import type { PublicKeySet } from '@answerable/core/ceremony/key';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import { describe, expect, it } from 'vitest';
import { issuerKeyAt, type TrustPolicy } from './trust-policy.ts';
import { checkTrustPolicy } from './trust-policy-check.ts';

const opening = drawSharedKey('opening', 2, 3).keys;
const tags = drawSharedKey('tag', 2, 3).keys;

const stated = ({ threshold, publicKey }: PublicKeySet) => ({ threshold, publicKey: toBase64url(publicKey) });
const sharers = (kind: string, { verificationKeys }: PublicKeySet) =>
  verificationKeys.map((key, i) => ({
    name: `${kind}-${i + 1}`,
    index: i + 1,
    verificationKey: toBase64url(key),
  }));
const policyOf = (openingKey: PublicKeySet, tagKey: PublicKeySet) =>
  ({
    registrar: { name: 'registrar' },
    opening: { ...stated(openingKey), guardians: sharers('guardian', openingKey) },
    tags: { ...stated(tagKey), keepers: sharers('keeper', tagKey) },
    gateways: [{ name: 'gateway' }],
    authorities: [{ name: 'authority' }],
    releases: { publisher: 'publisher' },
  }) as TrustPolicy;
const good = policyOf(opening, tags);
const withGuardians = (guardians: object[]) =>
  ({ ...good, opening: { ...good.opening, guardians } }) as TrustPolicy;
const withKeepers = (keepers: object[]) => ({ ...good, tags: { ...good.tags, keepers } }) as TrustPolicy;
const [first, second, third] = good.opening.guardians as [object, object, object];

const withIssuers = (nextIssuerKeys: { fromEpoch: number; issuerKey: string }[]) =>
  ({ ...good, registrar: { ...good.registrar, issuerKey: 'one', nextIssuerKeys } }) as TrustPolicy;

describe('issuer keys that follow each other', () => {
  const policy = withIssuers([
    { fromEpoch: 10, issuerKey: 'two' },
    { fromEpoch: 12, issuerKey: 'three' },
  ]);
  it.each([
    [0, 'one'],
    [9, 'one'],
    [10, 'two'],
    [11, 'two'],
    [12, 'three'],
    [99, 'three'],
  ])('in epoch %i it is %s that signs, and no other', (epoch, key) => {
    expect(() => checkTrustPolicy(policy)).not.toThrow();
    expect(issuerKeyAt(policy, epoch)).toBe(key);
  });
  it('are refused out of order, at one time, or one of them twice', () => {
    for (const later of [
      [
        { fromEpoch: 12, issuerKey: 'two' },
        { fromEpoch: 10, issuerKey: 'three' },
      ],
      [
        { fromEpoch: 10, issuerKey: 'two' },
        { fromEpoch: 10, issuerKey: 'three' },
      ],
      [
        { fromEpoch: 10, issuerKey: 'two' },
        { fromEpoch: 12, issuerKey: 'two' },
      ],
      [{ fromEpoch: 10, issuerKey: 'one' }],
    ])
      expect(() => checkTrustPolicy(withIssuers(later))).toThrow(
        expect.objectContaining({ code: 'policy_mismatch' }),
      );
  });
});

describe('the shared keys of a trust policy', () => {
  it('are taken as a ceremony makes them, in whatever order they are listed', () => {
    expect(() => checkTrustPolicy(good)).not.toThrow();
    expect(() => checkTrustPolicy(withGuardians([third, first, second]))).not.toThrow();
  });

  const bent: Record<string, TrustPolicy> = {
    'a foreign opening key over honest shares': policyOf(
      { ...opening, publicKey: drawSharedKey('opening', 2, 3).keys.publicKey },
      tags,
    ),
    'a foreign tag key over honest shares': policyOf(opening, {
      ...tags,
      publicKey: drawSharedKey('tag', 2, 3).keys.publicKey,
    }),
    'the tag key as the opening key': policyOf(tags, tags),
    'the tag key’s public half over the guardians’ shares': policyOf(
      { ...opening, publicKey: tags.publicKey },
      tags,
    ),
    'swapped indexes': withGuardians([{ ...first, index: 2 }, { ...second, index: 1 }, third]),
    'one index twice': withGuardians([first, second, { ...third, index: 2 }]),
    'an index beyond n': withGuardians([first, second, { ...third, index: 4 }]),
    'a share that is not of the polynomial': withGuardians([
      first,
      second,
      { ...third, verificationKey: toBase64url(drawSharedKey('opening', 2, 3).keys.publicKey) },
    ]),
    'a verification key that is no point': withGuardians([
      first,
      second,
      { ...third, verificationKey: toBase64url(new Uint8Array(48)) },
    ]),
    'a threshold that is not the polynomial’s': {
      ...policyOf(drawSharedKey('opening', 3, 5).keys, tags),
      ...{ opening: { ...policyOf(drawSharedKey('opening', 3, 5).keys, tags).opening, threshold: 2 } },
    },
    'a threshold of all': policyOf({ ...opening, threshold: 3 }, tags),
    'a publisher with a gateway’s name': {
      ...good,
      releases: { ...good.releases, publisher: 'gateway' },
    },
    'a keeper with a guardian’s name': withKeepers(
      good.tags.keepers.map((keeper, i) => (i === 0 ? { ...keeper, name: 'guardian-1' } : keeper)),
    ),
  };
  it.each(Object.entries(bent))('are refused: %s', (_, policy) => {
    expect(() => checkTrustPolicy(policy)).toThrow(expect.objectContaining({ code: 'policy_mismatch' }));
  });
});
