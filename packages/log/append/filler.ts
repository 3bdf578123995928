// Entries that keep the log's growth the same whether anything happened or not (PROTOCOL §7). A filler is a
// commitment to nothing: 32 random bytes where a real one has a hash, in a place drawn at random.
import { toBase64 } from '../verify/encoding.ts';
import { encodeEntry } from '../verify/entry.ts';

const COMMITMENT_BYTES = 32;

export type RandomBytes = (length: number) => Uint8Array;

/** An encoded entry that nobody but its maker could tell from a real commitment; its maker forgets it. */
export function filler(random: RandomBytes): Uint8Array {
  const commitment = toBase64(random(COMMITMENT_BYTES))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return encodeEntry({ v: 1, kind: 'commitment', commitment });
}

/** `entries` with fillers up to `count`, in random order: neither arrival nor reality shows in the place. */
export function fillBatch(entries: readonly Uint8Array[], count: number, random: RandomBytes): Uint8Array[] {
  const batch = [...entries];
  while (batch.length < count) batch.push(filler(random));
  for (let i = batch.length - 1; i > 0; i -= 1) {
    const j = uniform(i + 1, random);
    [batch[i], batch[j]] = [batch[j]!, batch[i]!];
  }
  return batch;
}

/** Uniform below `bound` ≤ 2^16, by rejection. */
function uniform(bound: number, random: RandomBytes): number {
  const limit = 65_536 - (65_536 % bound);
  for (;;) {
    const [high, low] = random(2);
    const value = high! * 256 + low!;
    if (value < limit) return value % bound;
  }
}
