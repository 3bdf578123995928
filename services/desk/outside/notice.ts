/**
 * An outside notice: for a page on a company's service that is not ours, the notice that the law lets anybody
 * send, with evidence; sent or handed over, timed, chased (SAFETY, "Pages"). What it must say is Article 16(2)
 * of Regulation (EU) 2022/2065; in the UK it is a complaint under s.21 of the Online Safety Act 2023.
 */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { locator } from '../casework/decision.ts';

const addressesMax = 20;
const evidenceMax = 50;
const filled = (max: number) => wire.text(max).refine((text) => text.trim() !== '');
/** A page somewhere on the web. */
const address = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .refine((text) => !/[\s<>"]/.test(text));

export const bases = ['dsa-16', 'osa-21', 'terms'] as const;
export const ways = ['e-mail', 'form', 'post', 'by-hand'] as const;
export const outcomes = ['removed', 'restricted', 'kept', 'other'] as const;

/** What the moderator writes. */
export const noticeDraft = z.strictObject({
  company: filled(80),
  /** where their notices go; needed to send by e-mail */
  email: z.email().max(200).nullable(),
  basis: z.enum(bases),
  addresses: z.array(address).min(1).max(addressesMax),
  /** the law or the clause of their terms */
  ground: filled(300),
  explanation: filled(3000),
  /** items of the case that are evidence; their words and hashes go with the notice */
  evidence: z.array(locator).max(evidenceMax),
  /** name and e-mail address of whoever gives the notice, Article 16(2)(c) */
  sender: z.strictObject({ name: filled(120), email: z.email().max(200) }),
  /** Article 16(2)(d) */
  goodFaith: z.literal(true),
});
export type NoticeDraft = z.infer<typeof noticeDraft>;

export type NoticeEvent =
  | { kind: 'written'; draft: NoticeDraft }
  | { kind: 'sent'; way: (typeof ways)[number]; on: string }
  /** `by: 'desk'` when the desk itself sent the reminder */
  | { kind: 'chased'; way: (typeof ways)[number] }
  | { kind: 'acknowledged'; reference: string }
  | { kind: 'answered'; outcome: (typeof outcomes)[number]; words: string; on: string }
  | { kind: 'closed'; why: string };

export type NoticePhase = 'draft' | 'sent' | 'acknowledged' | 'answered' | 'closed';

/** Where a notice stands: the fold of its events, plain JSON. Times are ISO 8601 in UTC. */
export interface NoticeState {
  notice: string;
  caseId: string;
  phase: NoticePhase;
  draft: NoticeDraft;
  way: (typeof ways)[number] | null;
  sentAt: string | null;
  /** of the last time that we wrote */
  askedAt: string | null;
  chased: number;
  reference: string | null;
  answer: { outcome: (typeof outcomes)[number]; words: string; at: string } | null;
}

/** One name for one company, however it is typed. */
export const companyKey = (company: string): string =>
  company.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
