/**
 * What was shown to whom, as a line of the person's own history: place, what it learned, and the day; not the
 * time. Whether anybody can read it again is the caller's matter.
 */
import type { DisclosableField } from '@answerable/core/presentation/schema';
import type { ReadRequest } from './read-request.ts';

export interface AnswerNote {
  gateway: string;
  platform: string;
  slot: number;
  way: 'new' | 'sign-in';
  /** Attributes that the place saw; none at a sign-in, unless it presented again. */
  disclosed: DisclosableField[];
  /** UTC, yyyy-mm-dd. */
  day: string;
}

export function noteOf(
  { gateway, request }: ReadRequest,
  { way, slot }: Pick<AnswerNote, 'way' | 'slot'>,
  now: Date,
  again: boolean,
): AnswerNote {
  const { platform, disclose } = request.platformPolicy;
  return {
    gateway: gateway.name,
    platform,
    slot,
    way,
    disclosed: way === 'new' || again ? [...disclose] : [],
    day: now.toISOString().slice(0, 10),
  };
}
