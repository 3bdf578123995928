/**
 * Looks at what the host serves, by the code of the release that runs: is it this release, or one that may follow
 * it? A release may follow if its manifest's hash stands in the log after the running one's, under a checkpoint of
 * the pinned trust policy that extends what was seen here before, and every file is the one that the manifest
 * lists. The first release is taken in the same way; that its code was honest when it first came is not shown by
 * anything here.
 * Must never: run, parse or keep anything of a release before all of that holds.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { LogUnverified, MalformedLogData } from '@answerable/log/verify/errors';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader } from '@answerable/log/verify/log-reader';
import type { FetchFile } from '@answerable/log/verify/tile-reader';
import { placeOfRelease } from '@answerable/protocol/log/release-place';
import { logTrustOf } from '@answerable/protocol/log/trust';
import {
  type ReleaseFile,
  type ReleaseManifest,
  releaseHash,
  releaseManifest,
  sha256Of,
} from '@answerable/protocol/wallet-release';
import { typeOf } from '../../file-types.ts';
import { calleesOf, securityHeaders } from '../../security-headers.ts';
import { acceptPolicy, type Pinned } from '../boundary/trust.ts';
import type { CodeRecord, CodeShelf, KeptRelease } from './code-record.ts';
import type { CodeDoubt } from './code-view.ts';

/** A release that was found in the log is looked up again after a day: the log need not hear of every start. */
const lookUpAgainMs = 24 * 3600 * 1000;
/** The query tells the guard that the host itself is asked. */
const asServed = '?served';

export interface CodeParts {
  /** Without one nothing is kept: what is served is only looked at. */
  shelf: CodeShelf | undefined;
  fetch: typeof globalThis.fetch;
  clock: { now(): Date };
  /** The wallet's own. */
  origin: string;
  /** Ask the log now, however lately it was asked. */
  now?: boolean;
}

export type Outcome =
  /** The host serves what runs here; without a shelf, something that stands in the log. */
  | { end: 'current'; release: KeptRelease }
  | { end: 'taken'; release: KeptRelease }
  | { end: 'refused'; why: CodeDoubt }
  /** The host or the log did not answer. */
  | { end: 'unreached' };

class Doubted extends Error {
  readonly why: CodeDoubt;
  constructor(why: CodeDoubt) {
    super(why);
    this.why = why;
  }
}
class Unreached extends Error {}

export async function checkCode(parts: CodeParts): Promise<Outcome> {
  const record = await parts.shelf?.record();
  try {
    return await look(parts, record);
  } catch (error) {
    if (error instanceof Unreached) return { end: 'unreached' };
    if (!(error instanceof Doubted)) throw error;
    const { why } = error;
    const refused = { why, at: parts.clock.now().toISOString() };
    if (record) await parts.shelf?.keepRecord({ ...record, refused });
    return { end: 'refused', why };
  }
}

async function look(parts: CodeParts, record: CodeRecord | undefined): Promise<Outcome> {
  const pinned = await policyServed(parts, record);
  const manifest = await manifestServed(parts);
  const known = record && (await stillGood(parts, record, pinned, manifest));
  if (known) return { end: 'current', release: known };
  const { index, seen } = await placeInLog(parts, pinned, manifest, record);
  const [running] = record?.releases ?? [];
  const release = keptRelease(manifest, index);
  const checked = parts.clock.now().toISOString();
  if (running && running.release !== release.release && index <= running.index) throw new Doubted('older');
  if (!parts.shelf) return { end: 'current', release };
  if (record && running?.release === release.release) {
    const { refused: _over, ...rest } = record;
    const headers = await headersOf(parts, parts.shelf, pinned);
    await parts.shelf.keepRecord({ ...rest, headers, pinned, seen, checked });
    return { end: 'current', release: running };
  }
  for (const listed of manifest.files)
    await parts.shelf.keepFile(release.release, listed.path, await fileServed(parts, listed));
  const releases: CodeRecord['releases'] = running ? [release, running] : [release];
  const headers = await headersOf(parts, parts.shelf, pinned);
  // From here on the next start runs the new release; a crash before leaves the old one, and files of no use.
  const alarm = record?.alarm ? { alarm: record.alarm } : {};
  await parts.shelf.keepRecord({ v: 1, releases, headers, pinned, seen, checked, ...alarm });
  await parts.shelf.dropAllBut(releases.map((kept) => kept.release));
  return { end: 'taken', release };
}

/** The running release, if that is what the host serves, under the same policy, and the log had it a while ago. */
async function stillGood(
  { shelf, clock, now }: CodeParts,
  record: CodeRecord,
  pinned: Pinned,
  manifest: ReleaseManifest,
): Promise<KeptRelease | undefined> {
  const [running] = record.releases;
  const age = clock.now().getTime() - Date.parse(record.checked);
  const lately = age >= 0 && age < lookUpAgainMs;
  if (now || !lately || record.pinned.hash !== pinned.hash || running.release !== releaseHash(manifest))
    return undefined;
  const { refused, ...rest } = record;
  if (refused) await shelf?.keepRecord(rest);
  return running;
}

async function policyServed(parts: CodeParts, record: CodeRecord | undefined): Promise<Pinned> {
  const served = await jsonServed(parts, '/policy.json', 'policy');
  try {
    return acceptPolicy(record?.pinned, served, parts.clock.now());
  } catch {
    throw new Doubted('policy');
  }
}

async function manifestServed(parts: CodeParts): Promise<ReleaseManifest> {
  const read = releaseManifest.safeParse(await jsonServed(parts, '/release.json', 'manifest'));
  if (!read.success) throw new Doubted('manifest');
  return read.data;
}

async function placeInLog(
  { fetch }: CodeParts,
  { policy }: Pinned,
  manifest: ReleaseManifest,
  record: CodeRecord | undefined,
): Promise<{ index: number; seen: CodeRecord['seen'] }> {
  const fetchFile = reachable(fetchFrom(policy.log.origin, fetch));
  const before = record?.seen;
  const reader = new LogReader({
    fetchFile,
    trust: logTrustOf(policy),
    ...(before ? { pinned: { size: before.size, root: fromBase64url(before.root) } } : {}),
  });
  const index = await placeOfRelease(reader, fetchFile, manifest).catch((error: unknown) => {
    if (error instanceof LogUnverified || error instanceof MalformedLogData) throw new Doubted('log');
    throw error;
  });
  if (index === undefined) throw new Doubted('unlogged');
  const { size, root } = reader.pinned!;
  return { index, seen: { size, root: toBase64url(root) } };
}

// A log that cannot be reached is not a log that lies.
const reachable =
  (fetchFile: FetchFile): FetchFile =>
  (path) =>
    fetchFile(path).catch((error: unknown) => {
      throw error instanceof MalformedLogData ? error : new Unreached();
    });

async function fileServed(
  parts: CodeParts,
  { path, bytes, sha256 }: ReleaseFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await served(parts, path + asServed);
  const body = new Uint8Array(
    await response.arrayBuffer().catch(() => {
      throw new Unreached();
    }),
  );
  if (!response.ok || body.length !== bytes || sha256Of(body) !== sha256) throw new Doubted('altered');
  return body;
}

function keptRelease(manifest: ReleaseManifest, index: number): KeptRelease {
  const files = manifest.files.map(({ path, sha256 }) => [path, { sha256, type: typeOf(path) }] as const);
  const { version } = manifest;
  return { release: releaseHash(manifest), version, index, files: Object.fromEntries(files) };
}

/**
 * What the guard says with every file: ours, and nothing that the host said. The host's last answers are kept, so
 * that a start without a network finds them.
 */
async function headersOf(
  parts: CodeParts,
  shelf: CodeShelf,
  { policy }: Pinned,
): Promise<Record<string, string>> {
  const secure = parts.origin.startsWith('https:');
  const answers: Record<string, unknown> = {};
  for (const path of ['/policy.json', '/settings.json']) {
    answers[path] = await jsonServed(parts, path, 'manifest');
    await shelf.keepFile('last', path, new TextEncoder().encode(JSON.stringify(answers[path])));
  }
  // Only in practice may somebody frame the wallet, and practice is never served over TLS.
  const { framedBy } = answers['/settings.json'] as { framedBy?: unknown };
  const frameAncestors = !secure && Array.isArray(framedBy) ? framedBy.map(String).filter(isLoopback) : [];
  return securityHeaders({ callees: calleesOf(policy), frameAncestors, secure });
}

const isLoopback = (origin: string) => /^http:\/\/localhost:\d{1,5}$/.test(origin);

async function jsonServed(parts: CodeParts, path: string, doubt: CodeDoubt): Promise<unknown> {
  const response = await served(parts, path);
  if (response.status === 503) throw new Unreached();
  if (!response.ok) throw new Doubted(doubt);
  return response.json().catch(() => {
    throw new Doubted(doubt);
  });
}

const served = ({ fetch, origin }: CodeParts, path: string): Promise<Response> =>
  fetch(origin + path, { cache: 'no-store', redirect: 'error', credentials: 'omit' }).catch(() => {
    throw new Unreached();
  });
