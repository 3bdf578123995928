/** What the registrar keeps for the words: core's recall blob in its envelope (PROTOCOL §3.6). */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { type Blob, decodeBlob } from '@answerable/core/recall/blob';
import { type RecallEnvelope, recallEnvelope } from '@answerable/protocol/enrolment/recall';
import { orDistrust } from './distrust.ts';
import type { WalletParts } from './parts.ts';
import type { OpenSession } from './state.ts';

/** The envelope of this very record and version. Throws Distrust. */
export function readEnvelope(
  { policy }: WalletParts,
  { blob, recallId, version }: NonNullable<OpenSession['recall']>,
): { envelope: RecallEnvelope; inside: Blob } {
  return orDistrust(policy.registrar.name, 'record', () => {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(blob));
    const envelope = recallEnvelope.parse(JSON.parse(text));
    const inside = decodeBlob(fromBase64url(envelope.sealed));
    if (toBase64url(inside.recallId) !== recallId || inside.version !== version) throw new Error('another');
    if (inside.threshold !== policy.tags.threshold) throw new Error('another threshold');
    return { envelope, inside };
  });
}

export const encodeEnvelope = (envelope: RecallEnvelope): string =>
  toBase64url(new TextEncoder().encode(JSON.stringify(envelope)));
