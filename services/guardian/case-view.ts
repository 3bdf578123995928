/**
 * A case as this guardian's people see it, for the console and for JSON: who asks, for what, about what, what
 * the holder said, what stands in the log. The pseudonym, the escrow and the account's keys are nobody's to see.
 */

import { placeInLog } from '@answerable/kit/log-outbox';
import type { AuthorityAsk, CasePackage } from '@answerable/protocol/disclosure/filing';
import type { Approval } from '@answerable/protocol/disclosure/opening';
import { Refusal } from '@answerable/protocol/refusal';
import type { GuardianParts } from './parts.ts';
import { heardUntil, noticeDue } from './policy.ts';
import { openCase } from './release-share.ts';
import type { CaseFile } from './store.ts';

const caseStates = [
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

export async function listCases(parts: GuardianParts): Promise<CaseSummary[]> {
  const files = await parts.store.list();
  return Promise.all(files.map((file) => summarise(parts, file)));
}

/** Refuses `case_unknown`. */
export async function viewCase(parts: GuardianParts, caseId: string): Promise<CaseView> {
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const gone = file.ask === null;
  const ask = gone ? null : (JSON.parse(file.ask!) as { message: AuthorityAsk }).message;
  const noticeKey = await parts.store.noticeKey(caseId);
  return {
    ...(await summarise(parts, file)),
    filing: { place: file.filingIndex },
    order: ask?.order ?? null,
    item: gone ? null : openCase(parts, file).casePackage.item,
    replies: await parts.store.replies(caseId),
    judgement: await judgementOf(parts, file),
    noticePlace: noticeKey === undefined ? null : ((await placeInLog(parts.store.db, noticeKey)) ?? null),
  };
}

async function judgementOf(
  parts: GuardianParts,
  { judgement, judgementKey }: CaseFile,
): Promise<CaseView['judgement']> {
  if (!judgement || !judgementKey) return null;
  const { decision, reason, day } = judgement.message;
  return { decision, reason, day, place: (await placeInLog(parts.store.db, judgementKey)) ?? null };
}

async function summarise(parts: GuardianParts, file: CaseFile): Promise<CaseSummary> {
  const policy = parts.policies.current();
  const filing = file.filing.message;
  const timing = { filing, received: file.received };
  return {
    caseId: file.caseId,
    state: await stateOf(parts, file),
    authority: filing.authority,
    authorityTitle: authorityTitle(parts, filing.authority),
    platform: filing.platform,
    ground: filing.ground,
    groundTitle: policy.grounds.find(({ id }) => id === filing.ground)?.title ?? filing.ground,
    received: file.received.toISOString(),
    heardUntil: heardUntil(timing, policy).toISOString(),
    noticeDue: noticeDue(timing, policy).toISOString(),
  };
}

/** As the newest policy that lists it calls it: cases outlive the authority that brought them. */
function authorityTitle({ policies }: GuardianParts, name: string): string {
  const listed = policies.chain().flatMap(({ authorities }) => authorities);
  return listed.findLast((authority) => authority.name === name)?.title ?? name;
}

async function stateOf(parts: GuardianParts, file: CaseFile): Promise<CaseState> {
  const { store, clock, policies } = parts;
  if (file.judgement?.message.decision === 'refuse') return 'refused';
  if (await store.noticeKey(file.caseId)) return 'notice-published';
  if (await store.identityRelease(file.caseId)) return 'identity-share-given';
  if (await store.release(file.caseId)) return 'record-share-given';
  if (file.judgement) return 'approved';
  const timing = { filing: file.filing.message, received: file.received };
  return clock.now() < heardUntil(timing, policies.current()) ? 'hearing' : 'waiting';
}
