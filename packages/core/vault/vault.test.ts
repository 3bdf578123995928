import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../bytes.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { frame } from '../frame.ts';
import { randomBytes } from '../rng.ts';
import {
  DRAWER_BYTES,
  emptyDrawer,
  lockedDrawer,
  openDrawer,
  putSlip,
  SLIP_BYTES_MAX,
  SLIPS_MAX,
  saltOfDrawer,
} from './drawer.ts';
import { BOX_OVERHEAD_BYTES, openBox, sealBox } from './seal.ts';
import {
  drawDataKey,
  nameDataKey,
  stretchPassphrase,
  unwrapDataKey,
  type WayName,
  wrapDataKey,
} from './wrap.ts';

const key = randomBytes(32);
const dataKey = drawDataKey();
const name = nameDataKey(dataKey);
const way: WayName = { kind: 'passkey', id: 'one' };
const wrap = wrapDataKey(key, way, dataKey);
const octets = fc.uint8Array({ maxLength: 300 });
const text = (slip: Uint8Array) => new TextDecoder().decode(slip);

describe('a box', () => {
  test('gives back what was sealed, under its key and purpose', () => {
    fc.assert(
      fc.property(octets, octets, (purpose, plain) => {
        const box = sealBox(key, purpose, plain);
        expect(box.length).toBe(plain.length + BOX_OVERHEAD_BYTES);
        expect(openBox(key, purpose, box)).toEqual(plain);
      }),
      { numRuns: 30 },
    );
  });
  test('of one thing differs each time, in every part', () => {
    const [a, b] = [sealBox(key, name, dataKey), sealBox(key, name, dataKey)];
    for (const [from, to] of [
      [0, 32],
      [32, 64],
      [64, 96],
    ])
      expect(a.subarray(from, to)).not.toEqual(b.subarray(from, to));
  });
});

describe('a wrap refuses, in one way and without a reason', () => {
  const refused = (act: () => unknown) => {
    expect(act).toThrow(ProofFailed);
    expect(act).toThrow(/^proof failed$/);
  };
  test('what was altered in any octet', () => {
    fc.assert(
      fc.property(fc.nat(wrap.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = wrap.map((octet, i) => (i === at ? octet ^ change : octet));
        refused(() => unwrapDataKey(key, way, name, altered));
      }),
      { numRuns: 60 },
    );
  });
  test('what was cut short or made longer', () => {
    for (let length = 0; length < wrap.length; length++)
      refused(() => unwrapDataKey(key, way, name, wrap.subarray(0, length)));
    refused(() => unwrapDataKey(key, way, name, new Uint8Array([...wrap, 0])));
  });
  test('another key, another kind, another name, the wrap of another vault', () => {
    refused(() => unwrapDataKey(randomBytes(32), way, name, wrap));
    refused(() => unwrapDataKey(key, { ...way, kind: 'passphrase' }, name, wrap));
    refused(() => unwrapDataKey(key, { ...way, id: 'two' }, name, wrap));
    refused(() => unwrapDataKey(key, way, nameDataKey(drawDataKey()), wrap));
  });
  test('two wraps of one vault, exchanged', () => {
    const second: WayName = { kind: 'passkey', id: 'two' };
    const other = wrapDataKey(key, second, dataKey);
    refused(() => unwrapDataKey(key, way, name, other));
    refused(() => unwrapDataKey(key, second, name, wrap));
  });
  test('a key that is not the one the vault names, though it was sealed for it', () => {
    const purpose = frame(utf8('answerable/v1/vault/wrap'), utf8(way.kind), utf8(way.id), name);
    refused(() => unwrapDataKey(key, way, name, sealBox(key, purpose, drawDataKey())));
    expect(unwrapDataKey(key, way, name, sealBox(key, purpose, dataKey))).toEqual(dataKey);
  });
  test('nothing when all is as it was', () => {
    expect(unwrapDataKey(key, way, name, wrap)).toEqual(dataKey);
  });
});

describe('a passphrase', () => {
  const salt = randomBytes(16);
  test('is one however it is composed', () => {
    const stretched = stretchPassphrase('Café au lait', salt);
    expect(stretchPassphrase(' Cafe\u0301 au lait ', salt)).toEqual(stretched);
    expect(stretchPassphrase('Café au lait', randomBytes(16))).not.toEqual(stretched);
  });
  test('too short, too long or of spaces is no passphrase', () => {
    for (const bad of ['', '12345', '     a     ', 'x'.repeat(201)])
      expect(() => stretchPassphrase(bad, salt)).toThrow(Malformed);
  });
});

describe('a drawer', () => {
  const salt = randomBytes(16);
  const kept = putSlip(lockedDrawer(key, salt, emptyDrawer()), utf8('one'));
  const places = (drawer: Uint8Array) => drawer.slice(-SLIPS_MAX * 448);

  test('is of one size, used or not', () => {
    for (const drawer of [emptyDrawer(), putSlip(emptyDrawer(), utf8('one')), kept])
      expect(drawer.length).toBe(DRAWER_BYTES);
    expect(saltOfDrawer(kept)).toEqual(salt);
  });
  test('gives its slips back, newest first, to its key alone', () => {
    const drawer = putSlip(kept, utf8('two'));
    expect(openDrawer(drawer, key).map(text)).toEqual(['two', 'one']);
    expect(() => openDrawer(drawer, randomBytes(32))).toThrow(ProofFailed);
  });
  test('that nobody chose a passphrase for refuses as for a wrong one', () => {
    expect(() => openDrawer(putSlip(emptyDrawer(), utf8('one')), key)).toThrow(ProofFailed);
  });
  test('with a new passphrase, or emptied, gives back nothing of before, and its places do not change', () => {
    const other = randomBytes(32);
    const renewed = lockedDrawer(other, salt, kept);
    expect(openDrawer(renewed, other)).toEqual([]);
    expect(() => openDrawer(renewed, key)).toThrow(ProofFailed);
    expect(() => openDrawer(emptyDrawer(kept), key)).toThrow(ProofFailed);
    for (const drawer of [renewed, emptyDrawer(kept)]) expect(places(drawer)).toEqual(places(kept));
  });
  test('forgets the oldest, and takes the longest slip', () => {
    const longest = randomBytes(SLIP_BYTES_MAX);
    let drawer = putSlip(kept, longest);
    for (let i = 0; i < SLIPS_MAX - 1; i++) drawer = putSlip(drawer, utf8(String(i)));
    const slips = openDrawer(drawer, key);
    expect(slips).toHaveLength(SLIPS_MAX);
    expect(slips.at(-1)).toEqual(longest);
  });
  test('cut short is malformed', () => {
    expect(() => openDrawer(emptyDrawer().subarray(1), key)).toThrow(Malformed);
  });
});
