/**
 * anybody → desk, POST /reports: no account is needed (SAFETY, "Event model"). The platform's own report button
 * sends the same message with its connector token, and the snapshot of what was reported with it.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';
import { intimateImage } from './intimate-image.ts';
import { link, mediaReference } from './media.ts';

/** Online Safety Act 2023 s.20(3) to (5): users, and persons affected who need not be users. */
export const capacities = [
  'user',
  'subject',
  'targeted-group',
  'parent',
  'assisting-adult',
  'trusted-body',
  'affected-person',
] as const;

export const characteristics = [
  'race',
  'religion',
  'sex',
  'sexual-orientation',
  'disability',
  'gender-reassignment',
] as const;
export const reportReasons = [
  'abuse',
  'hate',
  'pile-on',
  'promotes-suicide',
  'worried-about-them',
  'threat',
  'intimate-image',
  'other',
] as const;

/** What is reported: a locator on the platform. Author is a `sub`, or null where nobody is accountable. */
export const itemSnapshot = z.strictObject({
  platform: wire.name,
  kind: z.enum(['post', 'page', 'account']),
  locator: z
    .string()
    .max(200)
    .regex(/^[a-z]+\/[A-Za-z0-9_-]+$/),
  author: wire.sub.nullable(),
  text: wire.text(10_000),
  language: z.string().max(12),
  posted: wire.instant,
  /** pictures and stills that it shows */
  media: z.array(mediaReference).max(20).optional(),
  /** addresses that it is at, or leads to */
  links: z.array(link).max(20).optional(),
});
export type ItemSnapshot = z.infer<typeof itemSnapshot>;

export const report = z.strictObject({
  capacity: z.enum(capacities),
  reasons: z.array(z.enum(reportReasons)).min(1).max(reportReasons.length),
  characteristics: z.array(z.enum(characteristics)).max(6),
  items: z.array(itemSnapshot).min(1).max(100),
  statement: wire.text(4000),
  goodFaith: z.literal(true),
  wishesToBeTold: z.boolean(),
  /** what whoever reports shows: pictures uploaded before (POST /media), and addresses */
  media: z.array(mediaReference).max(8).optional(),
  links: z.array(link).max(20).optional(),
  intimateImage: intimateImage.optional(),
});
export type Report = z.infer<typeof report>;
/** 201: a receipt by which the reporter follows the outcome (GET /receipts/:receipt) without an account. */
export const reportReceipt = z.strictObject({ receipt: wire.id, acknowledged: wire.instant });
export const receiptStatus = z.strictObject({
  state: z.enum(['received', 'in-hand', 'decided']),
  /** by when it is meant to be decided */
  expected: wire.instant.optional(),
  outcome: wire.text(4000).nullable(),
  day: wire.day,
});
