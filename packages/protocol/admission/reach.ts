/**
 * Who may reach the holder of an account, as the holder says it with the account key (spec/targets.md). Calls of
 * POST /account/calls and what they answer. A knock is answered alike whoever knocks, and never heard of again.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';

const listMax = 500;

/** Each by itself: only answerable accounts may do this towards me. */
export const reachWishes = z.strictObject({ reply: z.boolean(), mention: z.boolean(), message: z.boolean() });
export type ReachWishes = z.infer<typeof reachWishes>;
export type ReachAct = keyof ReachWishes;

export const reachCalls = [
  z.strictObject({ kind: z.literal('reach') }),
  z.strictObject({ kind: z.literal('wishes'), wishes: reachWishes }),
  z.strictObject({ kind: z.literal('let-in'), knock: wire.id }),
  z.strictObject({ kind: z.literal('decline'), knock: wire.id }),
  z.strictObject({ kind: z.literal('unblock'), block: wire.id }),
  /** said by who knocks: the platform alone cannot knock in anybody's name */
  z.strictObject({ kind: z.literal('knock'), knock: wire.id }),
] as const;
export type ReachCall = z.infer<(typeof reachCalls)[number]>;

/** Another account as its platform shows it; no name once its record is gone. */
const other = { id: wire.id, handle: wire.text(60).nullable(), day: wire.day };

export const reachView = z.strictObject({
  wishes: reachWishes,
  blocks: z.array(z.strictObject(other)).max(listMax),
  /** who asks to be let in */
  knocks: z.array(z.strictObject(other)).max(listMax),
  /** whom this account wants to reach, by what its platform said; sent: that it was, and no more */
  doors: z.array(z.strictObject({ ...other, sent: z.boolean() })).max(listMax),
});
export type ReachView = z.infer<typeof reachView>;
