/**
 * On the notice date every guardian that agreed publishes that one account was opened: platform, authority and
 * ground in public, and the handle by which the holder's wallet finds it (PROTOCOL §6.7). By its own clock,
 * without asking anybody's leave; one that was never asked for its share looks for the others' approvals itself,
 * so that one honest guardian is enough against the silence of the rest.
 */
import { Malformed } from '@answerable/core/errors';
import { callJson } from '@answerable/kit/http-client';
import { type LoggedApproval, loggedApproval } from '@answerable/protocol/disclosure/opening';
import type { NoticeEntry } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Sight } from './log-view.ts';
import type { GuardianParts } from './parts.ts';
import { noticeDue } from './policy.ts';
import { countApprovals, openCase } from './release-share.ts';
import type { CaseFile } from './store.ts';

/** How long a case that too few agreed to is left alone before the others are asked again: ever longer. */
const askAgainMsMin = 2_000;
const askAgainMsMax = 60_000;

/** Refuses `case_unknown`, `move_not_allowed` (nothing can have been opened), `notice_too_early`. Twice is once. */
export async function publishNotice(parts: GuardianParts, caseId: string): Promise<void> {
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  if (!isDue(parts, file)) throw new Refusal('notice_too_early');
  const approvals = file.sealed === null ? undefined : await approvalsBehind(parts, file);
  if (!approvals) throw new Refusal('move_not_allowed');
  await recordNotice(parts, file, approvals);
}

/** Publishes every notice whose time has come. `askNext`: when the others are next to be asked about a case. */
export async function publishDueNotices(parts: GuardianParts, askNext: Map<string, number>): Promise<void> {
  const now = parts.clock.now().getTime();
  let waits: Refusal | undefined;
  for (const file of await parts.store.withoutNotice()) {
    if (!isDue(parts, file)) continue;
    const given = await parts.store.release(file.caseId);
    if (!given && now < (askNext.get(file.caseId) ?? 0)) continue;
    if (!given) askNext.set(file.caseId, now + waitFor(now - dueAt(parts, file)));
    // What stands in the way of one notice is in no other's way.
    await publishOne(parts, file, given).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
      waits ??= error;
    });
  }
  if (waits) throw waits;
}

async function publishOne(
  parts: GuardianParts,
  file: CaseFile,
  given: readonly number[] | undefined,
): Promise<void> {
  const approvals = given ?? (await approvalsBehind(parts, file));
  if (approvals) await recordNotice(parts, file, approvals);
}

/** The longer the notice has been due, the longer until the others are asked again. */
const waitFor = (overdueMs: number): number =>
  Math.min(askAgainMsMax, Math.max(askAgainMsMin, overdueMs / 2));

const dueAt = (parts: GuardianParts, { filing, received }: CaseFile): number =>
  noticeDue({ filing: filing.message, received }, parts.policies.current()).getTime();

const isDue = (parts: GuardianParts, file: CaseFile): boolean =>
  parts.clock.now().getTime() >= dueAt(parts, file);

/** Places in the log of t approvals: those on which our share was given, or those the others show. */
async function approvalsBehind(parts: GuardianParts, file: CaseFile): Promise<readonly number[] | undefined> {
  const released = await parts.store.release(file.caseId);
  if (released) return released;
  const policy = parts.policies.current();
  const shown = await Promise.all(policy.opening.guardians.map(({ origin }) => shownBy(origin, file.caseId)));
  const given = shown.filter((one) => one !== undefined);
  const log = await parts.log.look();
  const places = new Map<string, number>();
  for (const one of given)
    for (const [guardian, place] of await heldBy(log, policy, file, one)) places.set(guardian, place);
  return places.size >= policy.opening.threshold ? [...places.values()] : undefined;
}

/** One that does not hold counts nothing, and takes nothing from the others: its maker may want silence. */
async function heldBy(
  log: Sight,
  policy: TrustPolicy,
  file: CaseFile,
  shown: LoggedApproval,
): Promise<Map<string, number>> {
  try {
    return await countApprovals(log, policy, file, [shown], file.filingIndex);
  } catch (error) {
    if (error instanceof Refusal || error instanceof Malformed) return new Map();
    throw error;
  }
}

/** A guardian that is away, or has not agreed, shows nothing. */
async function shownBy(origin: string, caseId: string): Promise<LoggedApproval | undefined> {
  try {
    return await callJson(`${origin}/cases/${caseId}/approval`, { schema: loggedApproval });
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function recordNotice(
  parts: GuardianParts,
  file: CaseFile,
  approvals: readonly number[],
): Promise<void> {
  const { casePackage } = openCase(parts, file);
  const { platform, authority, ground } = file.filing.message;
  const entry: NoticeEntry = {
    v: 1,
    kind: 'disclosure-notice',
    platform,
    authority,
    ground,
    guardian: parts.name,
    handle: casePackage.admission.answer.noticeHandle,
    opening: casePackage.noticeOpening,
    filing: file.filingIndex,
    approvals: [...approvals],
  };
  await parts.store.recordNotice(file.caseId, entry);
  // From here on the notice will be in the log; the clockwork delivers it as often as it takes.
  parts.events.noticed();
}
