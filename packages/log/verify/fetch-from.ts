// Fetches files of a log over HTTP. The only place in this package that knows of a network, and it is handed
// its fetch. What comes back is not trusted by anybody; it is only bounded.
import { concatBytes } from '@noble/hashes/utils.js';
import { MalformedLogData } from './errors.ts';
import type { FetchFile } from './tile-reader.ts';

/** One answer of a log: a full bundle of the largest entries is 1,049,088 bytes. */
const FILE_BYTES_MAX = 1_100_000;
const FETCH_MILLISECONDS_MAX = 10_000;

/** Reads a log served under `url` (no trailing slash) through the given fetch. */
export function fetchFrom(url: string, fetch: typeof globalThis.fetch = globalThis.fetch): FetchFile {
  return async (path) => {
    const signal = AbortSignal.timeout(FETCH_MILLISECONDS_MAX);
    const response = await fetch(`${url}/${path}`, { signal, redirect: 'error' });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`the log answered ${response.status}`);
    return readAtMost(response, FILE_BYTES_MAX);
  };
}

async function readAtMost(response: Response, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    length += part.value.length;
    if (length > bytesMax) {
      await reader?.cancel();
      throw new MalformedLogData('answer of the log', `at most ${bytesMax} bytes`);
    }
    chunks.push(part.value);
  }
  return concatBytes(...chunks);
}
