/** While something is going on after a death, what names the bereaved or the press is filed as a pile-on. */
import type { CaseKind } from '../casework/event.ts';
import type { Trx } from '../store.ts';
import { foldTerm, speaksOf } from './fold-words.ts';
import type { VigilStore } from './vigil-store.ts';

/** The kind to open a case as; only what would have been an ordinary post changes. */
export async function kindWhileShielded(
  vigils: VigilStore,
  trx: Trx,
  kind: CaseKind,
  items: readonly { text: string }[],
): Promise<CaseKind> {
  if (kind !== 'content') return kind;
  const running = (await vigils.running(trx)).filter((one) => one.kind === 'event');
  const names = new Set(running.flatMap((one) => one.about.shielded.flatMap((name) => foldTerm(name) ?? [])));
  return names.size > 0 && items.some(({ text }) => speaksOf(text, names)) ? 'pile-on' : kind;
}
