/**
 * POST /media: one picture, before the report that it goes with; the body is the picture and nothing else.
 * Whoever uploads learns its hash and its size. Unused pictures are gone after a day.
 */
import { dayOf } from '@answerable/kit/clock';
import type { mediaKept } from '@answerable/protocol/report/media';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { DeskParts } from '../parts.ts';
import { decodePicture, type Picture } from './decode-picture.ts';
import type { Gate } from './gate.ts';

export const takeMedia =
  (parts: DeskParts, { pass, large }: Gate) =>
  async (c: Context) => {
    await pass(c, pictureCost);
    // Drawn before the next is read: else all that came together would be held at once.
    const { hash, width, height } = await large(async () =>
      keepPicture(parts, Buffer.from(await c.req.arrayBuffer())),
    );
    const reply: z.infer<typeof mediaKept> = { hash, width, height };
    return c.json(reply, 201);
  };

/** Some pictures go with one report. */
const pictureCost = 0.25;

export async function keepPicture({ intake, clock }: DeskParts, bytes: Buffer): Promise<Picture> {
  const picture = await decodePicture(bytes);
  await intake.keepPicture(picture, dayOf(clock.now()));
  return picture;
}
