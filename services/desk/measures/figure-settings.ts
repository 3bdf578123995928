/** What an admin sets about figures and practice. */
import { z } from 'zod';

export const figureSettings = z.strictObject({
  /** whether everybody may see the figures of months that are over */
  public: z.boolean(),
  /** the least number that is shown to everybody */
  least: z.int().min(5).max(100),
  /** after how many decisions a practice case comes; 0: only who asks for one gets one */
  practiceEvery: z.int().min(0).max(500),
});
export type FigureSettings = z.infer<typeof figureSettings>;

export const figureDefaults: FigureSettings = { public: false, least: 10, practiceEvery: 0 };
