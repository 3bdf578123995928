/**
 * What a report of an intimate image declares: Online Safety Act 2023 s.20A(2), inserted by the Crime and
 * Policing Act 2026 (Lords amendment 257A). With all five it is a report on which s.10(3A) asks for removal
 * within 48 hours; the TAKE IT DOWN Act of the United States (Pub. L. 119-12, s.3) asks for the same.
 * A report without them is still a report, and has the same clock here.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';

export const intimateImage = z.strictObject({
  /** what is there is intimate, shows a person and was shared without their consent */
  isIntimateImage: z.literal(true),
  madeBy: z.enum(['subject', 'acting-for-subject']),
  /** the report is made in good faith, and true to the best of knowledge and belief */
  trueToBelief: z.literal(true),
  /** what is given is enough to find it */
  canBeFound: z.literal(true),
  /** how whoever reports can be reached */
  contact: wire.text(200).min(3),
});
export type IntimateImage = z.infer<typeof intimateImage>;
