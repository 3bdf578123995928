/**
 * GET /records/buckets/:prefix: every sealed record of a bucket. Only who knows R can tell which one is theirs,
 * and open it; so the registrar never learns about whom an authority asked (PROTOCOL §6.5). A prefix that is
 * longer than the bucket size allows is cut.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { LeafStore } from './leaf-store.ts';
import { bucketDigits } from './policy.ts';

export function listBucket({ leaves }: { leaves: LeafStore }) {
  return async (c: Context) => {
    const prefix = c.req.param('prefix') ?? '';
    if (!/^[0-9a-f]{1,8}$/.test(prefix)) throw new Refusal('malformed', 'prefix');
    const digits = bucketDigits(await leaves.countItems());
    return c.json({ items: await leaves.itemsOf(prefix.slice(0, digits)) });
  };
}
