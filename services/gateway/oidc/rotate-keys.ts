/**
 * New keys for the OpenID provider. In the ordinary way the next set is shown for days before it signs, so that
 * no platform with a remembered list of keys meets one it does not know. After a theft there is no time for
 * that: the new set signs at once and every other is removed, so that everybody signs in again.
 * Assumes: gateways beside this one look into the folder within a minute.
 */
import { after, type Clock, type Duration } from '@answerable/kit/clock';
import { planAt } from './key-plan.ts';
import { drawKeySet, readKeySets, removeKeySet } from './keys.ts';

/** How long a key is shown before it signs: longer than platforms remember a list of keys. */
const shownBefore: Duration = { days: 7 };
export const keyDaysDefault = 90;
const msPerDay = 86_400_000;

export interface Rotation {
  serial: number;
  /** when the set signs, ISO 8601 */
  from: string;
  /** false: one was waiting already */
  drawn: boolean;
}

/** Makes the next set. `stolen`: it signs now, and all others go. */
export async function rotateKeys(
  keysDir: string,
  now: Date,
  why: 'time' | 'stolen' = 'time',
): Promise<Rotation> {
  const sets = readKeySets(keysDir);
  const waiting = sets.find(({ from }) => Date.parse(from) > now.getTime());
  if (why === 'time' && waiting) return { serial: waiting.serial, from: waiting.from, drawn: false };
  const serial = (sets.at(-1)?.serial ?? 0) + 1;
  await drawKeySet(keysDir, serial, why === 'stolen' || sets.length === 0 ? now : after(now, shownBefore));
  // The new set is there; a crash now leaves the old ones in place, and the command can be given again.
  if (why === 'stolen') for (const set of sets) removeKeySet(keysDir, set.serial);
  const { from } = readKeySets(keysDir).find((set) => set.serial === serial)!;
  return { serial, from, drawn: true };
}

/** What upkeep does: draws the next set in time, and removes those that nothing needs. */
export async function tendKeys(
  keysDir: string,
  clock: Clock,
  { keyDays, overlapMs }: { keyDays: number; overlapMs: number },
): Promise<void> {
  const now = clock.now();
  const { shown, over } = planAt(readKeySets(keysDir), now.getTime(), overlapMs);
  for (const { serial } of over) removeKeySet(keysDir, serial);
  const signsUntil = shown[0] ? Date.parse(shown[0].from) + keyDays * msPerDay : 0;
  if (after(now, shownBefore).getTime() >= signsUntil) await rotateKeys(keysDir, now);
}
