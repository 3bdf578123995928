/** What somebody filled in becomes a complaint, or a list of what is still missing. */
import { type Complaint, complaintKinds } from '@answerable/protocol/report/complaint';
import { capacities } from '@answerable/protocol/report/report';
import * as wire from '@answerable/protocol/wire';
import type { DeskParts } from '../parts.ts';
import { locateItems } from './locate-items.ts';
import type { Submission } from './read-submission.ts';
import { type Fault, wordsMax } from './report-form.ts';

export interface ComplaintFields {
  token: string;
  kind: string;
  receipt: string;
  at: string;
  what: string;
  capacity: string;
  goodFaith: boolean;
  tell: boolean;
}

export function complaintFields({ one }: Submission): ComplaintFields {
  return {
    token: one('token'),
    kind: one('kind'),
    receipt: receiptIn(one('receipt')),
    at: one('at'),
    what: one('what'),
    capacity: one('capacity'),
    goodFaith: one('goodFaith') !== '',
    tell: one('tell') !== '',
  };
}

/** The code in what was pasted: alone, with blanks in it, or at the end of its address. */
export function receiptIn(pasted: string): string {
  const text = pasted.replace(/\s+/g, '');
  return /\/receipts\/([\w-]{22})(?:[/?#]|$)/.exec(text)?.[1] ?? text.slice(0, 200);
}

export function complaintFaults(fields: ComplaintFields): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, words: string) => faults.push({ field, words });
  if (!complaintKinds.some((one) => one === fields.kind)) fault('kind', 'Choose what it is about.');
  if (fields.receipt !== '' && !wire.id.safeParse(fields.receipt).success)
    fault('receipt', 'This is not the code of a report. It has 22 letters, digits and signs.');
  if (fields.what === '') fault('what', 'Tell us what we should have done otherwise.');
  if (fields.what.length > wordsMax) fault('what', 'This is too long. Please say it in 4,000 characters.');
  if (!capacities.some((one) => one === fields.capacity)) fault('capacity', 'Choose who you are to this.');
  if (!fields.goodFaith) fault('goodFaith', 'Tell us that you complain in good faith.');
  return faults;
}

export async function toComplaint(parts: DeskParts, fields: ComplaintFields): Promise<Complaint> {
  return {
    kind: complaintKinds.find((one) => one === fields.kind) ?? 'content',
    capacity: capacities.find((one) => one === fields.capacity) ?? 'affected-person',
    receipt: fields.receipt === '' ? null : fields.receipt,
    items: await locateItems(parts, fields.at, ''),
    links: [],
    statement: fields.what,
    goodFaith: true,
    wishesToBeTold: fields.tell,
  };
}
