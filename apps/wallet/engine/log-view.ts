/**
 * The log as this wallet verifies it, in the same code for receipts, checkpoints and notices: signed by the
 * log of the policy, seen by the quorum of witnesses, growing from what was seen before.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { decodeEntry } from '@answerable/log/verify/entry';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader } from '@answerable/log/verify/log-reader';
import { leafHash, verifyInclusion } from '@answerable/log/verify/merkle';
import { parseProof, verifyProof } from '@answerable/log/verify/proof';
import type { FetchFile } from '@answerable/log/verify/tile-reader';
import { type LogTrust, parseLogTrust, type QuorateCheckpoint } from '@answerable/log/verify/trust';
import type { RecordReceipt } from '@answerable/protocol/enrolment/session';
import { recordRootEntry } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import { Distrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';

export interface SeenLog {
  reader: LogReader;
  checkpoint: QuorateCheckpoint;
  /** A file of the log by its path; Refusal `unavailable` if the log cannot be reached. */
  fetchFile: FetchFile;
}

/** The newest checkpoint, verified; keeps it for the next time. */
export async function readLog(parts: WalletParts): Promise<SeenLog> {
  const { policy, store } = parts;
  const { logSeen } = await stateOf(parts);
  const fetchFile = reachable(parts);
  const reader = new LogReader({
    fetchFile,
    trust: logTrust(parts),
    ...(logSeen ? { pinned: { size: logSeen.size, root: fromBase64url(logSeen.root) } } : {}),
  });
  const checkpoint = await reader.latest().catch((error: unknown) => {
    throw error instanceof Refusal ? error : new Distrust(policy.log.name, 'log');
  });
  const seen = { size: checkpoint.size, root: toBase64url(checkpoint.root) };
  await store.save({ ...(await stateOf(parts)), logSeen: seen });
  return { reader, checkpoint, fetchFile };
}

/**
 * Whether this leaf is in the batch of the receipt and the batch's root in the log, both online and by the
 * receipt's own proof (which an authority would be shown). Throws Distrust.
 */
export async function verifyReceipt(parts: WalletParts, leaf: string, receipt: RecordReceipt): Promise<void> {
  const { registrar } = parts.policy;
  const { reader, checkpoint } = await readLog(parts);
  // Our view may be a moment older than the registrar's.
  if (receipt.entryIndex >= checkpoint.size) throw new Refusal('not_ready');
  const doubt = new Distrust(registrar.name, 'receipt');
  const { entry } = await reader.included(receipt.entryIndex, checkpoint).catch(() => {
    throw doubt;
  });
  const root = recordRootEntry.safeParse(decodeEntry(entry));
  const included =
    root.success &&
    root.data.leaves === receipt.leaves &&
    verifyInclusion({
      index: receipt.leafIndex,
      size: receipt.leaves,
      leaf: leafHash(fromBase64url(leaf)),
      proof: receipt.batchProof.map((hash) => fromBase64url(hash)),
      root: fromBase64url(root.data.root),
    });
  if (!included || !standsByItself(receipt, entry, logTrust(parts))) throw doubt;
}

function standsByItself(receipt: RecordReceipt, entry: Uint8Array, trust: LogTrust): boolean {
  try {
    const proof = parseProof(new TextEncoder().encode(receipt.entryProof));
    return verifyProof(proof, entry, trust).index === receipt.entryIndex;
  } catch {
    return false;
  }
}

function logTrust({ policy }: WalletParts): LogTrust {
  return parseLogTrust({
    log: policy.log.verifierKey,
    witnesses: policy.witnesses.list.map(({ verifierKey }) => verifierKey),
    quorum: policy.witnesses.quorum,
  });
}

// A log that cannot be reached is not a log that lies.
function reachable({ policy, fetch }: WalletParts): ReturnType<typeof fetchFrom> {
  const fetchFile = fetchFrom(policy.log.origin, fetch);
  return (path) =>
    fetchFile(path).catch(() => {
      throw new Refusal('unavailable', policy.log.name);
    });
}
