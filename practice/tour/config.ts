/** How the tour is configured: where it listens and where it remembers how far its visitor came. */
import { z } from 'zod';

export const tourConfig = z.strictObject({
  name: z.string().default('tour'),
  mode: z.enum(['production', 'practice']),
  host: z.string().max(200).default('127.0.0.1'),
  port: z.int().min(0).max(65_535),
  /** as browsers reach it; default from the port, on localhost */
  origin: z.url().max(200).optional(),
  /** outcomes of steps are kept here */
  dataDir: z.string().min(1),
});
export type TourConfig = z.input<typeof tourConfig>;
