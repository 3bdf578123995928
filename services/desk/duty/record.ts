/**
 * The duty record: what this service has found about its risks, which measures it uses or does instead, and what
 * its terms said on which day. Bodies of the chain `duties` in the ledger, and what they add up to. Pure. Must
 * never: call anything done; a record says what was found, used and written, by whom and when.
 */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const wordsMax = 2000;
const clauseWordsMax = 4000;
const filled = (max: number) => wire.text(max).refine((text) => text.trim() !== '', { message: 'empty' });
const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
/** `3.1`, `12`, `4.2b`. */
const clauseNumber = z.string().regex(/^\d{1,3}(\.\d{1,3}){0,3}[a-z]?$/);

export const likelihoods = ['negligible', 'low', 'medium', 'high'] as const;
export const impacts = ['low', 'medium', 'high'] as const;
export const uses = ['in-use', 'alternative', 'not-used'] as const;

const risk = z.strictObject({
  kind: z.literal('risk'),
  harm: slug,
  likelihood: z.enum(likelihoods),
  impact: z.enum(impacts),
  evidence: filled(wordsMax),
  measures: filled(wordsMax),
  nextReview: wire.day,
});
const measure = z
  .strictObject({
    kind: z.literal('measure'),
    /** id of a duty or measure in a law pack */
    measure: slug,
    use: z.enum(uses),
    since: wire.day,
    words: filled(wordsMax),
    /** what is done in its place, and how that meets the duty (Online Safety Act s.23(4)) */
    instead: wire.text(wordsMax),
    /** what it means for free speech and private life (s.49(5)) */
    rights: wire.text(wordsMax),
  })
  .refine(({ use, instead }) => use !== 'alternative' || instead.trim() !== '', {
    path: ['instead'],
    message: 'is needed where something else is done',
  });
const clause = z.strictObject({
  kind: z.literal('clause'),
  clause: clauseNumber,
  title: filled(120),
  words: filled(clauseWordsMax),
  from: wire.day,
});
const clauseEnded = z.strictObject({
  kind: z.literal('clause-ended'),
  clause: clauseNumber,
  /** the first day on which it is no longer there */
  on: wire.day,
});
export const dutyBody = z.discriminatedUnion('kind', [risk, measure, clause, clauseEnded]);
export type DutyBody = z.infer<typeof dutyBody>;
type Of<K extends DutyBody['kind']> = Extract<DutyBody, { kind: K }>;

export interface Kept {
  seq: number;
  at: string;
  who: string;
}
export type Risk = Of<'risk'> & Kept;
export type MeasureUse = Of<'measure'> & Kept;
export interface Clause extends Kept {
  clause: string;
  title: string;
  words: string;
  from: string;
  /** the first day on which these words no longer hold; null while they do */
  until: string | null;
}

export interface DutyRecord {
  /** the newest of each kind of harm */
  risks: Risk[];
  /** the newest of each measure */
  measures: MeasureUse[];
  /** every version of every clause, by number and day */
  clauses: Clause[];
}

export function recordOf(entries: readonly (Kept & { body: DutyBody })[]): DutyRecord {
  const risks = new Map<string, Risk>();
  const measures = new Map<string, MeasureUse>();
  const clauses: Clause[] = [];
  for (const { body, seq, at, who } of entries) {
    const kept = { seq, at, who };
    if (body.kind === 'risk') risks.set(body.harm, { ...body, ...kept });
    else if (body.kind === 'measure') measures.set(body.measure, { ...body, ...kept });
    else if (body.kind === 'clause-ended') endClause(clauses, body.clause, body.on);
    else {
      endClause(clauses, body.clause, body.from);
      const { clause, title, words, from } = body;
      clauses.push({ clause, title, words, from, until: null, ...kept });
    }
  }
  const byNumber = (a: Clause, b: Clause) =>
    a.clause.localeCompare(b.clause, 'en', { numeric: true }) || a.from.localeCompare(b.from);
  return { risks: [...risks.values()], measures: [...measures.values()], clauses: clauses.sort(byNumber) };
}

function endClause(clauses: Clause[], number: string, on: string): void {
  const standing = clauses.find((one) => one.clause === number && one.until === null);
  if (standing) standing.until = on;
}

/** The clauses as they stood on `day`. */
export const clausesOn = (record: DutyRecord, day: string): Clause[] =>
  record.clauses.filter((one) => one.from <= day && (one.until === null || day < one.until));

/** Whether `text` cites a clause that stood on `day`, by its number. Anything goes where no terms are kept. */
export function citesClause(record: DutyRecord, text: string, day: string): boolean {
  const standing = clausesOn(record, day);
  const number = /^\s*(?:§|clause|rule)?\s*(\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)(?![\w.])/i.exec(text)?.[1];
  return standing.length === 0 || standing.some((one) => one.clause === number);
}

/**
 * Why `body` cannot be added on `today`; undefined if it can. The past is not written anew: a clause that was
 * there before begins today or later; only the first version of one may have begun earlier.
 */
export function whyNot(record: DutyRecord, body: DutyBody, today: string): string | undefined {
  if (body.kind === 'risk') return body.nextReview > today ? undefined : 'nextReview';
  if (body.kind === 'measure') return body.since <= today ? undefined : 'since';
  const versions = record.clauses.filter((one) => one.clause === body.clause);
  const last = versions.at(-1);
  if (body.kind === 'clause-ended') {
    if (!last || last.until !== null) return 'clause';
    return body.on > today && body.on > last.from ? undefined : 'on';
  }
  if (!last) return undefined;
  return body.from > today && body.from > last.from && (last.until === null || last.until <= body.from)
    ? undefined
    : 'from';
}
