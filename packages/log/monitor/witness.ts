// A witness (C2SP tlog-witness, add-checkpoint) as a state machine: request and last cosigned head in, answer
// and next head out. Guardians and keepers mount it over their own store. Assumes nothing about the network;
// must never cosign two histories of one origin, so the store's `advance` compares and sets in one step.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type AddCheckpoint, decodeAddCheckpoint } from '../verify/add-checkpoint.ts';
import { sameBytes, utf8 } from '../verify/encoding.ts';
import { LogUnverified, MalformedLogData } from '../verify/errors.ts';
import { EMPTY_ROOT, type TreeHead, verifyConsistency } from '../verify/merkle.ts';
import { formatNote, formatSignatureLine, type Note, openNote, parseNote } from '../verify/note.ts';
import type { NoteKey, VerifierKey } from '../verify/note-key.ts';
import { cosign } from '../verify/note-signature.ts';

/** The head a witness last cosigned for an origin, with the note as it serves it to monitors. */
export interface WitnessedHead extends TreeHead {
  readonly checkpoint: Uint8Array;
}

export interface WitnessStore {
  latest(origin: string): Promise<WitnessedHead | undefined>;
  /** Durably replaces the head if it still has `oldSize` (0: there is none); false when it has not. */
  advance(origin: string, oldSize: number, next: WitnessedHead): Promise<boolean>;
}

export interface WitnessOptions {
  readonly key: NoteKey;
  /** Log keys that this witness follows, each named as its log's origin. */
  readonly logs: readonly VerifierKey[];
  readonly store: WitnessStore;
  /** POSIX seconds. */
  readonly now: () => number;
  /**
   * Looks at the new entries before the witness speaks for them; false keeps it silent (answered as 422).
   * Outside witnesses leave it out: they speak for consistency only.
   */
  readonly approve?: (older: TreeHead, newer: TreeHead) => Promise<boolean>;
}

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
  readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
}

/** POST /add-checkpoint: the whole of it. */
export async function addCheckpoint(body: Uint8Array, options: WitnessOptions): Promise<WitnessAnswer> {
  const request = decodeOrUndefined(body);
  if (request === undefined) return refuse(400, 'malformed request');
  const { origin, size, root } = request.checkpoint;
  const log = options.logs.find((key) => key.name === origin);
  if (log === undefined) return refuse(404, 'unknown log');
  const opened = openOrUndefined(request, log);
  if (opened === undefined) return refuse(403, 'invalid signature');
  const latest = await options.store.latest(origin);
  const refusal = decideGrowth(request, latest);
  if (refusal !== undefined) return refusal;
  const older = latest ?? { size: 0, root: EMPTY_ROOT };
  if (options.approve !== undefined && !(await options.approve(older, { size, root })))
    return refuse(422, 'entries not approved');
  const cosignature = cosign(opened.text, options.now(), options.key);
  const checkpoint = formatNote({ text: opened.text, signatures: [...opened.signatures, cosignature] });
  if (!(await options.store.advance(origin, request.oldSize, { size, root, checkpoint })))
    return conflict((await options.store.latest(origin))?.size ?? 0);
  // The head is durable here; only now does the cosignature leave.
  return { status: 200, body: formatSignatureLine(cosignature), contentType: 'text/plain; charset=utf-8' };
}

/** The refusal that tlog-witness prescribes, or undefined when the checkpoint extends the latest. */
function decideGrowth(
  { oldSize, proof, checkpoint }: AddCheckpoint,
  latest: TreeHead | undefined,
): WitnessAnswer | undefined {
  if (oldSize > checkpoint.size) return refuse(400, 'old size above checkpoint size');
  if (oldSize !== (latest?.size ?? 0)) return conflict(latest?.size ?? 0);
  if (checkpoint.size === 0 && !sameBytes(checkpoint.root, EMPTY_ROOT))
    return refuse(422, 'root of an empty tree');
  const older = latest ?? { size: 0, root: EMPTY_ROOT };
  if (!verifyConsistency({ older, newer: checkpoint, proof })) return refuse(422, 'consistency proof');
  return undefined;
}

/** GET /<origin hash>/checkpoint: the latest cosigned checkpoint, or undefined (404). */
export async function monitorCheckpoint(
  originHash: string,
  { logs, store }: WitnessOptions,
): Promise<Uint8Array | undefined> {
  const log = logs.find(({ name }) => originHashOf(name) === originHash);
  return log === undefined ? undefined : (await store.latest(log.name))?.checkpoint;
}

/** SHA-256 of the origin, lower-case hex. */
export const originHashOf = (origin: string): string => bytesToHex(sha256(utf8(origin)));

function decodeOrUndefined(body: Uint8Array): AddCheckpoint | undefined {
  try {
    return decodeAddCheckpoint(body);
  } catch (error) {
    if (error instanceof MalformedLogData) return undefined;
    throw error;
  }
}

/** The note with the verified lines of the log only. A line that is no signature is one that does not hold. */
function openOrUndefined(request: AddCheckpoint, log: VerifierKey): Note | undefined {
  try {
    const { text, verified } = openNote(parseNote(request.note), [log]);
    return { text, signatures: verified.map(({ line }) => line) };
  } catch (error) {
    if (error instanceof LogUnverified || error instanceof MalformedLogData) return undefined;
    throw error;
  }
}

const refuse = (status: 400 | 403 | 404 | 422, reason: string): WitnessAnswer => ({
  status,
  body: reason + '\n',
  contentType: 'text/plain; charset=utf-8',
});

const conflict = (size: number): WitnessAnswer => ({
  status: 409,
  body: `${size}\n`,
  contentType: 'text/x.tlog.size',
});
