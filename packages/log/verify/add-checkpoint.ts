// The body of tlog-witness add-checkpoint: old size, consistency proof, checkpoint. Written by the log, read
// by witnesses (monitor/witness.ts). Decoding verifies nothing.
import { concatBytes } from '@noble/hashes/utils.js';
import { type CheckpointText, parseCheckpoint } from './checkpoint.ts';
import { fromBase64Exact, fromDecimal, fromUtf8, toBase64, utf8 } from './encoding.ts';
import { MalformedLogData } from './errors.ts';
import { HASH_BYTES } from './merkle.ts';
import { splitNote } from './note.ts';

const BODY_BYTES_MAX = 524_288;
const HASHES_MAX = 63;

export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The checkpoint note as sent; its signature lines are not looked at yet. */
  readonly note: Uint8Array;
  readonly checkpoint: CheckpointText;
}

export function encodeAddCheckpoint(
  oldSize: number,
  proof: readonly Uint8Array[],
  checkpoint: Uint8Array,
): Uint8Array {
  const lines = [`old ${oldSize}`, ...proof.map(toBase64), '', ''];
  return concatBytes(utf8(lines.join('\n')), checkpoint);
}

export function decodeAddCheckpoint(bytes: Uint8Array): AddCheckpoint {
  if (bytes.length > BODY_BYTES_MAX)
    throw new MalformedLogData('add-checkpoint', `at most ${BODY_BYTES_MAX} bytes`);
  const text = fromUtf8('add-checkpoint', bytes);
  const split = text.indexOf('\n\n');
  const [old, ...proof] = text.slice(0, Math.max(split, 0)).split('\n');
  if (split < 0 || !old?.startsWith('old '))
    throw new MalformedLogData('add-checkpoint', 'old size, proof, empty line, checkpoint');
  if (proof.length > HASHES_MAX) throw new MalformedLogData('add-checkpoint', `at most ${HASHES_MAX} hashes`);
  const note = utf8(text.slice(split + 2));
  return {
    oldSize: fromDecimal('old size', old.slice('old '.length)),
    proof: proof.map((line) => fromBase64Exact('consistency proof', line, HASH_BYTES)),
    note,
    checkpoint: parseCheckpoint(splitNote(note).text),
  };
}
