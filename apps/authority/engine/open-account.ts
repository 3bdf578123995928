/**
 * From t approvals to one name, in one go: first shares, record key, sealed record, second shares, identity.
 * Nothing is kept on the way; asked again, guardians give the same shares again.
 */
import type { FiledDisclosure } from '@answerable/protocol/disclosure/filing';
import type { LoggedApproval, OpeningShare, RecordItem } from '@answerable/protocol/disclosure/opening';
import type { IdentityDocument } from '@answerable/protocol/enrolment/session';
import { combineShares, openIdentity } from './combine-shares.ts';
import { findRecords } from './find-record.ts';
import type { Answered, Setting } from './parts.ts';
import { requestIdentityShares, requestShares } from './request-shares.ts';

export type Opened =
  /** `bad`: guardians whose share did not hold; the rest were enough */
  | { ok: true; identity: IdentityDocument; bad: string[] }
  /** `answers`: who said no, and how; `bad`: whose share did not hold */
  | { ok: false; at: 'shares' | 'record' | 'identity-shares'; answers: No[]; bad: string[] };
export type No = { guardian: string; code: string };

/** Throws Refusal when the registrar does not answer, or a record is not sealed as it should be. */
export async function openAccount(
  setting: Setting,
  filed: FiledDisclosure,
  approvals: readonly LoggedApproval[],
): Promise<Opened> {
  const first = await requestShares(setting, filed, approvals);
  const released = yesOf(first);
  const combined = combineShares(setting.policy, filed, released);
  if (!combined.ok) return { ok: false, at: 'shares', answers: noOf(first), bad: combined.bad };
  const good = released.map(({ share }) => share).filter(({ guardian }) => !combined.bad.includes(guardian));
  const records = await findRecords(setting, combined.value);
  let last: Opened = { ok: false, at: 'record', answers: [], bad: combined.bad };
  // A person who came with new evidence has several records under one key; guardians take one that is old enough.
  for (const item of records) {
    last = await openRecord(setting, filed, combined.value, item, good);
    if (last.ok) return { ...last, bad: [...combined.bad, ...last.bad] };
  }
  return last;
}

async function openRecord(
  setting: Setting,
  filed: FiledDisclosure,
  recordKey: Uint8Array,
  item: RecordItem,
  shares: readonly OpeningShare[],
): Promise<Opened> {
  const second = await requestIdentityShares(setting, filed.filing.message.caseId, shares, item);
  if (yesOf(second).length === 0) return { ok: false, at: 'identity-shares', answers: noOf(second), bad: [] };
  const opened = openIdentity(setting.policy, filed, recordKey, item, yesOf(second));
  if (opened.ok) return { ok: true, identity: opened.value, bad: opened.bad };
  return { ok: false, at: 'identity-shares', answers: noOf(second), bad: opened.bad };
}

const yesOf = <T>(answers: readonly Answered<T>[]): T[] =>
  answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
const noOf = <T>(answers: readonly Answered<T>[]): No[] =>
  answers.flatMap((answer) => (answer.ok ? [] : [{ guardian: answer.guardian, code: answer.code }]));
