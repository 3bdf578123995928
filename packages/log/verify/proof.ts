// Offline proof that an entry is in a log (C2SP tlog-proof v1): index, inclusion proof, checkpoint. Assumes
// the reader has the entry's bytes and the trust in the log by other means; `extra` is never believed.
import { concatBytes } from '@noble/hashes/utils.js';
import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { fromBase64, fromBase64Exact, fromDecimal, fromUtf8, toBase64, utf8 } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import { HASH_BYTES, leafHash, verifyInclusion } from './merkle.ts';
import { type Freshness, type LogTrust, type QuorateCheckpoint, requireQuorum } from './trust.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
const PROOF_BYTES_MAX = 524_288;
/** A tree of 2^53 leaves has a path of 53. */
const HASHES_MAX = 63;

export interface LogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The checkpoint note, verbatim. */
  readonly checkpoint: Uint8Array;
  /** Opaque; not authenticated by anything. */
  readonly extra?: Uint8Array;
}

export function formatProof({ index, hashes, checkpoint, extra }: LogProof): Uint8Array {
  const lines = [HEADER];
  if (extra !== undefined) lines.push('extra ' + toBase64(extra));
  lines.push(`index ${index}`, ...hashes.map(toBase64), '', '');
  return concatBytes(utf8(lines.join('\n')), checkpoint);
}

export function parseProof(bytes: Uint8Array): LogProof {
  if (bytes.length > PROOF_BYTES_MAX) throw new MalformedLogData('proof', `at most ${PROOF_BYTES_MAX} bytes`);
  const text = fromUtf8('proof', bytes);
  const split = text.indexOf('\n\n');
  if (split < 0) throw new MalformedLogData('proof', 'an empty line before the checkpoint');
  const [header, ...rest] = text.slice(0, split).split('\n');
  if (header !== HEADER) throw new MalformedLogData('proof', HEADER);
  const extra = rest[0]?.startsWith('extra ') ? rest.shift()!.slice('extra '.length) : undefined;
  const index = rest.shift();
  if (!index?.startsWith('index ')) throw new MalformedLogData('proof index', 'index and a decimal');
  if (rest.length > HASHES_MAX) throw new MalformedLogData('proof', `at most ${HASHES_MAX} hashes`);
  return {
    index: fromDecimal('proof index', index.slice('index '.length)),
    hashes: rest.map((line) => fromBase64Exact('proof hash', line, HASH_BYTES)),
    checkpoint: utf8(text.slice(split + 2)),
    ...(extra === undefined ? {} : { extra: fromBase64('proof extra', extra) }),
  };
}

/** An entry proven to stand at `index` of a log that a quorum has seen. */
export interface ProvenEntry {
  readonly index: number;
  readonly entry: Uint8Array;
  readonly checkpoint: QuorateCheckpoint;
}

/** Verifies a tlog-proof for these exact entry bytes: log signature, quorum, inclusion. */
export function verifyProof(
  proof: LogProof,
  entry: Uint8Array,
  trust: LogTrust,
  freshness?: Freshness,
): ProvenEntry {
  const opened: OpenedCheckpoint = openCheckpoint(proof.checkpoint, trust);
  const checkpoint = requireQuorum(opened, trust, freshness);
  const { index, hashes } = proof;
  const { size, root } = checkpoint;
  if (!verifyInclusion({ index, size, root, leaf: leafHash(entry), proof: hashes }))
    throw new LogUnverified();
  return { index, entry, checkpoint };
}
