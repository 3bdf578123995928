/**
 * Everything that a wallet's host serves, fetched as visitors do: every listed file as two browsers, the start page
 * by its short address too, the guard also as a browser that looks for a newer one. What comes back is compared
 * with the manifest, and the manifest with itself.
 */
import {
  type ReleaseFile,
  type ReleaseManifest,
  releaseManifest,
  sha256Of,
  startPath,
} from '@answerable/protocol/wallet-release';

const timeoutMs = 20_000;
const manifestBytesMax = 256 * 1024;
const guardPath = '/guard.js';
const manifestPath = '/release.json';

type Guise = Record<string, string>;
const guises: readonly Guise[] = [
  {
    'user-agent':
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'accept-language': 'en-GB,en;q=0.9',
  },
  {
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'accept-language': 'en-US,en;q=0.5',
    'sec-gpc': '1',
  },
];
const lookingForNewer: Guise = {
  ...guises[0],
  'service-worker': 'script',
  'sec-fetch-dest': 'serviceworker',
};

export interface Fetched {
  /** Undefined where the host serves none that can be read. */
  manifest: ReleaseManifest | undefined;
  /** One sentence for each thing that is not as listed; empty if all is. */
  differences: string[];
}

/** Throws Error if the host does not answer at all. */
export async function fetchRelease(address: string): Promise<Fetched> {
  const texts: string[] = [];
  for (const guise of guises) {
    const got = await get(address + manifestPath, guise, manifestBytesMax);
    if (got === undefined) throw new Error(`${address} does not answer.`);
    texts.push(new TextDecoder().decode(got.body));
  }
  const manifest = read(texts[0]!);
  if (!manifest) return { manifest, differences: ['there is no manifest that can be read at /release.json'] };
  const differences = texts[1] === texts[0] ? [] : ['/release.json is not the same for two browsers'];
  for (const file of manifest.files)
    for (const guise of guises) differences.push(...(await different(address, file.path, file, guise)));
  const listed = (path: string) => manifest.files.find((file) => file.path === path);
  differences.push(...(await different(address, '/', listed(startPath)!, guises[1]!)));
  const guard = listed(guardPath);
  if (guard) differences.push(...(await different(address, guardPath, guard, lookingForNewer)));
  return { manifest, differences: [...new Set(differences)] };
}

async function different(address: string, path: string, file: ReleaseFile, guise: Guise): Promise<string[]> {
  const got = await get(address + path, guise, file.bytes);
  if (got === undefined || !got.ok) return [`${path} is listed, and is not served`];
  if (got.body.length !== file.bytes || sha256Of(got.body) !== file.sha256)
    return [`${path} is not the file that the release lists`];
  return [];
}

/** At most one byte more than `bytesMax` is kept: then it is too long, however long it is. */
async function get(
  url: string,
  headers: Guise,
  bytesMax: number,
): Promise<{ ok: boolean; body: Uint8Array } | undefined> {
  try {
    const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > bytesMax) break;
    }
    return { ok: response.ok, body: new Uint8Array(Buffer.concat(chunks)) };
  } catch {
    return undefined;
  }
}

function read(text: string): ReleaseManifest | undefined {
  try {
    const manifest = releaseManifest.safeParse(JSON.parse(text));
    return manifest.success ? manifest.data : undefined;
  } catch {
    return undefined;
  }
}
