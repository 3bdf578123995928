/**
 * gateway → desk, POST /holder/appeals, /holder/evidence and /holder/replies: what a holder sent through the inbox. The gateway
 * knows whose account it is; the desk learns an account, and within the case a number.
 */
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { holderAppeal, holderEvidence, holderReply } from '@answerable/protocol/report/sanction';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Happening } from '../casebook.ts';
import { derivedId } from '../casework/effects.ts';
import { human, rule, theDesk } from '../casework/event.ts';
import { effectOf } from '../outbox.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { recordAppeal, recordEvidence } from './record-appeal.ts';

const inboxTool = { ...human, name: 'inbox' };
type HolderAppeal = z.infer<typeof holderAppeal>;

export function takeAppeal(parts: DeskParts) {
  return async (c: Context) => {
    const given = storable(await readJson(c, holderAppeal));
    const state = await parts.store.state(given.caseId);
    if (!state) throw new Refusal('case_unknown');
    const counted = await countedWith(parts, given, state.persons, state.items);
    await recordAppeal(parts, given, inboxTool, counted);
    return c.json({ ok: true });
  };
}

/** More for an appeal that is waiting. */
export function takeEvidence(parts: DeskParts) {
  return async (c: Context) => {
    const { caseId, sub, words } = storable(await readJson(c, holderEvidence));
    await recordEvidence(parts, { caseId, sub, words, media: [] }, inboxTool);
    return c.json({ ok: true });
  };
}

// A sanction on the person reaches accounts that are not in the case; from any of them an appeal is theirs.
async function countedWith(
  { gateway }: DeskParts,
  { caseId, sub }: HolderAppeal,
  known: { sub: string; person: number }[],
  items: { author: string | null }[],
): Promise<Happening[]> {
  if (!gateway || known.some((one) => one.sub === sub)) return [];
  const subs = [
    ...new Set([...items.flatMap((item) => item.author ?? []), ...known.map((one) => one.sub), sub]),
  ];
  const persons = await gateway.persons(caseId, subs);
  return [{ actor: theDesk, tool: rule('gateway'), body: { kind: 'persons-counted', persons } }];
}

export function takeReply(parts: DeskParts) {
  const { disclosures, clock, outbox } = parts;
  return async (c: Context) => {
    const { caseId, sub, reply, seal } = storable(await readJson(c, holderReply));
    const row = await disclosures.find(caseId);
    if (row?.sub !== sub || !row.filed) throw new Refusal('case_unknown');
    const replyId = derivedId(`${caseId}/reply/${reply}`);
    const effects = row.filed.packages.map(({ guardian }) =>
      effectOf(
        caseId,
        { kind: 'forward-reply', guardian, reply, ...(seal ? { seal } : {}) },
        `${guardian} ${replyId}`,
      ),
    );
    await disclosures.addReply({ caseId, replyId, reply, at: clock.now().toISOString() }, effects);
    outbox.kick();
    return c.json({ ok: true });
  };
}
