// Checkpoints (C2SP tlog-checkpoint): a signed note whose text is origin, size, root. Opening one verifies the
// log's signature and every cosignature of a known witness; whether those suffice is trust.ts.
import { fromBase64Exact, fromDecimal, sameBytes, toBase64 } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import { EMPTY_ROOT, HASH_BYTES, type TreeHead } from './merkle.ts';
import { formatNote, type Note, openNote, parseNote, signNote, type VerifiedSignature } from './note.ts';
import type { NoteKey, VerifierKey } from './note-key.ts';

export interface CheckpointText extends TreeHead {
  readonly origin: string;
  /** Opaque lines after the root; we write none. */
  readonly extensions: readonly string[];
}

/** The text of an unsigned checkpoint, ready for `signNote`. */
export function formatCheckpoint(origin: string, { size, root }: TreeHead): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

export function parseCheckpoint(text: string): CheckpointText {
  const lines = text.split('\n');
  const end = lines.pop();
  const [origin, size, root, ...extensions] = lines;
  if (end !== '' || origin === undefined || size === undefined || root === undefined || lines.includes(''))
    throw new MalformedLogData('checkpoint', 'origin, size and root, no empty line');
  const head = {
    origin,
    size: fromDecimal('checkpoint size', size),
    root: fromBase64Exact('checkpoint root', root, HASH_BYTES),
    extensions,
  };
  if (head.size === 0 && !sameBytes(head.root, EMPTY_ROOT))
    throw new MalformedLogData('checkpoint root', 'the empty root for size 0');
  return head;
}

declare const opened: unique symbol;

/** A checkpoint that the log signed; `cosignatures` are those of known witnesses, all verified. */
export interface OpenedCheckpoint extends CheckpointText {
  readonly [opened]: true;
  readonly note: Note;
  readonly cosignatures: readonly VerifiedSignature[];
}

/** The log key (type 0x01, named as the origin) and the witness keys (type 0x04) that may speak. */
export interface CheckpointKeys {
  readonly log: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
}

/** Parses and verifies a checkpoint: the origin is the log key's name, and that key signed. */
export function openCheckpoint(bytes: Uint8Array, { log, witnesses }: CheckpointKeys): OpenedCheckpoint {
  const note = parseNote(bytes);
  const text = parseCheckpoint(note.text);
  if (text.origin !== log.name) throw new LogUnverified();
  const { verified } = openNote(note, [log, ...witnesses]);
  if (!verified.some((signature) => signature.key === log)) throw new LogUnverified();
  const cosignatures = verified.filter((signature) => signature.key !== log);
  return { ...text, note, cosignatures } as unknown as OpenedCheckpoint;
}

/** A checkpoint with the log's own signature only. */
export function signCheckpoint(head: TreeHead, key: NoteKey): Uint8Array {
  const text = formatCheckpoint(key.name, head);
  return formatNote({ text, signatures: [signNote(text, key)] });
}
