/**
 * anybody → desk, POST /complaints: Online Safety Act 2023 s.21(4). About content that stayed; about a duty that
 * is not kept; by whoever's content was taken down, or who was warned, suspended or barred; about proactive
 * technology that hid or moved down what it should not have. Opens a case of kind `complaint`, which those who
 * decided what it complains about do not decide. The answer is a receipt as for a report.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';
import { link } from './media.ts';
import { capacities, itemSnapshot } from './report.ts';

export const complaintKinds = [
  'content',
  'duty',
  'taken-down',
  'sanctioned',
  'proactive-technology',
] as const;
export type ComplaintKind = (typeof complaintKinds)[number];

export const complaint = z.strictObject({
  kind: z.enum(complaintKinds),
  capacity: z.enum(capacities),
  /** receipt of the report that it follows, if there was one */
  receipt: wire.id.nullable(),
  /** what it is about, where that is something on the platform */
  items: z.array(itemSnapshot).max(20),
  links: z.array(link).max(20),
  statement: wire.text(4000),
  goodFaith: z.literal(true),
  wishesToBeTold: z.boolean(),
});
export type Complaint = z.infer<typeof complaint>;
