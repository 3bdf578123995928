// The recall vectors: blobs and keepers' answers.

import { fromHex, hexOf, join } from '../second/octets.ts';
import type { Vector } from '../verdicts.ts';
import * as world from '../world.ts';
import { bigger, type Made, replaced } from './made.ts';

// Offsets in a blob of three: 2 ‖ recallId 16 ‖ version 4 ‖ t ‖ n ‖ 3 × (1 ‖ pk 32 ‖ c 32) ‖ refill key 32 ‖ …
const at = { version: 0, words: 20, t: 21, n: 22, slot: 23, refill: 218, nonce: 250, sealed: 262 };
const slotLength = 65;

type Answers = { readonly index: number; readonly [name: string]: string | number }[];

export function recallVectors(): Made {
  const base = world.recallVector('first');
  const other = world.recallVector('first');
  const answers = base.answers as Answers;
  const foreign = other.answers as Answers;
  const blob = fromHex(base.blob as string);
  const put = (offset: number, octets: Uint8Array): Vector => ({
    ...base,
    blob: hexOf(replaced(blob, offset, octets)),
  });
  const answered = (...given: Answers): Vector => ({ ...base, answers: given });
  const part = (offset: number, length: number) => blob.slice(offset, offset + length);
  const slot = (index: number) => at.slot + slotLength * (index - 1);
  const swapped = (offset: number, length: number) =>
    join(
      part(slot(2) + offset, length),
      part(slot(1) + offset + length, slotLength - length),
      part(slot(1) + offset, length),
    );
  const otherBlob = fromHex(other.blob as string);

  return {
    valid: {
      'three-answers': base,
      'answers-of-1-and-3': answered(answers[0]!, answers[2]!),
      'answers-of-2-and-3-second': world.recallVector('second', world.words, [2, 3]),
      'layout-1': world.recallVector('layout-1'),
      'despite-a-bad-answer': answered({ ...foreign[0]!, index: 1 }, ...answers.slice(1)),
    },
    invalid: {
      'other-words': world.recallVector('first', ['lighthouse', 'cinnamon', 'puzzle', 'violin']),
      'words-in-other-order': world.recallVector('second', ['cinnamon', 'lighthouse', 'puzzle', 'velvet']),
      'one-answer': answered(answers[0]!),
      'one-answer-twice': answered(answers[0]!, answers[0]!),
      'answers-for-other-record': { ...base, answers: foreign, input: other.input! },
      'answer-of-other-keeper': answered({ ...answers[0]!, index: 2 }, answers[0]!),
      'answer-of-a-keeper-who-is-not-there': answered({ ...answers[0]!, index: 4 }, answers[1]!),
      'threshold-not-that-of-the-policy': { ...base, threshold: 3 },
      'threshold-in-the-blob-lowered': put(at.t, Uint8Array.of(1)),
      'keeper-keys-swapped': put(slot(1) + 1, swapped(1, 32)),
      'pads-swapped': put(slot(1) + 33, swapped(33, 32)),
      'slots-out-of-order': put(slot(1), join(part(slot(2), slotLength), part(slot(1), slotLength))),
      'pad-not-canonical': put(slot(1) + 33, bigger(part(slot(1) + 33, 32))),
      'refill-key-of-other-blob': put(at.refill, otherBlob.slice(at.refill, at.nonce)),
      'record-name-changed': put(1, Uint8Array.of(blob[1]! ^ 1)),
      'words-version-changed': put(at.words, Uint8Array.of(2)),
      'format-version-changed': put(at.version, Uint8Array.of(3)),
      'layout-lowered': put(at.version, Uint8Array.of(1)),
      'record-key-left-out': {
        ...put(at.version, Uint8Array.of(1)),
        blob: hexOf(join(Uint8Array.of(1), blob.slice(1, at.sealed + 48))),
      },
      'record-key-altered': put(at.sealed + 40, Uint8Array.of(blob[at.sealed + 40]! ^ 1)),
      'unused-slot-altered': {
        ...put(slot(3) + 40, Uint8Array.of(blob[slot(3) + 40]! ^ 1)),
        answers: answers.slice(0, 2),
      },
      'nonce-altered': put(at.nonce, Uint8Array.of(blob[at.nonce]! ^ 1)),
      'secret-altered': put(at.sealed, Uint8Array.of(blob[at.sealed]! ^ 1)),
      truncated: { ...base, blob: hexOf(blob.slice(0, -1)) },
      'trailing-byte': { ...base, blob: hexOf(join(blob, Uint8Array.of(0))) },
    },
  };
}
