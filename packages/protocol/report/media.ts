/**
 * Pictures, video stills and addresses that go with an item or a report. Of a video only stills are kept. A
 * picture is named by the hash of the bytes that the desk made of it, never by a file name.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';

export const mediaKinds = ['picture', 'video-still'] as const;

export const mediaReference = z.strictObject({
  hash: wire.hash,
  kind: z.enum(mediaKinds),
  /** what can be seen, in words; '' if nobody has said */
  description: wire.text(500),
});
export type MediaReference = z.infer<typeof mediaReference>;

/** An address as the URL standard writes it, so that nothing in it can look like something else. */
export const link = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[\x21-\x7e]+$/);

/** POST /media, the bytes of one picture → what it is known as from then on; attach it within a day. */
export const mediaKept = z.strictObject({
  hash: wire.hash,
  width: z.int().positive(),
  height: z.int().positive(),
});
