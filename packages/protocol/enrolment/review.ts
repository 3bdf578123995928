/**
 * Somebody with the same name and birth date has joined, and no document says who is who (PROTOCOL §3.2): two
 * people look. wallet → registrar, POST /enrolment/review, asks for it and asks again until it is decided.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';
import { walletCall } from './session.ts';

/** `different`: go on and join. `same`: come back by the words. `more`: show who you are in another way. */
export const reviewVerdict = z.enum(['different', 'same', 'more']);
export type ReviewVerdict = z.infer<typeof reviewVerdict>;

export const reviewRequest = walletCall('review', z.strictObject({}));
export const reviewResponse = z.strictObject({
  state: z.enum(['waiting', ...reviewVerdict.options]),
  /** The day on which what was shown is erased, decided or not. */
  until: wire.day,
});
export type ReviewResponse = z.infer<typeof reviewResponse>;
