/**
 * A case as this guardian's people see it, for the console and for JSON: who asks, for what, about what, what
 * the holder said, what stands in the log. The pseudonym, the escrow and the account's keys are nobody's to see.
 */
import { placeInLog } from '@answerable/kit/log-outbox';
import type { AuthorityAsk, CasePackage } from '@answerable/protocol/disclosure/filing';
import type { Approval } from '@answerable/protocol/disclosure/opening';
import { Refusal } from '@answerable/protocol/refusal';
import { authorityOf, heardUntil, noticeDue } from './policy.ts';
import { openCase } from './release-share.ts';
import type { Room } from './room.ts';
import type { CaseFile } from './store.ts';

export const caseStates = [
  'hearing',
  'waiting',
  'approved',
  'refused',
  'record-share-given',
  'identity-share-given',
  'notice-published',
] as const;
export type CaseState = (typeof caseStates)[number];

export interface CaseSummary {
  caseId: string;
  state: CaseState;
  authority: string;
  authorityTitle: string;
  platform: string;
  ground: string;
  groundTitle: string;
  received: string;
  heardUntil: string;
  noticeDue: string;
}

export interface CaseView extends CaseSummary {
  filing: { place: number };
  /** null once the case is refused: the account file is gone */
  order: AuthorityAsk['order'] | null;
  item: CasePackage['item'] | null;
  replies: string[];
  judgement: (Pick<Approval, 'decision' | 'reason' | 'day'> & { place: number | null }) | null;
  noticePlace: number | null;
}

export async function listCases(room: Room): Promise<CaseSummary[]> {
  const files = await room.store.list();
  return Promise.all(files.map((file) => summarise(room, file)));
}

/** Refuses `case_unknown`. */
export async function viewCase(room: Room, caseId: string): Promise<CaseView> {
  const file = await room.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const gone = file.ask === null;
  const ask = gone ? null : (JSON.parse(file.ask!) as { message: AuthorityAsk }).message;
  const noticeKey = await room.store.noticeKey(caseId);
  return {
    ...(await summarise(room, file)),
    filing: { place: file.filingIndex },
    order: ask?.order ?? null,
    item: gone ? null : openCase(room, room.policy.current(), file).casePackage.item,
    replies: await room.store.replies(caseId),
    judgement: await judgementOf(room, file),
    noticePlace: noticeKey === undefined ? null : ((await placeInLog(room.store.db, noticeKey)) ?? null),
  };
}

async function judgementOf(
  room: Room,
  { judgement, judgementKey }: CaseFile,
): Promise<CaseView['judgement']> {
  if (!judgement || !judgementKey) return null;
  const { decision, reason, day } = judgement.message;
  return { decision, reason, day, place: (await placeInLog(room.store.db, judgementKey)) ?? null };
}

async function summarise(room: Room, file: CaseFile): Promise<CaseSummary> {
  const policy = room.policy.current();
  const filing = file.filing.message;
  const timing = { filing, received: file.received };
  return {
    caseId: file.caseId,
    state: await stateOf(room, file),
    authority: filing.authority,
    authorityTitle: authorityOf(policy, filing.authority).title,
    platform: filing.platform,
    ground: filing.ground,
    groundTitle: policy.grounds.find(({ id }) => id === filing.ground)?.title ?? filing.ground,
    received: file.received.toISOString(),
    heardUntil: heardUntil(timing, policy).toISOString(),
    noticeDue: noticeDue(timing, policy).toISOString(),
  };
}

async function stateOf(room: Room, file: CaseFile): Promise<CaseState> {
  const { store, clock, policy } = room;
  if (file.judgement?.message.decision === 'refuse') return 'refused';
  if (await store.noticeKey(file.caseId)) return 'notice-published';
  if (await store.identityRelease(file.caseId)) return 'identity-share-given';
  if (await store.release(file.caseId)) return 'record-share-given';
  if (file.judgement) return 'approved';
  const timing = { filing: file.filing.message, received: file.received };
  return clock.now() < heardUntil(timing, policy.current()) ? 'hearing' : 'waiting';
}
