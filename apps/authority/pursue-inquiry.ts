/**
 * Takes one inquiry as far as it goes now: ask, filing, judgements, opening. Every step can be taken again, so
 * what a crash or a lost answer left undone is simply pursued again.
 */
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import { askForAccount } from './engine/ask-for-account.ts';
import { collectApprovals } from './engine/collect-approvals.ts';
import { fetchFiling } from './engine/fetch-filing.ts';
import { openAccount } from './engine/open-account.ts';
import type { Setting } from './engine/parts.ts';
import { type Inquiry, isOver, type Progress } from './inquiry.ts';
import type { InquiryBook } from './inquiry-book.ts';

/** Answers that pass by themselves. Every other no to an ask is its end. */
const passing: readonly RefusalCode[] = [
  'unavailable',
  'not_ready',
  'too_many_requests',
  'internal',
  'not_logged',
];

export interface Pursuit {
  book: InquiryBook;
  setting: () => Setting;
  /** the same inquiry is pursued once at a time */
  underWay: Map<string, Promise<Inquiry>>;
}

/** The inquiry as it stands afterwards. */
export function pursueInquiry(pursuit: Pursuit, id: string): Promise<Inquiry> {
  const running = pursuit.underWay.get(id);
  if (running) return running;
  const going = pursue(pursuit, id).finally(() => pursuit.underWay.delete(id));
  pursuit.underWay.set(id, going);
  return going;
}

async function pursue({ book, setting }: Pursuit, id: string): Promise<Inquiry> {
  const found = book.find(id);
  if (!found) throw new Refusal('case_unknown');
  if (isOver(found)) return found;
  const known = found.caseId === null ? await ask(book, setting(), found) : found;
  if (known.caseId === null) return known;
  const next = { ...known, progress: await progressOf(setting(), known, known.caseId) };
  book.write(next);
  return next;
}

async function ask(book: InquiryBook, setting: Setting, one: Inquiry): Promise<Inquiry> {
  let next: Inquiry;
  try {
    const caseId = await askForAccount(setting, one.desk, one.ask);
    next = { ...one, caseId, progress: { stage: 'filing', code: 'not_ready' } };
  } catch (error) {
    next = { ...one, progress: afterNo(error, (code) => ({ stage: 'asking', code })) };
  }
  book.write(next);
  return next;
}

async function progressOf(setting: Setting, one: Inquiry, caseId: string): Promise<Progress> {
  try {
    const filed = await fetchFiling(setting, one.desk, caseId);
    const { approvals, refusals, waiting } = await collectApprovals(setting, filed);
    const { threshold, guardians } = setting.policy.opening;
    const refused = refusals.map(({ guardian, reason }) => ({ guardian, code: reason }));
    if (guardians.length - refused.length < threshold) return { stage: 'refused', refused };
    if (approvals.length < threshold) {
      const approved = approvals.map(({ approval }) => approval.message.guardian);
      return { stage: 'judging', approved, refused, waiting };
    }
    const opened = await openAccount(setting, filed, approvals);
    if (opened.ok) return { stage: 'opened', identity: opened.identity, bad: opened.bad };
    return { stage: 'opening', at: opened.at, answers: opened.answers, bad: opened.bad };
  } catch (error) {
    return afterNo(error, (code) => ({ stage: 'filing', code }));
  }
}

function afterNo(error: unknown, wait: (code: RefusalCode) => Progress): Progress {
  if (!(error instanceof Refusal)) throw error;
  return passing.includes(error.code) ? wait(error.code) : { stage: 'stopped', code: error.code };
}
