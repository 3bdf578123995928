/**
 * GET /receipts/:receipt/evidence: one file for whoever has the receipt, made anew only when there is something new
 * to say. Its commitment goes into the desk's ledger, which the head of the day covers, and through the gateway into
 * the log.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { checkShape } from '@answerable/kit/read-json';
import { packCommitment, sealPage } from '@answerable/protocol/report/evidence-pack';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { sql } from 'kysely';
import { numbersFor } from '../care/alarm-view.ts';
import { countriesOf } from '../deciding/write-decision.ts';
import { proofOf } from '../disclosure/perform-disclosure.ts';
import type { Gate } from '../intake/gate.ts';
import { appendRecord } from '../ledger.ts';
import type { DeskParts } from '../parts.ts';
import type { Trx } from '../store.ts';
import { type Gathered, gatherRecord } from './gather-record.ts';
import { contentHash, type Rendered, renderPack } from './render-pack.ts';

const idBytes = 16;
const saltBytes = 32;
/** As a report counts one; it may hold pictures. */
const packCost = 0.5;
const ledgerChain = 'evidence';

interface Pack extends Rendered {
  id: string;
  made: string;
  salt: string;
  proof: string | null;
}

export const givePack = (parts: DeskParts, gate: Gate) => async (c: Context) => {
  await gate.pass(c, packCost);
  const receipt = checkShape(c.req.param('receipt'), wire.id);
  const file = await gate.large(async () => {
    const pack = await packOf(parts, receipt, await gatherRecord(parts, receipt));
    const proof = pack.proof ?? (await stamp(parts, pack));
    return sealPage(pack.page, { manifest: pack.manifest, salt: pack.salt, proof });
  });
  return c.body(file, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': `attachment; filename="evidence-${parts.config.platform.name}.html"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
};

/** The newest file with this content, if it can be made again to the byte; else another one. */
function packOf(parts: DeskParts, receipt: string, gathered: Gathered): Promise<Pack> {
  const { store, clock, config } = parts;
  const { record, pictures } = gathered;
  const numbers = numbersFor(countriesOf(config)[0] ?? '');
  const content = contentHash(record, numbers);
  return store.transaction(async (trx: Trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`evidence ${receipt}`}, 0))`.execute(trx);
    const known = await trx
      .selectFrom('evidence_pack')
      .selectAll()
      .where('receipt', '=', receipt)
      .where('content', '=', content)
      .orderBy('made', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (known) {
      const rendered = renderPack(record, pictures, known.made, numbers);
      if (packCommitment(known.salt, rendered.manifest) === packCommitment(known.salt, known.manifest))
        return { ...known, ...rendered };
    }
    const [id, salt] = [toBase64url(randomBytes(idBytes)), toBase64url(randomBytes(saltBytes))];
    const made = clock.now().toISOString();
    const rendered = renderPack(record, pictures, made, numbers);
    const row = { id, receipt, content, made, salt, proof: null };
    await trx
      .insertInto('evidence_pack')
      .values({ ...row, manifest: JSON.stringify(rendered.manifest) })
      .execute();
    const body = { commitment: packCommitment(salt, rendered.manifest) };
    await appendRecord(trx, ledgerChain, { at: made, who: 'desk', body });
    return { ...row, ...rendered };
  });
}

/** The proof of its commitment in the log; null where there is none, or not yet: asked again, it may be there. */
async function stamp({ store, gateway, policies }: DeskParts, pack: Pack): Promise<string | null> {
  if (!gateway) return null;
  try {
    const logKey = await gateway.commit(pack.id, packCommitment(pack.salt, pack.manifest));
    // From here on it is on its way to the log; the same id gives the same key.
    const proof = await proofOf(policies.current().log.origin, logKey);
    await store.transaction(async (trx) => {
      await trx.updateTable('evidence_pack').set({ proof }).where('id', '=', pack.id).execute();
    });
    return proof;
  } catch {
    return null;
  }
}
