/**
 * authority → desk, POST /disclosures, and GET /disclosures/:caseId (PROTOCOL §6.1). The desk checks who asks
 * and on what ground, finds whose the content is, and sets the filing going; it opens nothing and knows nobody.
 * The number of the case is random, and whoever has it may read what is filed: commitments and the ask itself.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { hashOf } from '@answerable/protocol/canonical';
import {
  type AuthorityAsk,
  type FiledDisclosure,
  signedAuthorityAsk,
} from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { openAsk } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import type { Signed } from '@answerable/protocol/signed';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { locator } from '../casework/decision.ts';
import { effectOf } from '../outbox.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { proofOf } from './perform-disclosure.ts';

const idBytes = 16;
const settleMs = 3_000;

export function askDisclosure(parts: DeskParts) {
  const { policies, disclosures, clock, outbox, config, events } = parts;
  return async (c: Context) => {
    const ask = await readJson(c, signedAuthorityAsk);
    if (!config.gateway) throw new Refusal('not_ready');
    openAsk(policies.current(), ask);
    if (ask.message.platform !== config.platform.name) throw new Refusal('not_found');
    const known = await disclosures.byAsk(ask.message.ask);
    if (known) return c.json({ caseId: sameAsk(known, ask) }, 202);
    const item = await findItem(parts, checkShape(ask.message.item, locator));
    if (!item.author) throw new Refusal('account_unknown');
    const caseId = toBase64url(randomBytes(idBytes));
    const { text, posted } = item;
    const row = { caseId, sub: item.author, ask, item: { locator: item.locator, text, posted } };
    const kept = await disclosures.add({ ...row, at: clock.now().toISOString() }, [
      effectOf(caseId, { kind: 'file-disclosure' }),
    ]);
    // From here on the request is on the record; filing, proof and delivery follow from the outbox.
    events.asked();
    await outbox.settle(kept, settleMs);
    await requireGoing(parts, kept);
    return c.json({ caseId: kept }, 202);
  };
}

function sameAsk(known: { caseId: string; ask: Signed<AuthorityAsk> }, ask: Signed<AuthorityAsk>): string {
  const of = (one: Signed<AuthorityAsk>) => hashOf(messageLabels.authorityAsk, one.message);
  if (of(known.ask) !== of(ask)) throw new Refusal('already_decided');
  return known.caseId;
}

/** As some case has kept it from the platform; else as the platform shows it now. */
async function findItem({ store, platform }: DeskParts, wanted: string): Promise<ItemSnapshot> {
  return storable((await store.seenItem(wanted)) ?? (await platform.item(wanted)));
}

export const showDisclosure = (parts: DeskParts) => async (c: Context) => {
  const { disclosures, policies } = parts;
  const caseId = wire.id.safeParse(c.req.param('caseId'));
  const row = caseId.success ? await disclosures.find(caseId.data) : undefined;
  if (!row) throw new Refusal('case_unknown');
  await requireGoing(parts, row.case_id);
  const { filed, proof } = row;
  if (!filed || !proof) throw new Refusal('not_ready');
  c.header('cache-control', 'no-store');
  // Guardians want a fresh checkpoint, so the proof is of now wherever the log answers.
  const fresh = await proofOf(policies.current().log.origin, filed.logKey).catch(() => proof);
  const reply: FiledDisclosure = { filing: filed.filing, salt: filed.salt, filingProof: fresh };
  return c.json(reply);
};

/** Refuses with the gateway's own refusal, if it made one. */
async function requireGoing({ disclosures }: DeskParts, caseId: string): Promise<void> {
  const code = await disclosures.refusedWith(caseId);
  if (code) throw new Refusal(code);
}
