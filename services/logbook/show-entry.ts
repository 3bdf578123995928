/**
 * Where an entry stands, and the proof of it: GET /entries/by-key/:key and GET /entries/:index/proof?size=N.
 * Proofs are read from the same files as everybody reads; they need no trust in this service.
 */
import { readQuery } from '@answerable/kit/read-json';
import type { LogFiles } from '@answerable/log/append/log-store';
import { openCheckpoint, parseCheckpoint } from '@answerable/log/verify/checkpoint';
import { parseNote } from '@answerable/log/verify/note';
import { formatProof } from '@answerable/log/verify/proof';
import { TileReader } from '@answerable/log/verify/tile-reader';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import type { LogbookParts } from './parts.ts';

const decimal = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,14})$/)
  .transform(Number);
const proofQuery = z.object({ size: decimal.optional() });

export const showPlace =
  ({ store, files }: LogbookParts) =>
  async (c: Context) => {
    const key = wire.id.safeParse(c.req.param('key'));
    const index = key.success ? await store.placeOf(key.data) : undefined;
    // An index is told once a published checkpoint covers it: who knows the place can have the proof.
    if (index === undefined || index >= (await publishedSize(files))) throw new Refusal('not_found');
    return c.json({ index });
  };

export const showProof = (parts: LogbookParts) => async (c: Context) => {
  const index = decimal.safeParse(c.req.param('index'));
  const { size } = readQuery(c, proofQuery);
  const checkpoint = await checkpointAt(parts, size);
  if (!index.success || checkpoint === undefined) throw new Refusal('not_found');
  const head = openCheckpoint(checkpoint, { log: parts.key, witnesses: [] });
  if (index.data >= head.size) throw new Refusal('not_found');
  const hashes = await new TileReader(parts.files.read, head).inclusionProof(index.data);
  const proof = formatProof({ index: index.data, hashes, checkpoint });
  return c.body(new TextDecoder().decode(proof), 200, { 'content-type': 'text/plain; charset=utf-8' });
};

function checkpointAt(
  { store, files }: LogbookParts,
  size: number | undefined,
): Promise<Uint8Array | undefined> {
  return size === undefined ? files.read('checkpoint') : store.checkpointAt(size);
}

async function publishedSize(files: LogFiles): Promise<number> {
  const checkpoint = await files.read('checkpoint');
  return checkpoint === undefined ? 0 : parseCheckpoint(parseNote(checkpoint).text).size;
}
