/**
 * What the clock does about notices: where a notice went by e-mail and nobody answered in time, it asks again;
 * where a person handed it over, it stays due and the list says so.
 */
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { effectOf } from '../outbox.ts';
import type { NoticeStore } from './notice-store.ts';
import { chasesMax, noticeDue } from './notice-transition.ts';

export async function chaseNotices(notices: NoticeStore, mails: boolean, clock: Clock): Promise<void> {
  if (!mails) return;
  const now = clock.now().toISOString();
  for (const { notice } of await notices.due(now)) {
    await notices
      .act(notice, 'desk', (state) => {
        const due = noticeDue(state);
        if (due === null || due > now || state.way !== 'e-mail' || state.chased >= chasesMax)
          return undefined;
        const word = `${notice} ${state.chased + 1}`;
        return {
          event: { kind: 'chased', way: 'e-mail' },
          effects: [effectOf(state.caseId, { kind: 'mail-notice', notice, reminder: true }, word)],
        };
      })
      .catch((error) => {
        if (!(error instanceof Refusal)) throw error;
      });
  }
}
