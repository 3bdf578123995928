// What a signature of each type covers: 0x01 the note text (signed-note), 0x04 the text under a header that
// names the time (tlog-cosignature, cosignature/v1). One place, so that no type is ever verified as another.
import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { utf8 } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import type { NoteSignature, VerifiedSignature } from './note.ts';
import type { NoteKey, VerifierKey } from './note-key.ts';

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** Verifies one line under the key of the same name and id; throws when it does not hold. */
export function verifyNoteSignature(text: string, line: NoteSignature, key: VerifierKey): VerifiedSignature {
  if (key.type === 0x01) {
    check(line.signature, utf8(text), key);
    return { key, line };
  }
  if (line.signature.length !== TIME_BYTES + SIGNATURE_BYTES) throw new LogUnverified();
  const time = readTime(line.signature);
  check(line.signature.slice(TIME_BYTES), cosignedMessage(text, time), key);
  return { key, line, time };
}

/** Cosigns a checkpoint's text at `time` (POSIX seconds, not 0: tlog-witness wants a real time). */
export function cosign(checkpointText: string, time: number, key: NoteKey): NoteSignature {
  if (key.type !== 0x04) throw new MalformedLogData('note key', 'type 0x04');
  if (!Number.isSafeInteger(time) || time <= 0) throw new MalformedLogData('time', 'POSIX seconds');
  const timeBytes = new Uint8Array(TIME_BYTES);
  new DataView(timeBytes.buffer).setBigUint64(0, BigInt(time));
  const signature = ed25519.sign(cosignedMessage(checkpointText, time), key.secret);
  return { name: key.name, id: key.id, signature: concatBytes(timeBytes, signature) };
}

const cosignedMessage = (text: string, time: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${time}\n${text}`);

function readTime(signature: Uint8Array): number {
  const time = new DataView(signature.buffer, signature.byteOffset, TIME_BYTES).getBigUint64(0);
  // The format allows up to 2^63 − 1; nobody's clock says more than 2^53.
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) throw new LogUnverified();
  return Number(time);
}

function check(signature: Uint8Array, message: Uint8Array, key: VerifierKey): void {
  if (!holds(signature, message, key.publicKey)) throw new LogUnverified();
}

function holds(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // bytes that are no signature are a signature that does not hold
  }
}
