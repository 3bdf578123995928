/**
 * What a moderator finds, and what follows from it (SAFETY, "Event model"). The line that matters stands in
 * the types: a finding of first-person distress leads to a CareDecision, and a CareDecision has no member in
 * which a sanction, a takedown or a hold could be put. The transition function refuses the same at run time.
 */
import { ladder } from '@answerable/protocol/report/sanction';
import { statementOfReasons } from '@answerable/protocol/report/statement-of-reasons';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { lookAgainHoursMax } from './care.ts';

const itemsMax = 100;
const measuresMax = 110;
const elementsMax = 12;

export const locator = z
  .string()
  .max(200)
  .regex(/^[a-z]+\/[A-Za-z0-9_-]+$/);
const locators = z.array(locator).min(1).max(itemsMax);

/** Of an offence, as a law pack names it, each element that it asks for. */
const offence = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40);
const element = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
const judged = z.enum(['yes', 'no', 'unsure']);
const elements = z
  .record(element, judged)
  .refine((given) => Object.keys(given).length <= elementsMax, { message: 'too many' });

const distressFinding = z.strictObject({
  about: z.literal('first-person-distress'),
  items: locators,
  note: wire.text(2000),
});
export const conductFinding = z.strictObject({
  about: z.literal('conduct'),
  items: locators,
  limb: z.enum(['illegal', 'terms']),
  offence: offence.nullable(),
  elements,
  /** Clause of the terms that it goes against. */
  clause: wire.text(300),
  severity: z.int().min(1).max(4),
  confidence: z.int().min(1).max(3),
  protectedContent: z.enum(['none', 'journalistic', 'democratic']),
  /** Less intrusive measures that were considered, and why they do not do. */
  alternatives: wire.text(1000),
});
const nothingFinding = z.strictObject({
  about: z.literal('nothing'),
  items: locators,
  note: wire.text(2000),
});
export const assessment = z.discriminatedUnion('about', [distressFinding, conductFinding, nothingFinding]);
export type Assessment = z.infer<typeof assessment>;

/** `measure` is random; it is also the id of the act by which it takes effect, so acting twice is once. */
const hideItem = z.strictObject({ measure: wire.id, kind: z.literal('hide-item'), target: locator });
const shutPage = z.strictObject({ measure: wire.id, kind: z.literal('shut-page'), target: locator });
const sanction = z.strictObject({
  measure: wire.id,
  kind: z.literal('sanction'),
  sub: wire.sub,
  holds: z.enum(['person', 'account']),
  step: z.enum(ladder),
  until: wire.day.nullable(),
});
const conductMeasure = z.discriminatedUnion('kind', [hideItem, shutPage, sanction]);
export type ConductMeasure = z.infer<typeof conductMeasure>;
export type Sanction = z.infer<typeof sanction>;

/** Which reasons kept ready a decision began with; what became of them stands in the decision itself. */
export const macroUsed = z.strictObject({ macro: wire.id, version: z.int().min(1).max(100_000) });
export type MacroUsed = z.infer<typeof macroUsed>;

const helpMeasure = z.strictObject({
  measure: wire.id,
  kind: z.literal('show-help'),
  target: locator,
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type HelpMeasure = z.infer<typeof helpMeasure>;
export type Measure = ConductMeasure | HelpMeasure;

const careDecision = z.strictObject({
  path: z.literal('care'),
  help: z.array(helpMeasure).max(measuresMax),
  offerContact: z.boolean(),
  welfareFlag: z.boolean(),
  /** when somebody looks in again; absent: the desk's own habit, where one of the two above asks for it */
  lookAgainHours: z.int().min(1).max(lookAgainHoursMax).optional(),
  note: wire.text(2000),
});
export type CareDecision = z.infer<typeof careDecision>;

export const conductDecision = z.strictObject({
  path: z.literal('conduct'),
  /** The items that the decision rests on. */
  rests: locators,
  measures: z.array(conductMeasure).min(1).max(measuresMax),
  statement: statementOfReasons,
  /** reasons kept ready that it began with */
  macro: macroUsed.optional(),
});
export type ConductDecision = z.infer<typeof conductDecision>;

/** Who complained is told what came of it: Online Safety Act 2023 s.21; the Codes' duties on complaints. */
const complaintDecision = z.strictObject({
  path: z.literal('complaint'),
  outcome: z.enum(['upheld', 'partly', 'not-upheld']),
  reply: wire.text(2000),
  /** what is done about it; empty only where the complaint is not upheld */
  remedy: wire.text(1000),
});
export type ComplaintDecision = z.infer<typeof complaintDecision>;

const noActionDecision = z.strictObject({ path: z.literal('none'), note: wire.text(2000) });
export type NoActionDecision = z.infer<typeof noActionDecision>;

export const decision = z.discriminatedUnion('path', [
  careDecision,
  conductDecision,
  complaintDecision,
  noActionDecision,
]);
export type Decision = z.infer<typeof decision>;

/** Which decisions a finding allows. */
export type DecisionOn<About extends Assessment['about']> = {
  'first-person-distress': CareDecision;
  conduct: ConductDecision | NoActionDecision;
  nothing: NoActionDecision;
}[About];
