/**
 * Where a release of the wallet stands in the log. The log says where, and is not believed: exactly the bytes of
 * this release's entry must be proven to stand there, under a checkpoint with its quorum that extends what the
 * reader has seen before.
 */
import { encodeEntry } from '@answerable/log/verify/entry';
import type { LogReader } from '@answerable/log/verify/log-reader';
import type { FetchFile } from '@answerable/log/verify/tile-reader';
import { type ReleaseManifest, releaseEntryOf, releaseKeyOf } from '../wallet-release.ts';
import { logPlaced } from './entries.ts';

/**
 * The index of the release, or undefined where the log knows of none. Throws LogUnverified or MalformedLogData for
 * a log that does not hold; whatever `fetchFile` throws where the log does not answer.
 */
export async function placeOfRelease(
  reader: LogReader,
  fetchFile: FetchFile,
  manifest: ReleaseManifest,
): Promise<number | undefined> {
  const entry = releaseEntryOf(manifest);
  const checkpoint = await reader.latest();
  const index = placeIn(await fetchFile(`entries/by-key/${releaseKeyOf(entry)}`));
  // Ahead of the checkpoint that was just read: it will be there in a moment, and is not yet.
  if (index === undefined || index >= checkpoint.size) return undefined;
  await reader.requireIncluded(index, encodeEntry(entry), checkpoint);
  return index;
}

function placeIn(answer: Uint8Array | undefined): number | undefined {
  if (answer === undefined) return undefined;
  try {
    const placed = logPlaced.safeParse(JSON.parse(new TextDecoder().decode(answer)));
    return placed.success ? placed.data.index : undefined;
  } catch {
    return undefined;
  }
}
