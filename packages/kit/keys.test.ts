import { createPublicKey, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigRefused, readConfigFile, readMode, refuseInProduction } from './config.ts';
import { loadOrCreateSecret, loadOrCreateSigningKey, verifySignature } from './keys.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerable-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes a signing key once, for its owner only', () => {
  const path = join(folder, 'keys', 'signing.key');
  const first = loadOrCreateSigningKey(path);
  const again = loadOrCreateSigningKey(path);
  const message = new TextEncoder().encode('entry');
  expect(verifySignature(again.sign(message), message, first.publicKey)).toBe(true);
  expect(verifySignature(again.sign(message), message.slice(1), first.publicKey)).toBe(false);
  expect(verifySignature(new Uint8Array(3), message, first.publicKey)).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'keys'))).toEqual(['signing.key']);
});

describe('a signature', () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const message = new TextEncoder().encode('entry');
  const other = new TextEncoder().encode('exit');
  const seed = new Uint8Array(32).fill(7);
  const key = ed25519.getPublicKey(seed);
  const good = ed25519.sign(message, seed);
  const littleEndian = (n: bigint) =>
    Uint8Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * i)) & 0xffn));
  const plus = (signature: Uint8Array, n: bigint) => {
    const s = signature.slice(32).reduceRight((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
    return Uint8Array.from([...signature.slice(0, 32), ...littleEndian(s + n)]);
  };
  const smallOrder = ['01', '00', 'ec', '26e8', 'c717'].map((begin) => {
    const whole: Record<string, string> = {
      '26e8': '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      c717: 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      ec: `ec${'ff'.repeat(30)}7f`,
    };
    return Uint8Array.from(Buffer.from(whole[begin] ?? begin.padEnd(64, '0'), 'hex'));
  });
  const withSign = (point: Uint8Array) => point.map((octet, i) => (i === 31 ? octet | 0x80 : octet));
  /** R the identity, s zero: holds for the identity as a key under verifiers that only compute. */
  const empty = Uint8Array.from([1, ...new Uint8Array(63)]);
  const mixed = ed25519.Point.fromBytes(key).add(ed25519.Point.fromBytes(smallOrder[3]!)).toBytes();

  it('of our own key is the one that RFC 8032 gives, and holds', () => {
    const own = loadOrCreateSigningKey(join(folder, 'signing.key'));
    expect(own.sign(message)).toEqual(ed25519.sign(message, own.seed));
    expect(verifySignature(good, message, key)).toBe(true);
  });

  it.each<[string, Uint8Array, Uint8Array, Uint8Array]>([
    ['over another message', good, other, key],
    ['by another key', good, message, ed25519.getPublicKey(new Uint8Array(32).fill(8))],
    ['with s that is not reduced', plus(good, order), message, key],
    ['cut short', good.slice(0, 63), message, key],
    ['too long', Uint8Array.from([...good, 0]), message, key],
    ['under a key cut short', good, message, key.slice(1)],
    ['under a key that is no point', good, message, littleEndian(2n)],
    ['under a key of which y is not reduced', empty, message, littleEndian(2n ** 255n - 19n + 1n)],
    ...smallOrder.flatMap((point, i): [string, Uint8Array, Uint8Array, Uint8Array][] => [
      [`under a key of small order, ${i}`, empty, message, point],
      [`under a key of small order with the other sign, ${i}`, empty, message, withSign(point)],
    ]),
  ])('%s does not hold', (_sin, signature, of, by) => {
    expect(verifySignature(signature, of, by)).toBe(false);
  });

  it('that holds here holds for whoever verifies it later, also under keys that were tampered with', () => {
    const keys = [key, mixed, ...smallOrder, ...smallOrder.map(withSign)];
    for (const by of keys)
      for (const signature of [good, empty, plus(good, 1n)])
        for (const of of Array.from({ length: 16 }, (_, i) => Uint8Array.of(...message, i)).concat(message)) {
          if (!verifySignature(signature, of, by)) continue;
          expect(ed25519.verify(signature, of, by, { zip215: false })).toBe(true);
        }
  });

  it('under a key of small order holds for OpenSSL by itself: the look at the key is needed', () => {
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), smallOrder[0]!]);
    const by = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(verify(null, message, by, empty)).toBe(true);
  });
});

it('refuses a key file that others can read, and one that is damaged, and leaves both as they are', () => {
  const path = join(folder, 'master.key');
  loadOrCreateSecret(path, 32);
  const text = readFileSync(path, 'utf8');
  chmodSync(path, 0o644);
  expect(() => loadOrCreateSecret(path, 32)).toThrow('can be read by others');
  chmodSync(path, 0o600);
  expect(() => loadOrCreateSecret(path, 16)).toThrow(ConfigRefused);
  writeFileSync(path, '');
  expect(() => loadOrCreateSecret(path, 32)).toThrow('does not hold 32 bytes');
  expect(readFileSync(path, 'utf8')).toBe('');
  expect(text).toMatch(/^[0-9a-f]{64}\n$/);
});

it('is in production unless told otherwise', () => {
  expect(readMode({})).toBe('production');
  expect(readMode({ ANSWERABLE_MODE: 'practice' })).toBe('practice');
  expect(() => readMode({ ANSWERABLE_MODE: 'testing' })).toThrow(ConfigRefused);
  expect(() => refuseInProduction('The toy', 'production')).toThrow('The toy is for practice only');
  expect(() => refuseInProduction('The toy', 'practice')).not.toThrow();
});

it('names a wrong field and not its value', () => {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify({ port: 80, secret: 'hunter2' }));
  const read = () => readConfigFile(path, z.object({ port: z.number(), secret: z.string().min(20) }));
  expect(read).toThrow('missing or wrong: secret');
  expect(read).not.toThrow('hunter2');
});
