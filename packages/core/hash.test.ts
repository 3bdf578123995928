import { createHash, createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { encodeScalar } from './curve.ts';
import { expandMessageXmd, hashToScalar, hkdf, hmac, sha256, shake128 } from './hash.ts';
import { randomBytes } from './rng.ts';

describe('hashes', () => {
  it('agree with the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 80 }), (a, b) => {
        expect(toHex(sha256(a))).toBe(createHash('sha256').update(a).digest('hex'));
        expect(toHex(hmac(b, a))).toBe(createHmac('sha256', b).update(a).digest('hex'));
        expect(toHex(shake128(a, 70))).toBe(
          createHash('shake128', { outputLength: 70 }).update(a).digest('hex'),
        );
        expect(toHex(hkdf(a, b, b, 42))).toBe(Buffer.from(hkdfSync('sha256', a, b, b, 42)).toString('hex'));
      }),
    );
  });
  it('expand_message_xmd as RFC 9380 appendix K.1 prints it', () => {
    const dst = utf8('QUUX-V01-CS02-with-expander-SHA256-128');
    expect(toHex(expandMessageXmd(utf8(''), dst, 32))).toBe(
      '68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235',
    );
    expect(toHex(expandMessageXmd(utf8('abc'), dst, 32))).toBe(
      'd8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615',
    );
  });
  it('a scalar changes with the message and with the DST', () => {
    const [m, d] = [utf8('m'), utf8('d')];
    const hex = (message: Uint8Array, dst: Uint8Array) => toHex(encodeScalar(hashToScalar(message, dst)));
    expect(hex(m, d)).toBe(hex(fromHex('6d'), d));
    expect(new Set([hex(m, d), hex(d, m), hex(m, m), hex(d, d)]).size).toBe(4);
    expect(() => hashToScalar(m, new Uint8Array(0))).toThrow(/bug/);
    expect(() => hashToScalar(m, new Uint8Array(256))).toThrow(/bug/);
  });
});

describe('randomness', () => {
  it('has the length asked for, and does not repeat', () => {
    expect(randomBytes(0).length).toBe(0);
    expect(randomBytes(48).length).toBe(48);
    expect(toHex(randomBytes(32))).not.toBe(toHex(randomBytes(32)));
  });
  it('refuses a length it could not fill', () => {
    for (const length of [-1, 1.5, 65_537, Number.NaN]) expect(() => randomBytes(length)).toThrow(/bug/);
  });
});
