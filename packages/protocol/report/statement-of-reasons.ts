/**
 * A decision in words that can be checked by a machine and read by a person: the fields of the EU DSA
 * Transparency Database (Art. 17, 24(5)) and what the UK act asks (s.71/72: the clause of the terms, how to
 * complain, the right to bring a claim). `puid` is random, never a pseudonym.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';

export const decisionVisibility = [
  'DECISION_VISIBILITY_CONTENT_REMOVED',
  'DECISION_VISIBILITY_CONTENT_DISABLED',
  'DECISION_VISIBILITY_CONTENT_DEMOTED',
  'DECISION_VISIBILITY_CONTENT_LABELLED',
  'DECISION_VISIBILITY_OTHER',
] as const;
export const decisionProvision = [
  'DECISION_PROVISION_PARTIAL_SUSPENSION',
  'DECISION_PROVISION_TOTAL_SUSPENSION',
] as const;
export const decisionAccount = ['DECISION_ACCOUNT_SUSPENDED', 'DECISION_ACCOUNT_TERMINATED'] as const;
export const categories = [
  'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
  'STATEMENT_CATEGORY_VIOLENCE',
  'STATEMENT_CATEGORY_SELF_HARM',
  'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  'STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE',
] as const;

export const statementOfReasons = z
  .strictObject({
    puid: wire.id,
    decision_visibility: z.array(z.enum(decisionVisibility)).optional(),
    /** In words, with DECISION_VISIBILITY_OTHER: a warning, for example. */
    decision_visibility_other: wire.text(500).optional(),
    decision_provision: z.enum(decisionProvision).optional(),
    decision_account: z.enum(decisionAccount).optional(),
    decision_ground: z.enum(['DECISION_GROUND_ILLEGAL_CONTENT', 'DECISION_GROUND_INCOMPATIBLE_CONTENT']),
    illegal_content_legal_ground: wire.text(500).optional(),
    illegal_content_explanation: wire.text(2000).optional(),
    incompatible_content_ground: wire.text(500).optional(),
    incompatible_content_explanation: wire.text(2000).optional(),
    content_type: z
      .array(z.enum(['CONTENT_TYPE_TEXT', 'CONTENT_TYPE_IMAGE', 'CONTENT_TYPE_VIDEO', 'CONTENT_TYPE_OTHER']))
      .min(1),
    category: z.enum(categories),
    territorial_scope: z.array(z.string().length(2)).max(31),
    content_date: wire.day,
    application_date: wire.day,
    end_date_account_restriction: wire.day.optional(),
    decision_facts: z.string().min(1).max(5000),
    source_type: z.enum(['SOURCE_ARTICLE_16', 'SOURCE_VOLUNTARY', 'SOURCE_TYPE_OTHER_NOTIFICATION']),
    automated_detection: z.enum(['Yes', 'No']),
    automated_decision: z.enum([
      'AUTOMATED_DECISION_FULLY',
      'AUTOMATED_DECISION_PARTIALLY',
      'AUTOMATED_DECISION_NOT_AUTOMATED',
    ]),
    /** Clause of the platform's terms that the decision rests on (s.71). */
    terms_clause: wire.text(500),
    how_to_complain: wire.text(500),
    right_to_claim: wire.text(500),
  })
  .refine((s) => s.decision_visibility?.length || s.decision_provision || s.decision_account, {
    message: 'at least one decision',
  })
  .refine(
    (s) =>
      s.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT'
        ? s.illegal_content_legal_ground && s.illegal_content_explanation
        : s.incompatible_content_ground && s.incompatible_content_explanation,
    { message: 'the ground needs its reference and explanation' },
  );
export type StatementOfReasons = z.infer<typeof statementOfReasons>;
