/**
 * A decision as a moderator writes it, and as the case records it: the desk draws the ids and writes the
 * statement of reasons from what was chosen, so that it says exactly what is done.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { categories } from '@answerable/protocol/report/database-words';
import { ladder } from '@answerable/protocol/report/sanction';
import type { StatementOfReasons } from '@answerable/protocol/report/statement-of-reasons';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { lookAgainHoursMax } from '../casework/care.ts';
import { dayOfInstant } from '../casework/deadline.ts';
import {
  type Assessment,
  type ConductDecision,
  type ConductMeasure,
  type Decision,
  locator,
  macroUsed,
} from '../casework/decision.ts';
import type { ItemReference } from '../casework/event.ts';
import { type CaseState, itemOf } from '../casework/state.ts';
import { writeStatement } from '../casework/statement.ts';
import type { DeskConfig } from '../config.ts';
import type { DeskParts } from '../parts.ts';

const idBytes = 16;
/** Help stands beside so many items at most: enough to be seen, not so many that it mocks. */
const helpMax = 12;
const filled = (max: number) => wire.text(max).refine((text) => text.trim() !== '');

/** Together with the fixed words these fit an inbox item of 6,000 characters. */
const reasons = z.strictObject({
  ground: filled(200),
  explanation: filled(800),
  facts: filled(1500),
  clause: filled(200),
  /** default: that of the offence that was found */
  category: z.enum(categories).optional(),
});
const measure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hide-item'), target: locator }),
  z.strictObject({ kind: z.literal('shut-page'), target: locator }),
  z.strictObject({
    kind: z.literal('sanction'),
    sub: wire.sub,
    holds: z.enum(['person', 'account']),
    step: z.enum(ladder),
    until: wire.day.nullable(),
  }),
]);
export const conductRequest = z.strictObject({
  path: z.literal('conduct'),
  /** default: every item of the finding */
  rests: z.array(locator).min(1).max(100).optional(),
  measures: z.array(measure).min(1).max(110),
  reasons,
  /** reasons kept ready that it began with */
  macro: macroUsed.optional(),
});
export type ConductRequest = z.infer<typeof conductRequest>;
const careRequest = z.strictObject({
  path: z.literal('care'),
  /** whose signposts; default the desk's first country */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  offerContact: z.boolean().optional(),
  welfareFlag: z.boolean().optional(),
  lookAgainHours: z.int().min(1).max(lookAgainHoursMax).optional(),
  note: wire.text(2000).optional(),
});
const noActionRequest = z.strictObject({ path: z.literal('none'), note: wire.text(2000).optional() });
const complaintRequest = z.strictObject({
  path: z.literal('complaint'),
  outcome: z.enum(['upheld', 'partly', 'not-upheld']),
  reply: filled(2000),
  remedy: wire.text(1000),
});
export const decisionChoice = z.discriminatedUnion('path', [
  conductRequest,
  careRequest,
  complaintRequest,
  noActionRequest,
]);
export type DecisionChoice = z.infer<typeof decisionChoice>;

type Written = Pick<DeskParts, 'config' | 'law'>;
const firstDay = '2000-01-01';
const categoryDefault = 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC';
/** Where neither the operator nor a law pack has better words. */
const complainDefault = 'You can appeal against this decision, also when you are barred.';
const complainByWallet = 'You can appeal with the wallet that you signed up with, also when you are barred.';
const claimDefault =
  'If you think that this breaks our agreement with you, you can bring a claim before a court.';

/** The decision to record. `finding` is the one it rests on. */
export function writeDecision(
  state: CaseState,
  choice: DecisionChoice,
  finding: Assessment | undefined,
  at: string,
  parts: Written,
): Decision {
  if (choice.path === 'none') return { path: 'none', note: choice.note ?? '' };
  if (choice.path === 'complaint') return choice;
  if (choice.path === 'conduct') return writeConduct(state, choice, finding, at, parts);
  const country = choice.country ?? countriesOf(parts.config)[0] ?? 'GB';
  const targets = finding?.items ?? state.items.map((item) => item.locator);
  return {
    path: 'care',
    help: targets
      .slice(0, helpMax)
      .map((target) => ({ measure: newId(), kind: 'show-help', target, country })),
    offerContact: choice.offerContact ?? false,
    welfareFlag: choice.welfareFlag ?? false,
    ...(choice.lookAgainHours === undefined ? {} : { lookAgainHours: choice.lookAgainHours }),
    note: choice.note ?? '',
  };
}

export function writeConduct(
  state: CaseState,
  choice: ConductRequest,
  finding: Assessment | undefined,
  at: string,
  { config, law }: Written,
): ConductDecision {
  const rests = choice.rests ?? finding?.items ?? state.items.map((item) => item.locator);
  const measures: ConductMeasure[] = choice.measures.map((one) => ({ measure: newId(), ...one }));
  const found = finding?.about === 'conduct' ? finding : undefined;
  const offence = law.offences(state.rules).find(({ id }) => id === found?.offence);
  const today = dayOfInstant(at);
  const notices = law.notices(today);
  const items = rests.flatMap((one) => itemOf(state, one) ?? []);
  const reasons = {
    ...choice.reasons,
    limb: found?.limb ?? ('terms' as const),
    category: choice.reasons.category ?? offence?.category ?? categoryDefault,
  };
  const frame = {
    puid: newId(),
    contentDay: contentDay(items, today),
    today,
    countries: countriesOf(config),
    howToComplain:
      config.howToComplain ??
      (config.gateway ? complainByWallet : (notices.howToComplain ?? complainDefault)),
    rightToClaim: config.rightToClaim ?? notices.rightToClaim ?? claimDefault,
    detectedByRule: false,
    reportedByOthers: state.reports > 0,
    contentTypes: contentTypes(items),
  };
  return {
    path: 'conduct',
    rests,
    measures,
    ...(choice.macro ? { macro: choice.macro } : {}),
    statement: writeStatement(
      measures,
      reasons.category === offence?.category ? { ...reasons, keywords: offence.keywords } : reasons,
      frame,
    ),
  };
}

// What a reporter says of when it was posted is theirs to say; the statement has room for real days only.
function contentDay(items: readonly ItemReference[], today: string): string {
  const days = items
    .map((item) => dayOfInstant(item.posted))
    .filter((day) => day >= firstDay && day <= today);
  return days.sort()[0] ?? today;
}

function contentTypes(items: readonly ItemReference[]): StatementOfReasons['content_type'] {
  const shown = new Set(items.flatMap((item) => item.shows ?? ['words']));
  const types = (['words', 'picture', 'video-still'] as const).filter((one) => shown.has(one));
  return types.length > 0 ? types.map((one) => typeOf[one]) : ['CONTENT_TYPE_TEXT'];
}
const typeOf = {
  words: 'CONTENT_TYPE_TEXT',
  picture: 'CONTENT_TYPE_IMAGE',
  'video-still': 'CONTENT_TYPE_VIDEO',
} as const;

export const countriesOf = (config: DeskConfig): string[] => config.countries ?? ['GB'];
const newId = (): string => toBase64url(randomBytes(idBytes));
