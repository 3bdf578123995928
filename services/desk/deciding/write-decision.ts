/**
 * A decision as a moderator writes it, and as the case records it: the desk draws the ids and writes the
 * statement of reasons from what was chosen, so that it says exactly what is done.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { categories } from '@answerable/protocol/report/database-words';
import { ladder } from '@answerable/protocol/report/sanction';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { dayOfInstant } from '../casework/deadline.ts';
import {
  type Assessment,
  type ConductDecision,
  type ConductMeasure,
  type Decision,
  locator,
} from '../casework/decision.ts';
import { type CaseState, itemOf } from '../casework/state.ts';
import { writeStatement } from '../casework/statement.ts';
import type { DeskConfig } from '../config.ts';

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
  category: z.enum(categories),
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

const complainDefault = 'You can appeal with the wallet that you signed up with, also when you are barred.';
const claimDefault =
  'If you think that this breaks our agreement with you, you can bring a claim before a court (Online Safety Act 2023, s.72).';

/** The decision to record. `finding` is the one it rests on. */
export function writeDecision(
  state: CaseState,
  choice: DecisionChoice,
  finding: Assessment | undefined,
  at: string,
  config: DeskConfig,
): Decision {
  if (choice.path === 'none') return { path: 'none', note: choice.note ?? '' };
  if (choice.path === 'complaint') return choice;
  if (choice.path === 'conduct') return writeConduct(state, choice, finding, at, config);
  const country = choice.country ?? countriesOf(config)[0] ?? 'GB';
  const targets = finding?.items ?? state.items.map((item) => item.locator);
  return {
    path: 'care',
    help: targets
      .slice(0, helpMax)
      .map((target) => ({ measure: newId(), kind: 'show-help', target, country })),
    offerContact: choice.offerContact ?? false,
    welfareFlag: choice.welfareFlag ?? false,
    note: choice.note ?? '',
  };
}

export function writeConduct(
  state: CaseState,
  choice: ConductRequest,
  finding: Assessment | undefined,
  at: string,
  config: DeskConfig,
): ConductDecision {
  const rests = choice.rests ?? finding?.items ?? state.items.map((item) => item.locator);
  const measures: ConductMeasure[] = choice.measures.map((one) => ({ measure: newId(), ...one }));
  const limb = finding?.about === 'conduct' ? finding.limb : 'terms';
  const posted = rests.flatMap((one) => itemOf(state, one)?.posted ?? []).sort();
  const frame = {
    puid: newId(),
    contentDay: dayOfInstant(posted[0] ?? at),
    today: dayOfInstant(at),
    countries: countriesOf(config),
    howToComplain: config.howToComplain ?? complainDefault,
    rightToClaim: config.rightToClaim ?? claimDefault,
    detectedByRule: false,
    reportedByOthers: state.reports > 0,
  };
  return {
    path: 'conduct',
    rests,
    measures,
    statement: writeStatement(measures, { limb, ...choice.reasons }, frame),
  };
}

export const countriesOf = (config: DeskConfig): string[] => config.countries ?? ['GB'];
const newId = (): string => toBase64url(randomBytes(idBytes));
