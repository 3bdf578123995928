/**
 * Key files of one service: made on the first start, mode 0600, read on every later one.
 * Ed25519 after RFC 8032. A thief of the folder can sign as this service.
 * Must never: make a new key beside an unreadable one, or print a key.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { ConfigRefused } from './config.ts';

const seedBytes = 32;
const othersMask = 0o077;

export interface SigningKey {
  /** 32 bytes, secret */
  seed: Uint8Array;
  /** 32 bytes */
  publicKey: Uint8Array;
  /** 64-byte signature */
  sign(message: Uint8Array): Uint8Array;
}

/** The ed25519 key kept at `path`, made if absent. Throws ConfigRefused if the file is unusable. */
export function loadOrCreateSigningKey(path: string): SigningKey {
  const seed = loadOrCreateSecret(path, seedBytes);
  return { seed, publicKey: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) };
}

/** True if `signature` (64 bytes) over `message` is by `publicKey` (32 bytes). Never throws. */
export function verifySignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** `nBytes` random bytes kept at `path` in hex, made if absent. Throws ConfigRefused if unusable. */
export function loadOrCreateSecret(path: string, nBytes: number): Uint8Array {
  const existing = readSecretFile(path);
  const text = existing ?? createSecretFile(path, randomBytes(nBytes).toString('hex'));
  if (!/^[0-9a-f]*$/.test(text) || text.length !== 2 * nBytes) {
    throw new ConfigRefused(
      `The key file ${path} does not hold ${nBytes} bytes in hex. It was left as it is.`,
    );
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** The text of a secret file, trimmed; undefined if there is none. Refuses one that others can read. */
export function readSecretFile(path: string): string | undefined {
  let mode: number;
  try {
    mode = statSync(path).mode;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ConfigRefused(`The key file ${path} cannot be read.`);
  }
  if (mode & othersMask) {
    throw new ConfigRefused(`The key file ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  return readFileSync(path, 'utf8').trim();
}

/** Writes a new secret file, 0600, durable before it has its name. If another was first, theirs holds. */
export function createSecretFile(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, text + '\n');
  fsyncSync(file);
  closeSync(file);
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readSecretFile(path) ?? text;
}
