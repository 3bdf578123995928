/**
 * The sealed record of a record key, out of a whole bucket (PROTOCOL §6.5). The registrar is told one digit of
 * H(R) and no more: which record was looked for stays here.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { openBucketItem, recordBucket } from '@answerable/core/presentation/record';
import { bucketResponse, type RecordItem, recordItem } from '@answerable/protocol/disclosure/opening';
import { ZodError } from 'zod';
import { call } from './call.ts';
import type { Setting } from './parts.ts';

/** Bits of H(R) that the registrar learns: a sixteenth of all records is asked for. */
const bucketBits = 4;

/** Every record under `recordKey`, the newest first; none if the registrar has none. */
export async function findRecords({ policy, fetch }: Setting, recordKey: Uint8Array): Promise<RecordItem[]> {
  const bucket = recordBucket(recordKey, bucketBits);
  const url = `${policy.registrar.origin}/records/buckets/${bucket}`;
  const { items } = await call(url, { schema: bucketResponse, fetch });
  return items
    .flatMap((item) => openItem(recordKey, item))
    .sort((a, b) => b.receipt.entryIndex - a.receipt.entryIndex);
}

function openItem(recordKey: Uint8Array, sealed: string): RecordItem[] {
  try {
    const octets = openBucketItem(recordKey, fromBase64url(sealed, 'item'));
    return [recordItem.parse(JSON.parse(new TextDecoder().decode(octets)))];
  } catch (error) {
    // Somebody else's item does not open; one that is no record is as good as none.
    const unfit = error instanceof ProofFailed || error instanceof Malformed;
    if (unfit || error instanceof SyntaxError || error instanceof ZodError) return [];
    throw error;
  }
}
