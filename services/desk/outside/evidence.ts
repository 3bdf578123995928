/**
 * What of a case may go with a notice to another company: items that are in it, as they were kept, and never
 * what somebody wrote about their own distress.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { type CaseState, itemOf } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';
import type { NoticeDraft, NoticeState } from './notice.ts';
import type { Evidence } from './notice-letter.ts';

/** Refuses what may not be sent. Asked when it is written, and again when it is sent. */
export function requireEvidence(state: CaseState | undefined, draft: NoticeDraft): void {
  if (!state) throw new Refusal('case_unknown');
  if (state.kind === 'care') throw new Refusal('distress_no_sanction');
  for (const locator of draft.evidence) {
    const item = itemOf(state, locator);
    if (!item) throw new Refusal('move_not_allowed', 'evidence');
    if (item.distress) throw new Refusal('distress_no_sanction');
  }
}

export async function evidenceOf(
  { store }: Pick<DeskParts, 'store'>,
  { caseId, draft }: NoticeState,
): Promise<Evidence[]> {
  const state = await store.state(caseId);
  const items = state?.items.filter((item) => draft.evidence.includes(item.locator) && !item.distress) ?? [];
  const texts = await store.texts(items.map((item) => item.hash));
  return items.map(({ locator, posted, hash }) => ({
    locator,
    posted,
    hash,
    text: texts.get(hash)?.text ?? '',
  }));
}
