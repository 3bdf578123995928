import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concat,
  equalBytes,
  fromBase64url,
  fromHex,
  i2osp,
  os2ip,
  toBase64url,
  toHex,
  utf8,
} from './bytes.ts';
import { Malformed } from './errors.ts';

const octets = fc.uint8Array({ maxLength: 70 });

describe('bytes', () => {
  it('base64url and hex agree with the platform and come back', () => {
    fc.assert(
      fc.property(octets, (bytes) => {
        expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });
  it.each(['A', 'AAAAA', 'AA==', 'AB', 'AAB', 'A+AA', 'A/AA', 'AA AA', 'AA\n', 'ÄAAA', '😀A'])(
    'base64url refuses %j',
    (text) => {
      expect(() => fromBase64url(text, 'nonce')).toThrow(Malformed);
    },
  );
  it('each octet string has one base64url: changing any letter changes or breaks it', () => {
    fc.assert(
      fc.property(octets, fc.nat(), fc.constantFrom(...'ABcdwxyz0189-_'), (bytes, at, letter) => {
        const text = toBase64url(bytes);
        if (text.length === 0 || text[at % text.length] === letter) return;
        const changed = text.slice(0, at % text.length) + letter + text.slice((at % text.length) + 1);
        let read: Uint8Array | undefined;
        try {
          read = fromBase64url(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
        if (read) expect(read).not.toEqual(bytes);
      }),
    );
  });
  it.each(['0', 'AB', '0x', 'zz', ' 00', '00 '])('hex refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(Malformed);
  });
  it('a refusal names field and shape, never the value', () => {
    expect(() => fromHex('SECRET', 'nonce')).toThrow(/^nonce: expected lower-case hex of even length$/);
  });
  it('integers are big-endian and come back; what does not fit is a bug', () => {
    fc.assert(
      fc.property(octets, (bytes) => {
        expect(i2osp(os2ip(bytes), bytes.length)).toEqual(bytes);
      }),
    );
    expect(toHex(i2osp(258, 4))).toBe('00000102');
    expect(() => i2osp(256, 1)).toThrow(/bug/);
    expect(() => i2osp(-1n, 8)).toThrow(/bug/);
    expect(() => i2osp(0.5, 8)).toThrow(/bug/);
  });
  it('equal means equal in length and in every octet', () => {
    fc.assert(
      fc.property(octets, octets, (a, b) => {
        expect(equalBytes(a, b)).toBe(toHex(a) === toHex(b));
        expect(equalBytes(a, a.slice())).toBe(true);
      }),
    );
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false);
  });
  it('joins in order and refuses half a character', () => {
    expect(toHex(concat(new Uint8Array([1]), new Uint8Array(0), new Uint8Array([2, 3])))).toBe('010203');
    expect(() => utf8('a\ud800')).toThrow(Malformed);
    expect(toHex(utf8('é'))).toBe('c3a9');
  });
});
