import { describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8 } from '../bytes.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { drawSealingKey, openFrom, sealTo, sealWith } from './envelope.ts';

describe('sealing to a party', () => {
  test('RFC 9180 appendix A.2.1, message 0', () => {
    const sealed = sealWith(
      fromHex('f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600'),
      fromHex('4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a'),
      utf8('Ode on a Grecian Urn'),
      utf8('Count-0'),
      utf8('Beauty is truth, truth beauty'),
    );
    expect(toHex(sealed)).toBe(
      '1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a' +
        '1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28',
    );
  });

  const party = drawSealingKey();
  const label = utf8('share of case 7 for the county court');

  test('opens for the party, under the label, unaltered, and not otherwise', () => {
    const sealed = sealTo(party.publicKey, label, utf8('share'));
    expect(openFrom(party.secretKey, label, sealed)).toEqual(utf8('share'));
    expect(() => openFrom(drawSealingKey().secretKey, label, sealed)).toThrow(ProofFailed);
    expect(() => openFrom(party.secretKey, utf8('share of case 8'), sealed)).toThrow(ProofFailed);
    for (let at = 0; at < sealed.length; at++) {
      const altered = sealed.slice();
      altered[at]! ^= 1;
      expect(() => openFrom(party.secretKey, label, altered)).toThrow();
    }
    expect(() => openFrom(party.secretKey, label, sealed.slice(0, 47))).toThrow(Malformed);
  });

  test('a key of small order is refused on both sides', () => {
    expect(() => sealTo(new Uint8Array(32), label, utf8('share'))).toThrow(Malformed);
    expect(() => openFrom(party.secretKey, label, new Uint8Array(64))).toThrow(Malformed);
  });
});
