import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
