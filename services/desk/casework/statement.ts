/**
 * The statement of reasons: its decision fields follow from the measures, so that it cannot say anything else
 * than what is done; and its words for the person it is about (DSA Art. 17; Online Safety Act s.71, s.72).
 */
import {
  lastDay,
  type StatementOfReasons,
  statementOfReasons,
} from '@answerable/protocol/report/statement-of-reasons';
import type { ConductDecision, ConductMeasure, Sanction } from './decision.ts';

/** What the moderator writes; everything else in a statement is derived. */
export interface Reasons {
  limb: 'illegal' | 'terms';
  /** law, or clause of the terms, by reference */
  ground: string;
  explanation: string;
  facts: string;
  clause: string;
  category: StatementOfReasons['category'];
  /** what the EU database calls it more closely */
  keywords?: readonly NonNullable<StatementOfReasons['category_specification']>[number][];
}

export interface StatementFrame {
  /** random; never a pseudonym */
  puid: string;
  /** `YYYY-MM-DD` */
  contentDay: string;
  today: string;
  countries: string[];
  howToComplain: string;
  rightToClaim: string;
  detectedByRule: boolean;
  reportedByOthers: boolean;
  contentTypes: StatementOfReasons['content_type'];
}

type DecisionFields = Pick<
  StatementOfReasons,
  | 'decision_visibility'
  | 'decision_visibility_other'
  | 'decision_provision'
  | 'end_date_service_restriction'
  | 'decision_account'
  | 'end_date_account_restriction'
>;

/** The decision fields that exactly these measures need. */
function decisionFields(measures: readonly ConductMeasure[]): DecisionFields {
  const fields: DecisionFields = {};
  const sanctions = measures.flatMap((one) => (one.kind === 'sanction' ? [one] : []));
  const steps = sanctions.map((one) => one.step);
  const visibility: NonNullable<StatementOfReasons['decision_visibility']> = [];
  if (measures.some((one) => one.kind !== 'sanction'))
    visibility.push('DECISION_VISIBILITY_CONTENT_DISABLED');
  if (steps.includes('warn')) {
    visibility.push('DECISION_VISIBILITY_OTHER');
    fields.decision_visibility_other = 'A warning to the author';
  }
  if (visibility.length > 0) fields.decision_visibility = visibility;
  if (steps.includes('restrict')) fields.decision_provision = 'DECISION_PROVISION_PARTIAL_SUSPENSION';
  if (steps.includes('bar')) fields.decision_account = 'DECISION_ACCOUNT_TERMINATED';
  else if (steps.includes('suspend')) fields.decision_account = 'DECISION_ACCOUNT_SUSPENDED';
  const endOf = (step: Sanction['step']) =>
    sanctions
      .flatMap((one) => (one.step === step && one.until && one.until <= lastDay ? [one.until] : []))
      .sort()
      .at(-1);
  const [restricted, suspended] = [endOf('restrict'), endOf('suspend')];
  if (restricted) fields.end_date_service_restriction = restricted;
  if (suspended) fields.end_date_account_restriction = suspended;
  return fields;
}

export function writeStatement(
  measures: readonly ConductMeasure[],
  reasons: Reasons,
  frame: StatementFrame,
): StatementOfReasons {
  const illegal = reasons.limb === 'illegal';
  return {
    puid: frame.puid,
    ...decisionFields(measures),
    decision_ground: illegal ? 'DECISION_GROUND_ILLEGAL_CONTENT' : 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
    ...(illegal
      ? { illegal_content_legal_ground: reasons.ground, illegal_content_explanation: reasons.explanation }
      : {
          incompatible_content_ground: reasons.ground,
          incompatible_content_explanation: reasons.explanation,
        }),
    content_type: frame.contentTypes,
    category: reasons.category,
    ...(reasons.keywords?.length ? { category_specification: [...reasons.keywords] } : {}),
    territorial_scope: frame.countries,
    content_date: frame.contentDay,
    application_date: frame.today,
    decision_facts: reasons.facts,
    source_type: frame.reportedByOthers ? 'SOURCE_ARTICLE_16' : 'SOURCE_VOLUNTARY',
    automated_detection: frame.detectedByRule ? 'Yes' : 'No',
    automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
    terms_clause: reasons.clause,
    how_to_complain: frame.howToComplain,
    right_to_claim: frame.rightToClaim,
  };
}

/** Whether the statement is complete, says exactly what the measures do, and rests on the finding's limb. */
export function statementFits(decision: ConductDecision, limb: 'illegal' | 'terms'): boolean {
  const parsed = statementOfReasons.safeParse(decision.statement);
  if (!parsed.success) return false;
  const statement = parsed.data;
  const derived = decisionFields(decision.measures);
  // Statements from before the end of a restriction was written into them do not have it.
  if (statement.end_date_service_restriction === undefined) delete derived.end_date_service_restriction;
  const said: DecisionFields = {};
  for (const key of fieldNames)
    if (statement[key] !== undefined) Object.assign(said, { [key]: statement[key] });
  const ground =
    limb === 'illegal' ? 'DECISION_GROUND_ILLEGAL_CONTENT' : 'DECISION_GROUND_INCOMPATIBLE_CONTENT';
  const written = [statement.terms_clause, statement.how_to_complain, statement.right_to_claim];
  return (
    sorted(said) === sorted(derived) &&
    statement.decision_ground === ground &&
    written.every((text) => text.trim() !== '')
  );
}

const fieldNames = [
  'decision_visibility',
  'decision_visibility_other',
  'decision_provision',
  'end_date_service_restriction',
  'decision_account',
  'end_date_account_restriction',
] as const;

const sorted = (fields: DecisionFields): string =>
  JSON.stringify(fieldNames.map((name) => fields[name] ?? null));

const stepWords = {
  warn: 'You get a warning.',
  restrict: 'You can read but only post with limits',
  suspend: 'You are suspended',
  bar: 'You are barred',
};

/** The statement in plain words. `appealUntil` is a day; null for what an appeal led to, which is heard once. */
export function plainWords(decision: ConductDecision, appealUntil: string | null): string {
  const { statement } = decision;
  const illegal = statement.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT';
  const ground = illegal
    ? `We found that this is against the law: ${statement.illegal_content_legal_ground}. ${statement.illegal_content_explanation}`
    : `We found that this is against our terms: ${statement.incompatible_content_ground}. ${statement.incompatible_content_explanation}`;
  return [
    `What we decided\n${measureWords(decision.measures).join('\n')}`,
    `What it is about\n${statement.decision_facts}`,
    `Why\n${ground}\nClause of the terms: ${statement.terms_clause}`,
    `Who decided\nPeople, not software.${statement.automated_detection === 'Yes' ? ' Software brought it to their attention.' : ''}`,
    ...(appealUntil === null
      ? []
      : [
          `If you disagree\n${statement.how_to_complain} You can do so until ${appealUntil}. Somebody else will hear it.`,
        ]),
    `Your right to claim\n${statement.right_to_claim}`,
  ].join('\n\n');
}

/** Measures in words, to the person they are about. */
export function measureWords(measures: readonly ConductMeasure[]): string[] {
  const hidden = measures.filter((one) => one.kind === 'hide-item').length;
  const shut = measures.filter((one) => one.kind === 'shut-page').length;
  const said = new Set(measures.flatMap((one) => (one.kind === 'sanction' ? [sanctionWords(one)] : [])));
  return [
    ...(hidden === 1 ? ['A post of yours is hidden. It is kept, and can be shown again.'] : []),
    ...(hidden > 1 ? [`${hidden} posts of yours are hidden. They are kept, and can be shown again.`] : []),
    ...(shut > 0 ? ['A page of yours is shut. It is kept, and can be opened again.'] : []),
    ...said,
  ];
}

function sanctionWords({ step, holds, until }: Sanction): string {
  const where =
    holds === 'person'
      ? ' This is about you, so it counts for all accounts that you have here.'
      : ' This is about this one account.';
  if (step === 'warn') return stepWords.warn + where;
  const end = step === 'bar' ? `; we look at it again on ${until}` : ` until ${until}`;
  return `${stepWords[step]}${end}.${where}`;
}
