/**
 * On the notice date every guardian that gave a share publishes that one account was opened: platform,
 * authority and ground in public, and the handle by which the holder's wallet finds it (PROTOCOL §6.7). By its
 * own clock, without asking anybody; staff can only ask for it sooner than the clock looks.
 */

import type { NoticeEntry } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import { noticeDue } from './policy.ts';
import { openCase } from './release-share.ts';
import type { Room } from './room.ts';
import type { CaseFile } from './store.ts';

/** Refuses `case_unknown`, `move_not_allowed` (nothing was opened), `notice_too_early`. Twice is once. */
export async function publishNotice(room: Room, caseId: string): Promise<void> {
  const file = await room.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const approvals = await room.store.release(caseId);
  if (!approvals) throw new Refusal('move_not_allowed');
  if (!isDue(room, file)) throw new Refusal('notice_too_early');
  await recordNotice(room, file, approvals);
}

/** Publishes every notice whose time has come. */
export async function publishDueNotices(room: Room): Promise<void> {
  for (const file of await room.store.withoutNotice()) {
    const approvals = await room.store.release(file.caseId);
    if (approvals && isDue(room, file)) await recordNotice(room, file, approvals);
  }
}

const isDue = (room: Room, { filing, received }: CaseFile): boolean =>
  room.clock.now() >= noticeDue({ filing: filing.message, received }, room.policy.current());

async function recordNotice(room: Room, file: CaseFile, approvals: readonly number[]): Promise<void> {
  const { casePackage } = openCase(room, room.policy.current(), file);
  const { platform, authority, ground } = file.filing.message;
  const entry: NoticeEntry = {
    v: 1,
    kind: 'disclosure-notice',
    platform,
    authority,
    ground,
    guardian: room.name,
    handle: casePackage.admission.answer.noticeHandle,
    opening: casePackage.noticeOpening,
    filing: file.filingIndex,
    approvals: [...approvals],
  };
  await room.store.recordNotice(file.caseId, entry);
  // From here on the notice will be in the log; the clockwork delivers it as often as it takes.
  room.events.noticed();
}
