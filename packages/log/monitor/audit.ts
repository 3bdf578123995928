/**
 * The audit: reads a whole log through a fetch function (a URL, a folder, a visitor's browser), verifies it to
 * the byte, and says where it does not hold. First the checkpoint, then every hash, then every entry, then the
 * histories that others hold, then the rules about what entries say. Trusts only the keys it is given.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sameBytes } from '../verify/encoding.ts';
import { LogUnverified } from '../verify/errors.ts';
import type { TreeHead } from '../verify/merkle.ts';
import { bundleAt, TILE_WIDTH, tilePath } from '../verify/tile.ts';
import type { FetchFile } from '../verify/tile-reader.ts';
import { type LogTrust, requireQuorum } from '../verify/trust.ts';
import { checkBundle } from './bundle-check.ts';
import { type CheckpointVerdict, readCheckpoint, repairRoot } from './checkpoint-check.ts';
import { ContentCheck } from './content-check.ts';
import type { AuditReport, Finding } from './finding.ts';
import { checkHistories } from './history-check.ts';
import { fetchTile, type LogWalk, walkLog } from './read-log.ts';
import type { Rule } from './rules.ts';
import { checkTree } from './tree-check.ts';

/** A checkpoint that does not verify may claim any size; beyond this it is not followed. */
const UNSIGNED_SIZE_MAX = 65_536;

export interface AuditOptions {
  readonly fetchFile: FetchFile;
  readonly trust: LogTrust;
  /** Rules about the content; none are asked when the log holds opaque entries. */
  readonly rules?: readonly Rule[];
  /** Another project's log: entries are bytes, not our canonical JSON. */
  readonly opaqueEntries?: boolean;
  /** Heads verified earlier, which must be beginnings of this log. */
  readonly earlier?: readonly TreeHead[];
  /** Checkpoints that others hold (witnesses, a friend); signed ones must agree with this log. */
  readonly others?: readonly Uint8Array[];
  readonly onProgress?: (filesRead: number, filesAll: number) => void;
}

export async function audit(options: AuditOptions): Promise<AuditReport> {
  const { fetchFile, trust } = options;
  const read = await readCheckpoint(fetchFile, trust);
  const { claimed } = read;
  if (claimed === undefined || (!read.signed && claimed.size > UNSIGNED_SIZE_MAX))
    return report(read, [], 0, 0);
  const content = new ContentCheck(options.opaqueEntries ? undefined : (options.rules ?? []));
  const walk = await walkLog({
    fetchFile,
    size: claimed.size,
    onEntry: (bytes, index) => content.see(bytes, index),
    onProgress: options.onProgress ?? (() => undefined),
  });
  const verdict = read.signed ? read : repairRoot(read, walk.leaves, trust);
  const { findings: treeFindings, proven } = checkTree({ ...walk, ...verdict.claimed! });
  const findings = [...walk.findings, ...treeFindings, ...(await checkEntries(fetchFile, walk, proven))];
  findings.push(...quorumFinding(verdict, trust), ...checkHistories(options, proven));
  // What entries say is only worth asking once they are the entries that were logged.
  if (findings.length === 0 && verdict.findings.length === 0) findings.push(...content.finish(claimed.size));
  return report(verdict, findings, walk.filesRead, walk.bytesRead);
}

/** Looks closely at every bundle that is misshapen or has an entry that its leaf does not prove. */
async function checkEntries(
  fetchFile: FetchFile,
  walk: LogWalk,
  proven: readonly Hash[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (let index = 0; index * TILE_WIDTH < proven.length; index += 1) {
    const first = index * TILE_WIDTH;
    const leaves = proven.slice(first, first + TILE_WIDTH);
    const sound = leaves.every((leaf, i) => leaf === undefined || same(leaf, walk.leaves[first + i]));
    if (sound && !walk.misshapen.has(index)) continue;
    const tile = bundleAt(index, proven.length);
    const bytes = await fetchTile(fetchFile, tile);
    if (bytes !== undefined) findings.push(...checkBundle({ file: tilePath(tile), bytes, first, leaves }));
  }
  return findings;
}

type Hash = Uint8Array | undefined;
const same = (a: Uint8Array, b: Hash): boolean => b !== undefined && sameBytes(a, b);

function quorumFinding({ opened }: CheckpointVerdict, trust: LogTrust): Finding[] {
  if (opened === undefined) return [];
  try {
    requireQuorum(opened, trust);
    return [];
  } catch (error) {
    if (!(error instanceof LogUnverified)) throw error;
    const says = `Too few of the named witnesses have seen this checkpoint (${opened.cosignatures.length} did).`;
    return [{ kind: 'quorum-missing', file: 'checkpoint', says }];
  }
}

function report(
  { claimed, opened, findings }: CheckpointVerdict,
  more: readonly Finding[],
  filesRead: number,
  bytesRead: number,
): AuditReport {
  const all = [...findings, ...more];
  return {
    ok: all.length === 0,
    origin: claimed?.origin,
    size: claimed?.size ?? 0,
    root: claimed === undefined ? undefined : bytesToHex(claimed.root),
    witnesses: (opened?.cosignatures ?? []).map(({ key, time }) => ({ name: key.name, time: time ?? 0 })),
    filesRead: filesRead + 1,
    bytesRead,
    findings: all,
  };
}
