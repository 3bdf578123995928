// The checkpoint of an audited log: does it parse, did the log sign it, and if not, is it the root line that was
// altered? (The tree itself knows what the root should have been.)
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  type CheckpointText,
  formatCheckpoint,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
} from '../verify/checkpoint.ts';
import { toBase64, utf8 } from '../verify/encoding.ts';
import { LogUnverified, MalformedLogData } from '../verify/errors.ts';
import { rootOfHashes } from '../verify/merkle.ts';
import { formatNote, type Note, parseNote } from '../verify/note.ts';
import type { FetchFile } from '../verify/tile-reader.ts';
import type { LogTrust } from '../verify/trust.ts';
import type { Finding } from './finding.ts';

const FILE = 'checkpoint';

export interface CheckpointVerdict {
  /** What the checkpoint says, or what it said before its root was altered; undefined when unreadable. */
  readonly claimed: CheckpointText | undefined;
  readonly note: Note | undefined;
  readonly opened: OpenedCheckpoint | undefined;
  readonly signed: boolean;
  readonly findings: readonly Finding[];
}

const NOTHING = { claimed: undefined, note: undefined, opened: undefined, signed: false } as const;

export async function readCheckpoint(fetchFile: FetchFile, trust: LogTrust): Promise<CheckpointVerdict> {
  const bytes = await fetchFile(FILE);
  if (bytes === undefined)
    return { ...NOTHING, findings: [{ kind: 'file-missing', file: FILE, says: 'There is no checkpoint.' }] };
  try {
    const note = parseNote(bytes);
    const claimed = parseCheckpoint(note.text);
    const opened = openOrUndefined(note, trust);
    const findings = opened === undefined ? [unsigned(note, trust)] : [];
    return { claimed, note, opened, signed: opened !== undefined, findings };
  } catch (error) {
    if (!(error instanceof MalformedLogData)) throw error;
    const says = `The checkpoint cannot be read (${error.message}).`;
    return { ...NOTHING, findings: [{ kind: 'checkpoint-malformed', file: FILE, says }] };
  }
}

function openOrUndefined(note: Note, trust: LogTrust): OpenedCheckpoint | undefined {
  try {
    return openCheckpoint(formatNote(note), trust);
  } catch (error) {
    // A note that lost every line of the log no longer parses; it is as unsigned as a forged one.
    if (error instanceof LogUnverified || error instanceof MalformedLogData) return undefined;
    throw error;
  }
}

function unsigned(note: Note, trust: LogTrust): Finding {
  const logAlone = { ...note, signatures: note.signatures.filter(({ name }) => name === trust.log.name) };
  const signedByLog = openOrUndefined(logAlone, { ...trust, witnesses: [] }) !== undefined;
  const says = signedByLog
    ? 'The log signed this checkpoint, but a cosignature on it is forged or altered.'
    : "The log's signature does not fit this checkpoint: its text or its signature was altered.";
  return { kind: 'checkpoint-signature', file: FILE, says };
}

/** If the signature fits the root that the entries give, then the root line is what was altered. */
export function repairRoot(
  verdict: CheckpointVerdict,
  leaves: readonly (Uint8Array | undefined)[],
  trust: LogTrust,
): CheckpointVerdict {
  const { claimed, note } = verdict;
  if (claimed === undefined || note === undefined || leaves.includes(undefined)) return verdict;
  const root = rootOfHashes(leaves as Uint8Array[]);
  const text = formatCheckpoint(claimed.origin, { size: claimed.size, root });
  const opened = openOrUndefined({ ...note, text }, trust);
  if (opened === undefined) return verdict;
  const finding: Finding = {
    kind: 'checkpoint-signature',
    file: FILE,
    says: 'The root hash in the checkpoint was altered: the signature fits the root of the entries.',
    byte: utf8(`${claimed.origin}\n${claimed.size}\n`).length,
    bytes: toBase64(root).length,
    expected: bytesToHex(root),
    found: bytesToHex(claimed.root),
  };
  return { ...verdict, claimed: { ...claimed, root }, opened, findings: [finding] };
}
