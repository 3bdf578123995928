/**
 * gateway → desk, POST /holder/wishes: the person whom help was shown says what they want: to be written to, or
 * to be left alone. The same word twice is once.
 */
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { holderWish } from '@answerable/protocol/report/sanction';
import type { Context } from 'hono';
import type { WelfareWish } from '../casework/care.ts';
import { human } from '../casework/event.ts';
import type { DeskParts } from '../parts.ts';

export const takeWish = (parts: DeskParts) => async (c: Context) => {
  const { caseId, sub, wish } = await readJson(c, holderWish);
  await keepWish(parts, caseId, sub, wish);
  return c.json({ ok: true });
};

/** Throws Refusal `case_unknown`, also where the case is not about this account. */
export async function keepWish(
  { casebook, store, outbox }: DeskParts,
  caseId: string,
  sub: string,
  wish: WelfareWish,
): Promise<void> {
  if (!(await store.state(caseId))) throw new Refusal('case_unknown');
  await casebook.act(caseId, (state) => {
    const theirs = state.measures.some((one) => one.concerns === sub);
    const said = state.welfare?.wish?.wish === wish && (wish === 'leave-alone' || state.welfare.waiting);
    if (theirs && said) return [];
    const actor = { role: 'holder' as const, name: 'holder' };
    return [{ actor, tool: { ...human, name: 'inbox' }, body: { kind: 'welfare-wished', sub, wish } }];
  });
  outbox.kick();
}
