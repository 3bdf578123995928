/**
 * One question of an authority and how far it has come. What is kept is the ask, the case number and, at the
 * end, the one identity; shares and record key are asked for again rather than kept.
 */
import { authorityAsk, signedAuthorityAsk } from '@answerable/protocol/disclosure/filing';
import { identityDocument } from '@answerable/protocol/enrolment/session';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const say = z.strictObject({ guardian: z.string().max(80), code: z.string().max(80) });

export const progress = z.discriminatedUnion('stage', [
  /** the desk has not taken it yet */
  z.strictObject({ stage: z.literal('asking'), code: z.string().nullable() }),
  /** on its way into the log */
  z.strictObject({ stage: z.literal('filing'), code: z.string() }),
  /** with the guardians */
  z.strictObject({
    stage: z.literal('judging'),
    approved: z.array(z.string()),
    refused: z.array(say),
    waiting: z.array(say),
  }),
  /** enough approved; shares are being gathered */
  z.strictObject({
    stage: z.literal('opening'),
    at: z.enum(['shares', 'record', 'identity-shares']),
    answers: z.array(say),
    bad: z.array(z.string()),
  }),
  z.strictObject({ stage: z.literal('opened'), identity: identityDocument, bad: z.array(z.string()) }),
  /** so many guardians refused that t can no longer agree */
  z.strictObject({ stage: z.literal('refused'), refused: z.array(say) }),
  /** the desk or the gateway said no */
  z.strictObject({ stage: z.literal('stopped'), code: z.string() }),
]);
export type Progress = z.infer<typeof progress>;

export const inquiry = z.strictObject({
  /** the number of the ask: random, and the name of its file */
  id: wire.id,
  asked: wire.instant,
  desk: wire.origin,
  ask: signedAuthorityAsk,
  caseId: wire.id.nullable(),
  progress,
});
export type Inquiry = z.infer<typeof inquiry>;

/** What is asked for in the form or as JSON. */
export const newInquiry = z.strictObject({
  platform: authorityAsk.shape.platform,
  ground: authorityAsk.shape.ground,
  item: authorityAsk.shape.item,
  order: authorityAsk.shape.order,
});
export type NewInquiry = z.infer<typeof newInquiry>;

const over: readonly Progress['stage'][] = ['opened', 'refused', 'stopped'];
export const isOver = ({ progress: { stage } }: Inquiry): boolean => over.includes(stage);
