/**
 * desk ↔ desk of another forum: the panel. What nobody at one forum may decide, because they had part in it or work
 * alone, is decided by somebody of another: second words, confirmed holds, appeals (SAFETY, "Pages"). Each message
 * is signed with the key that the two desks gave each other. The file says as little as the question allows:
 * accounts and items by number, moderators too, no `sub`, no locator, no working name, no picture.
 */
import { z } from 'zod';
import { signed } from '../signed.ts';
import * as wire from '../wire.ts';
import { ladder } from './sanction.ts';

export const panelItemsMax = 60;
export const panelTextMax = 4000;
const number = z.int().min(1).max(1000);
const words = (max: number) => wire.text(max);

const item = z.strictObject({
  n: number,
  kind: z.enum(['post', 'page', 'account']),
  /** whose it is; null where nobody is accountable */
  account: number.nullable(),
  text: words(panelTextMax),
  language: z.string().max(12),
  posted: wire.day,
  distress: z.boolean(),
});
const measure = z.strictObject({
  n: number,
  kind: z.enum(['hide-item', 'shut-page', 'sanction']),
  item: number.nullable(),
  account: number.nullable(),
  step: z.enum(ladder).nullable(),
  until: wire.day.nullable(),
  /** which steps the policy of the asking forum has against the account; absent: all */
  steps: z.array(z.enum(ladder)).max(ladder.length).optional(),
});
const finding = z.strictObject({
  limb: z.enum(['illegal', 'terms']),
  offence: words(60).nullable(),
  severity: z.int().min(1).max(4),
  confidence: z.int().min(1).max(3),
  protectedContent: words(20),
  alternatives: words(1000),
});
const decision = z.strictObject({
  /** `moderator 1`, `moderator 2` */
  by: z.array(words(20)).max(2),
  day: wire.day,
  measures: z.array(measure).min(1).max(110),
  facts: words(5000),
  ground: words(500),
  explanation: words(2000),
  clause: words(500),
});
/** What a page said over time, and the warnings it had. */
const record = z.strictObject({
  item: number,
  posts: z.array(words(1000)).max(20),
  warnings: z.array(z.strictObject({ day: wire.day, text: words(400) })).max(20),
});

export const panelFile = z.strictObject({
  kind: z.enum(['content', 'page', 'pile-on', 'care', 'complaint']),
  opened: wire.day,
  reasons: z.array(words(40)).max(20),
  items: z.array(item).max(panelItemsMax),
  /** how many items are not in this file */
  more: z.int().min(0).max(1000),
  /** how many persons the accounts are; null where nobody knows */
  persons: z.int().min(0).max(1000).nullable(),
  records: z.array(record).max(3),
  finding: finding.nullable(),
  decision: decision.nullable(),
  hold: z.strictObject({ item: number, until: wire.instant }).nullable(),
  appeal: z
    .strictObject({
      track: z.enum(['normal', 'journalism', 'intimate-image']),
      account: number.nullable(),
      grounds: words(4000),
      evidence: z.array(z.strictObject({ day: wire.day, words: words(4000) })).max(20),
      due: wire.instant,
    })
    .nullable(),
});
export type PanelFile = z.infer<typeof panelFile>;

/** POST /panel/requests → panelTaken. */
export const panelRequest = signed(
  z.strictObject({
    request: wire.id,
    from: wire.name,
    to: wire.name,
    about: z.enum(['confirmation', 'hold', 'appeal']),
    due: wire.instant,
    file: panelFile,
  }),
);
export type PanelRequestMessage = z.infer<typeof panelRequest>['message'];

const lighter = z.strictObject({
  /** number of the measure that it takes the place of */
  of: number,
  /** of a sanction */
  step: z.enum(ladder).nullable(),
  until: wire.day.nullable(),
});
export const panelVerdict = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('confirmed') }),
  z.strictObject({ kind: z.literal('declined'), why: words(1000) }),
  z.strictObject({ kind: z.literal('hold-confirmed') }),
  z.strictObject({ kind: z.literal('hold-lifted'), why: words(1000) }),
  z.strictObject({
    kind: z.literal('heard'),
    outcome: z.enum(['upheld', 'varied', 'overturned']),
    reply: words(2000),
    /** with `varied` only */
    lighter: z.array(lighter).max(110),
  }),
]);
export type PanelVerdict = z.infer<typeof panelVerdict>;

/** POST /panel/answers → panelTaken. `asked` is the hash of the message that is answered, to its last letter. */
export const panelAnswer = signed(
  z.strictObject({
    request: wire.id,
    asked: wire.hash,
    from: wire.name,
    to: wire.name,
    /** working name of whoever decided, at their own desk */
    by: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[^/]+$/),
    verdict: panelVerdict,
  }),
);
export type PanelAnswerMessage = z.infer<typeof panelAnswer>['message'];

/** POST /panel/withdrawals → panelTaken: an answer is not needed any more. */
export const panelWithdrawal = signed(
  z.strictObject({ request: wire.id, from: wire.name, to: wire.name, withdrawn: z.literal(true) }),
);
export const panelTaken = z.strictObject({ ok: z.literal(true) });
