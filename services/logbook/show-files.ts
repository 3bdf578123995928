/**
 * GET /checkpoint and GET /tile/*: the files of the log as C2SP tlog-tiles names them, for anybody; and
 * GET /checkpoint.rounded, the one that wallets share (protocol/log/rounding.ts).
 */
import { MalformedLogData } from '@answerable/log/verify/errors';
import { parseTilePath } from '@answerable/log/verify/tile';
import type { roundedCheckpointPath } from '@answerable/protocol/log/rounding';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { LogbookParts } from './parts.ts';

export const showCheckpoint =
  ({ files }: LogbookParts, path: 'checkpoint' | typeof roundedCheckpointPath = 'checkpoint') =>
  async (c: Context) => {
    const checkpoint = await files.read(path);
    if (checkpoint === undefined) throw new Refusal('not_ready');
    return c.body(new TextDecoder().decode(checkpoint), 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    });
  };

export const showTile =
  ({ files }: LogbookParts) =>
  async (c: Context) => {
    const path = c.req.path.slice(1);
    requireTilePath(path);
    const tile = await files.read(path);
    if (tile === undefined) throw new Refusal('not_found');
    // A path says exactly what is in it, once a checkpoint needs it.
    return c.body(tile.slice().buffer, 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=3600',
    });
  };

function requireTilePath(path: string): void {
  try {
    parseTilePath(path);
  } catch (error) {
    throw error instanceof MalformedLogData ? new Refusal('not_found') : error;
  }
}
