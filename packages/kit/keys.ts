/**
 * Key files of one service: made on the first start, mode 0600, read on every later one.
 * Ed25519 after RFC 8032, by the platform's own code: a tenth of the time that JavaScript takes. A thief of the
 * folder can sign as this service.
 * Must never: make a new key beside an unreadable one, or print a key.
 */
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
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
const publicKeyBytes = 32;
const signatureBytes = 64;
/** RFC 8410: what stands before the 32 octets of a private key. */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');
/** y of the points of order 1, 2, 4 and 8, little-endian: keys under which anybody's signature may hold. */
const smallOrders: ReadonlySet<string> = new Set([
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '00'.repeat(32),
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);
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
  const key = createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' });
  return {
    seed,
    publicKey: ed25519.getPublicKey(seed),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/**
 * True if `signature` (64 bytes) over `message` is by `publicKey` (32 bytes). Never throws. Whatever holds here
 * holds for `openSigned` of protocol too, which others verify with: what that refuses is refused here first.
 */
export function verifySignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== signatureBytes || !isUsable(publicKey)) return false;
  try {
    // As a JWK, which is read eight times as fast as DER.
    const key = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return verify(null, message, createPublicKey({ key, format: 'jwk' }), signature);
  } catch {
    return false;
  }
}

/** In its one encoding (y below 2^255 − 19), and not of small order. OpenSSL looks at neither. */
function isUsable(publicKey: Uint8Array): boolean {
  if (publicKey.length !== publicKeyBytes) return false;
  const y = Buffer.from(publicKey);
  y[31]! &= 0x7f;
  const isReduced = y[31] !== 0x7f || y[0]! < 0xed || y.subarray(1, 31).some((octet) => octet !== 0xff);
  return isReduced && !smallOrders.has(y.toString('hex'));
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
