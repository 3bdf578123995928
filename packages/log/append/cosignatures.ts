// Adds what witnesses answer to a log's own checkpoint. A line counts only when the known key of that witness
// verifies it; anything else a witness sends is dropped (tlog-witness: ignore unknown keys).
import { fromUtf8 } from '../verify/encoding.ts';
import { LogUnverified } from '../verify/errors.ts';
import { formatNote, parseNote, parseSignatureLines } from '../verify/note.ts';
import type { VerifierKey } from '../verify/note-key.ts';
import { verifyNoteSignature } from '../verify/note-signature.ts';

/** The checkpoint with this witness's verified lines added; refuses an answer that holds none. */
export function addCosignatures(
  checkpoint: Uint8Array,
  answer: Uint8Array,
  witness: VerifierKey,
): Uint8Array {
  const note = parseNote(checkpoint);
  const lines = parseSignatureLines(fromUtf8('cosignatures', answer))
    .filter((line) => line.name === witness.name && line.id === witness.id)
    .map((line) => verifyNoteSignature(note.text, line, witness).line);
  if (lines.length === 0) throw new LogUnverified();
  const others = note.signatures.filter((line) => line.name !== witness.name || line.id !== witness.id);
  return formatNote({ text: note.text, signatures: [...others, ...lines] });
}
