/**
 * A decision in words that can be checked by a machine and read by a person: every field of the EU DSA
 * Transparency Database (Art. 17, 24(5)), with its conditions and limits, and what the UK act asks besides
 * (the clause of the terms; how to complain, s.21; the right to bring a claim, s.72). `puid` is random, never a
 * pseudonym. What is handed in to the database is `transparency-database.ts`.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';
import {
  accountDecisions,
  accountTypes,
  automatedDecisions,
  categories,
  contentTypes,
  databaseLanguages,
  grounds,
  keywords,
  monetaries,
  provisions,
  retiredCategories,
  sourceTypes,
  visibilities,
} from './database-words.ts';

const factsCharsMax = 5000;
const explanationCharsMax = 2000;
const wordsCharsMax = 500;
const countriesMax = 60;
/** The database takes no content from before, no decision from before, and no day after these. */
const firstContentDay = '2000-01-01';
const firstDecisionDay = '2020-01-01';
export const lastDay = '2038-01-01';

const words = (max = wordsCharsMax) => wire.text(max).min(1);
const yesOrNo = z.enum(['Yes', 'No']);
/** Each at most once. */
const several = <T extends readonly [string, ...string[]]>(of: T) =>
  z
    .array(z.enum(of))
    .min(1)
    .refine((list) => new Set(list).size === list.length, { message: 'twice the same' });
const dayFrom = (first: string) =>
  wire.day.refine((day) => day >= first && day <= lastDay, { message: 'out of the calendar' });
const endDay = wire.day.refine((day) => day <= lastDay, { message: 'out of the calendar' });
const ean = z.string().regex(/^\d{13}$/);

/** The fields that the database knows. */
export const databaseFields = {
  decision_visibility: several(visibilities).optional(),
  /** In words, with DECISION_VISIBILITY_OTHER: a warning, for example. */
  decision_visibility_other: words().optional(),
  end_date_visibility_restriction: endDay.optional(),
  decision_monetary: z.enum(monetaries).optional(),
  decision_monetary_other: words().optional(),
  end_date_monetary_restriction: endDay.optional(),
  decision_provision: z.enum(provisions).optional(),
  end_date_service_restriction: endDay.optional(),
  decision_account: z.enum(accountDecisions).optional(),
  end_date_account_restriction: endDay.optional(),
  account_type: z.enum(accountTypes).optional(),
  decision_ground: z.enum(grounds),
  decision_ground_reference_url: z
    .url({ protocol: /^https?$/ })
    .max(wordsCharsMax)
    .optional(),
  illegal_content_legal_ground: words().optional(),
  illegal_content_explanation: words(explanationCharsMax).optional(),
  incompatible_content_ground: words().optional(),
  incompatible_content_explanation: words(explanationCharsMax).optional(),
  incompatible_content_illegal: yesOrNo.optional(),
  content_type: several(contentTypes),
  content_type_other: words().optional(),
  content_language: z.enum(databaseLanguages).optional(),
  content_date: dayFrom(firstContentDay),
  content_id: z.strictObject({ 'EAN-13': ean }).optional(),
  category: z.enum([...categories, ...retiredCategories]),
  category_addition: several(categories).optional(),
  category_specification: several(keywords).optional(),
  category_specification_other: words().optional(),
  /** ISO 3166; the database itself takes the European Economic Area only */
  territorial_scope: z.array(z.string().regex(/^[A-Z]{2}$/)).max(countriesMax),
  application_date: dayFrom(firstDecisionDay),
  decision_facts: words(factsCharsMax),
  source_type: z.enum(sourceTypes),
  /** who reported: only where strictly necessary, and never written by this desk */
  source_identity: words().optional(),
  automated_detection: yesOrNo,
  automated_decision: z.enum(automatedDecisions),
  puid: wire.id,
};

const ourFields = {
  /** Clause of the platform's terms that the decision rests on (s.71). */
  terms_clause: words(),
  how_to_complain: words(),
  right_to_claim: words(),
};

type Fields = z.infer<z.ZodObject<typeof databaseFields>>;

/** What must be there, or must not, because of something else. Sentences with the field they are about. */
export function conditionsBroken(s: Fields): { field: keyof Fields; why: string }[] {
  const illegal = s.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT';
  const exactlyWith = (field: keyof Fields, wanted: boolean, because: string) =>
    wanted === (s[field] !== undefined)
      ? []
      : [{ field, why: wanted ? `is needed with ${because}` : `goes only with ${because}` }];
  const onlyWith = (field: keyof Fields, allowed: boolean, because: string) =>
    allowed || s[field] === undefined ? [] : [{ field, why: `goes only with ${because}` }];
  const decided = [s.decision_visibility, s.decision_monetary, s.decision_provision, s.decision_account];
  const ends = [
    ['end_date_visibility_restriction', s.decision_visibility],
    ['end_date_monetary_restriction', s.decision_monetary],
    ['end_date_service_restriction', s.decision_provision],
    ['end_date_account_restriction', s.decision_account],
  ] as const;
  return [
    ...(decided.some((one) => one !== undefined)
      ? []
      : [{ field: 'decision_visibility' as const, why: 'at least one decision' }]),
    ...exactlyWith(
      'decision_visibility_other',
      s.decision_visibility?.includes('DECISION_VISIBILITY_OTHER') ?? false,
      'DECISION_VISIBILITY_OTHER',
    ),
    ...exactlyWith(
      'decision_monetary_other',
      s.decision_monetary === 'DECISION_MONETARY_OTHER',
      'DECISION_MONETARY_OTHER',
    ),
    ...ends.flatMap(([field, decision]) => [
      ...onlyWith(field, decision !== undefined, 'a decision that can end'),
      ...((s[field] ?? lastDay) < s.application_date ? [{ field, why: 'before the decision begins' }] : []),
    ]),
    ...exactlyWith('illegal_content_legal_ground', illegal, 'an illegal ground'),
    ...exactlyWith('illegal_content_explanation', illegal, 'an illegal ground'),
    ...exactlyWith('incompatible_content_ground', !illegal, 'a ground in the terms'),
    ...exactlyWith('incompatible_content_explanation', !illegal, 'a ground in the terms'),
    ...onlyWith('incompatible_content_illegal', !illegal, 'a ground in the terms'),
    ...exactlyWith('content_type_other', s.content_type.includes('CONTENT_TYPE_OTHER'), 'CONTENT_TYPE_OTHER'),
    ...(s.category_addition?.some((one) => one === s.category)
      ? [{ field: 'category_addition' as const, why: 'is the category itself' }]
      : []),
    ...onlyWith(
      'category_specification_other',
      s.category_specification?.includes('KEYWORD_OTHER') ?? false,
      'KEYWORD_OTHER',
    ),
    ...onlyWith('source_identity', s.source_type !== 'SOURCE_VOLUNTARY', 'a notice of somebody else'),
  ];
}

export const statementOfReasons = z.strictObject({ ...databaseFields, ...ourFields }).check((ctx) => {
  for (const { field, why } of conditionsBroken(ctx.value))
    ctx.issues.push({ code: 'custom', message: why, input: undefined, path: [field] });
});
export type StatementOfReasons = z.infer<typeof statementOfReasons>;
