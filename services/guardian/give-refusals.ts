/**
 * Says in public, once a quarter and at its end, how many requests this guardian refused, by reason, zero or
 * not (spec/counts.md). A case counts in the quarter in which its notice would have been due at the latest, and
 * not before it was judged.
 * Must never: give a count at a time that a case decides.
 */
import { dayOf } from '@answerable/kit/clock';
import { refusalReasons } from '@answerable/protocol/disclosure/opening';
import { quarterEnd, quarterOver, refusalsEntry } from '@answerable/protocol/log/refusals';
import type { GuardianParts } from './parts.ts';
import { noticeLatest } from './policy.ts';
import type { CaseFile } from './store.ts';

type Reason = (typeof refusalReasons)[number];

/** Records the entry of the newest quarter that is over. Twice is once. */
export async function giveRefusals(parts: GuardianParts): Promise<void> {
  const { clock, store, name } = parts;
  const quarter = quarterOver(dayOf(clock.now()));
  if (await store.refusalsGiven(quarter)) return;
  const refused = (await store.refused())
    .filter((file) => quarterEnd(countedOn(parts, file)) === quarter)
    .map(reasonOf);
  await store.recordRefusals(quarter, refusalsEntry(name, quarter, refused));
  // From here on the entry will be in the log; the clockwork delivers it as often as it takes.
}

function countedOn({ policies }: GuardianParts, file: CaseFile): string {
  const judged = file.judgement!.message.day;
  const due = dayOf(noticeLatest(file.received, policies.current()));
  return judged > due ? judged : due;
}

function reasonOf({ judgement }: CaseFile): Reason {
  const reason = refusalReasons.find((known) => known === judgement!.message.reason);
  if (!reason) throw new Error('bug: a refusal without a reason');
  return reason;
}
