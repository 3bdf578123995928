/**
 * Checks an evidence file without any service: every hash, and with a trust policy the place of its commitment in
 * the log. Says what holds, and what rests on whose word.
 */
import { utf8 } from '@answerable/core/bytes';
import { encodeEntry } from '@answerable/log/verify/entry';
import { parseProof, verifyProof } from '@answerable/log/verify/proof';
import { logTrustOf } from '../log/trust.ts';
import type { TrustPolicy } from '../trust-policy.ts';
import {
  openFile,
  type PackManifest,
  type PackRecord,
  packCommitment,
  packRecord,
  partOf,
  pictureTag,
  recordOpens,
  scriptCloses,
} from './evidence-pack.ts';

export interface EvidenceVerdict {
  record: PackRecord | null;
  manifest: PackManifest | null;
  /** where the log has it: its index, and by when which witnesses had seen that; null: not shown */
  log: { index: number; seen: { witness: string; at: string }[] } | null;
  /** the file has a proof and no policy was given to check it with */
  unchecked: boolean;
  /** one sentence for each thing that does not hold */
  faults: string[];
}

export function verifyEvidence(bytes: Uint8Array, policy: TrustPolicy | undefined): EvidenceVerdict {
  const nothing = { record: null, manifest: null, log: null, unchecked: false };
  const text = textOf(bytes);
  const file = text === undefined ? undefined : openFile(text);
  if (!file) return { ...nothing, faults: ['this is not an evidence file, or its seal was changed'] };
  const { page, pageBytes, seal } = file;
  const { manifest, salt, proof } = seal;
  const faults: string[] = [];
  const recordText = between(page, recordOpens, scriptCloses);
  const parts = [partOf('page', pageBytes), partOf('record.json', utf8(recordText ?? ''))];
  for (const [, name, base64] of page.matchAll(pictureTag)) parts.push(partOf(name!, bytesOf(base64!)));
  for (const listed of manifest.parts) {
    const found = parts.find(({ name }) => name === listed.name);
    if (!found) faults.push(`a part is missing: ${listed.name}`);
    else if (found.sha256 !== listed.sha256 || found.bytes !== listed.bytes)
      faults.push(`changed since it was made: ${listed.name}`);
  }
  if (parts.length !== manifest.parts.length) faults.push('there are other parts than the seal lists');
  const record = recordOf(recordText);
  if (!record) faults.push('the record inside cannot be read');
  const log = proof !== null && policy ? placeOf(packCommitment(salt, manifest), proof, policy) : null;
  if (proof !== null && policy && !log)
    faults.push('the log does not show this file under this trust policy: its date is not proven');
  return { record, manifest, log, unchecked: proof !== null && !policy, faults };
}

function placeOf(commitment: string, proof: string, policy: TrustPolicy): EvidenceVerdict['log'] {
  try {
    const entry = encodeEntry({ v: 1, kind: 'commitment', commitment });
    const { index, checkpoint } = verifyProof(parseProof(utf8(proof)), entry, logTrustOf(policy));
    const seen = checkpoint.cosignatures.flatMap(({ key, time }) =>
      time === undefined ? [] : [{ witness: key.name, at: new Date(time * 1000).toISOString() }],
    );
    return { index, seen };
  } catch {
    return null;
  }
}

/** The text of exactly these bytes; undefined for what is no UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function recordOf(text: string | undefined): PackRecord | null {
  try {
    return packRecord.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

function between(text: string, opens: string, closes: string): string | undefined {
  const at = text.indexOf(opens);
  const to = text.indexOf(closes, at);
  return at < 0 || to < 0 ? undefined : text.slice(at + opens.length, to);
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
