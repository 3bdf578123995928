// Signed notes (C2SP signed-note v1): text, empty line, signature lines. Verifies Ed25519 notes (type 0x01)
// here; the timestamped cosignatures of type 0x04 are in cosignature.ts and verified through the same door.
// Assumes the caller was given its verifier keys by other means. A known key's bad signature spoils the note.
import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { fromBase64, fromUtf8, toBase64, utf8 } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import { isKeyName, type NoteKey, type VerifierKey } from './note-key.ts';
import { verifyNoteSignature } from './note-signature.ts';

const NOTE_BYTES_MAX = 262_144;
const SIGNATURES_MAX = 64;
const SIGNATURE_BYTES_MAX = 8_192;
const KEY_ID_BYTES = 4;
const LINE_START = '\u2014 ';

/** A signature line as it stands: whose it says it is, and the bytes behind the key id. */
export interface NoteSignature {
  readonly name: string;
  readonly id: number;
  readonly signature: Uint8Array;
}

export interface Note {
  /** Includes its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Takes a note apart, strictly; verifies nothing. */
export function parseNote(bytes: Uint8Array): Note {
  const { text, signatureLines } = splitNote(bytes);
  return { text, signatures: parseSignatureLines(signatureLines) };
}

/** The text of a note and its signature lines as they stand, for who must read the text first. */
export function splitNote(bytes: Uint8Array): { text: string; signatureLines: string } {
  if (bytes.length > NOTE_BYTES_MAX) throw new MalformedLogData('note', `at most ${NOTE_BYTES_MAX} bytes`);
  const whole = fromUtf8('note', bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw new MalformedLogData('note', 'no control characters');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n') || split + 2 >= whole.length)
    throw new MalformedLogData('note', 'text, an empty line, signature lines');
  return { text: whole.slice(0, split + 1), signatureLines: whole.slice(split + 2) };
}

/** One or more signature lines, each ended by a newline. */
export function parseSignatureLines(lines: string): NoteSignature[] {
  if (!lines.endsWith('\n')) throw new MalformedLogData('signature lines', 'ended by a newline');
  const split = lines.slice(0, -1).split('\n');
  if (split.length > SIGNATURES_MAX)
    throw new MalformedLogData('signature lines', `at most ${SIGNATURES_MAX}`);
  return split.map(parseSignatureLine);
}

function parseSignatureLine(line: string): NoteSignature {
  const parts = line.startsWith(LINE_START) ? line.slice(LINE_START.length).split(' ') : [];
  const [name, encoded] = parts;
  if (parts.length !== 2 || name === undefined || encoded === undefined || !isKeyName(name))
    throw new MalformedLogData('signature line', 'em dash, key name, base64');
  const bytes = fromBase64('signature line', encoded);
  if (bytes.length <= KEY_ID_BYTES || bytes.length > SIGNATURE_BYTES_MAX)
    throw new MalformedLogData('signature line', 'key id and signature');
  const id = new DataView(bytes.buffer, bytes.byteOffset, KEY_ID_BYTES).getUint32(0);
  return { name, id, signature: bytes.slice(KEY_ID_BYTES) };
}

export function formatSignatureLine({ name, id, signature }: NoteSignature): string {
  const idBytes = new Uint8Array(KEY_ID_BYTES);
  new DataView(idBytes.buffer).setUint32(0, id);
  return `${LINE_START}${name} ${toBase64(concatBytes(idBytes, signature))}\n`;
}

export function formatNote({ text, signatures }: Note): Uint8Array {
  if (!text.endsWith('\n')) throw new MalformedLogData('note text', 'ended by a newline');
  return utf8(text + '\n' + signatures.map(formatSignatureLine).join(''));
}

/** Signs `text` (ending in a newline) with an Ed25519 note key of type 0x01. */
export function signNote(text: string, key: NoteKey): NoteSignature {
  if (key.type !== 0x01) throw new MalformedLogData('note key', 'type 0x01');
  return { name: key.name, id: key.id, signature: ed25519.sign(utf8(text), key.secret) };
}

/** A signature that held, and whose key made it hold. `time` in POSIX seconds, for cosignatures only. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly line: NoteSignature;
  readonly time?: number;
}

export interface VerifiedNote {
  readonly text: string;
  /** At least one, all from known keys. */
  readonly verified: readonly VerifiedSignature[];
  readonly unknown: readonly NoteSignature[];
}

/**
 * Verifies the note against known keys (signed-note "Signatures"): lines of unknown keys are set aside, a
 * known key whose signature fails spoils the note, no known key at all spoils the note.
 */
export function openNote(note: Note, keys: readonly VerifierKey[]): VerifiedNote {
  const verified: VerifiedSignature[] = [];
  const unknown: NoteSignature[] = [];
  for (const line of note.signatures) {
    const key = keys.find((known) => known.name === line.name && known.id === line.id);
    if (key === undefined) unknown.push(line);
    else verified.push(verifyNoteSignature(note.text, line, key));
  }
  if (verified.length === 0) throw new LogUnverified();
  return { text: note.text, verified, unknown };
}
