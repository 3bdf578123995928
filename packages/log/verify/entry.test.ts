import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from './encoding.ts';
import { decodeEntry, ENTRY_STEP_BYTES, encodeEntry, type LogEntry } from './entry.ts';
import { MalformedLogData } from './errors.ts';

const padded = (json: string, size = ENTRY_STEP_BYTES): Uint8Array => {
  const bytes = new Uint8Array(size).fill(0x20);
  bytes.set(utf8(json));
  return bytes;
};

describe('an entry', () => {
  const value = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
      fc.boolean(),
    ),
    list: fc.array(tie('leaf'), { maxLength: 4 }),
    value: fc.oneof(tie('leaf'), tie('list'), fc.constant(null)),
  })).value;
  const body = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), value, { maxKeys: 5 });

  it('is read as it was written, in one size', () => {
    fc.assert(
      fc.property(body, (more) => {
        const entry = { ...more, v: 1, kind: 'some-kind' } as LogEntry;
        const bytes = encodeEntry(entry);
        expect(bytes).toHaveLength(ENTRY_STEP_BYTES);
        expect(encodeEntry(decodeEntry(bytes))).toEqual(bytes);
        expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(decodeEntry(bytes));
      }),
      { numRuns: 100 },
    );
  });

  it('of up to four steps has the next whole step', () => {
    const of = (length: number) => encodeEntry({ v: 1, kind: 'long', text: 'x'.repeat(length) }).length;
    const overhead = '{"kind":"long","text":"","v":1}'.length;
    expect(of(1024 - overhead)).toBe(1024);
    expect(of(1025 - overhead)).toBe(2048);
    expect(of(4096 - overhead)).toBe(4096);
    expect(() => of(4097 - overhead)).toThrow(MalformedLogData);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['only padding', padded('')],
    ['not a whole step', padded('{"kind":"a","v":1}', 1000)],
    ['a step too many', padded('{"kind":"a","v":1}', 2048)],
    ['five steps', padded(`{"kind":"a","text":"${'x'.repeat(4200)}","v":1}`, 5120)],
    ['padding of another kind', padded('{"kind":"a","v":1}\n')],
    ['padding before', padded(' {"kind":"a","v":1}')],
    ['members out of order', padded('{"v":1,"kind":"a"}')],
    ['a member twice', padded('{"kind":"a","kind":"a","v":1}')],
    ['white space inside', padded('{"kind": "a","v":1}')],
    ['a number written otherwise', padded('{"kind":"a","n":1e2,"v":1}')],
    ['a fraction', padded('{"kind":"a","n":0.5,"v":1}')],
    ['a number beyond 2^53', padded('{"kind":"a","n":9007199254740993,"v":1}')],
    ['minus zero', padded('{"kind":"a","n":-0,"v":1}')],
    ['an escape that is not needed', padded('{"kind":"\\u0061","v":1}')],
    ['a lone surrogate', padded('{"kind":"a","s":"\\ud800","v":1}')],
    ['no UTF-8', Uint8Array.of(0xff, ...padded('{"kind":"a","v":1}').slice(1))],
    ['no JSON', padded('{"kind":"a","v":1')],
    ['a list', padded('[1]')],
    ['no kind', padded('{"v":1}')],
    ['a kind in capitals', padded('{"kind":"A","v":1}')],
    ['another version', padded('{"kind":"a","v":2}')],
    ['too many levels', padded('{"a":[[[[[[1]]]]]],"kind":"a","v":1}')],
  ])('with %s is refused', (_, bytes) => {
    expect(() => decodeEntry(bytes)).toThrow(MalformedLogData);
  });

  it('that is no JSON value is not written', () => {
    const wrong = [{ n: undefined }, { n: 0.1 }, { n: Number.NaN }, { n: -0 }, { n: 1n }, { s: '\ud800' }];
    for (const more of wrong)
      expect(() => encodeEntry({ v: 1, kind: 'a', ...more } as unknown as LogEntry)).toThrow(
        MalformedLogData,
      );
  });
});
