// Verifier keys (`name+id+base64`) and note keys (`PRIVATE+KEY+name+id+base64`) of C2SP signed-note, for the
// two types this project uses: 0x01 Ed25519 (a log's own signature) and 0x04 timestamped Ed25519 (a witness).
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64, utf8 } from './encoding.ts';
import { MalformedLogData } from './errors.ts';

const KEY_BYTES = 32;
const PRIVATE_PREFIX = 'PRIVATE+KEY+';

/** 0x01 signs notes; 0x04 cosigns checkpoints with a time. */
export type KeyType = 0x01 | 0x04;

export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ LF ‖ type ‖ public key), big-endian. */
  readonly id: number;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

export interface NoteKey extends VerifierKey {
  /** 32-byte Ed25519 seed. */
  readonly secret: Uint8Array;
}

/** Non-empty, without Unicode spaces, plus signs and control characters. */
export const isKeyName = (name: string): boolean => /^[^\s\p{Cc}+]+$/u.test(name);

function keyId(name: string, type: KeyType, publicKey: Uint8Array): number {
  const digest = sha256(concatBytes(utf8(name + '\n'), Uint8Array.of(type), publicKey));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}

export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new MalformedLogData('key name', 'no spaces, no plus');
  if (publicKey.length !== KEY_BYTES) throw new MalformedLogData('public key', '32 bytes');
  return { name, id: keyId(name, type, publicKey), type, publicKey };
}

/** A note key from its 32-byte seed. */
export function noteKey(name: string, type: KeyType, secret: Uint8Array): NoteKey {
  if (secret.length !== KEY_BYTES) throw new MalformedLogData('note key', '32 bytes');
  return { ...verifierKey(name, type, ed25519.getPublicKey(secret)), secret };
}

export const formatVerifierKey = (key: VerifierKey): string => format(key, key.publicKey);
export const formatNoteKey = (key: NoteKey): string => PRIVATE_PREFIX + format(key, key.secret);

function format({ name, id, type }: VerifierKey, material: Uint8Array): string {
  return `${name}+${hexId(id)}+${toBase64(concatBytes(Uint8Array.of(type), material))}`;
}

const hexId = (id: number): string => id.toString(16).padStart(8, '0');

/** Parses `name+id+base64`; the id must be the one the key gives. */
export function parseVerifierKey(text: string): VerifierKey {
  const { name, id, type, material } = parse('verifier key', text);
  const key = verifierKey(name, type, material);
  if (hexId(key.id) !== id) throw new MalformedLogData('verifier key', 'the id of its key');
  return key;
}

export function parseNoteKey(text: string): NoteKey {
  if (!text.startsWith(PRIVATE_PREFIX)) throw new MalformedLogData('note key', 'PRIVATE+KEY+name+id+base64');
  const { name, id, type, material } = parse('note key', text.slice(PRIVATE_PREFIX.length));
  const key = noteKey(name, type, material);
  if (hexId(key.id) !== id) throw new MalformedLogData('note key', 'the id of its key');
  return key;
}

function parse(field: string, text: string) {
  // A name holds no plus, base64 may: the first two separate.
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(text);
  if (match === null) throw new MalformedLogData(field, 'name+id+base64');
  const [type, ...rest] = fromBase64(field, match[3]!);
  if (type !== 0x01 && type !== 0x04) throw new MalformedLogData(field, 'type 0x01 or 0x04');
  return { name: match[1]!, id: match[2]!, type: type as KeyType, material: Uint8Array.from(rest) };
}
