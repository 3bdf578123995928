/**
 * The clocks of a case where a platform's policy promises more than law and desk ask for: of two times the one that
 * is better for people: less to decide and to answer in, more to appeal in. Pure.
 */
import type { PolicyClocks } from '@answerable/protocol/platform-policy';
import type { Clocks } from '../casework/clocks.ts';

const hoursPerDay = 24;
/** Named where a law would be. */
const byPolicy = 'the policy of this place';

export function stricterClocks(clocks: Clocks, promised: PolicyClocks | null | undefined): Clocks {
  if (!promised) return clocks;
  const { decideHours, intimateImageHours, appealDays, appealAnswerDays } = promised;
  const named = { ...clocks.named };
  const shorter = <T extends Record<string, number | undefined>>(
    all: T,
    clock: string,
    most: (key: string) => number,
  ): T => {
    const entries = Object.entries(all).map(([key, hours]) => {
      if (hours !== undefined && hours <= most(key)) return [key, hours];
      named[`${clock}/${key}`] = byPolicy;
      return [key, most(key)];
    });
    return Object.fromEntries(entries) as T;
  };
  const images = Math.min(decideHours, intimateImageHours);
  const decide = shorter(
    { ...clocks.decide, 'intimate-image': clocks.decide['intimate-image'] },
    'decision',
    (key) => (key === 'intimate-image' ? images : decideHours),
  );
  const appeal = shorter(clocks.appeal, 'appeal-heard', () => appealAnswerDays * hoursPerDay);
  if (appealDays > (clocks.appealDays ?? 0)) named['appeal-closes'] = byPolicy;
  return { decide, appeal, appealDays: Math.max(appealDays, clocks.appealDays ?? 0), named };
}
