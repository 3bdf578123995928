/** What an act in a room asks of who does it, under one policy (spec/platform-policy.md, "What an act needs"). Pure. */
import type { Act, PlatformPolicy, Room, StandingNeeded } from '../platform-policy.ts';
import { type Region, regionOf, type SignsSeen } from './where.ts';

/** Of a policy without rooms: what a gateway meant before there were any. */
export const everyRoom: Room['acts'] = {
  read: 'open',
  post: 'answerable',
  reply: 'answerable',
  message: 'answerable',
  upload: 'answerable',
};

/**
 * `region`: what the table makes of a visitor, or the signs for it; without, what it says of somebody of whom
 * nothing is known. Undefined: there is no such room, or this cannot be done in it.
 */
export function standingNeeded(
  policy: Pick<PlatformPolicy, 'rooms' | 'forWhom'>,
  room: string,
  act: Act,
  region: Region | SignsSeen = {},
): StandingNeeded | undefined {
  const acts = policy.rooms ? policy.rooms.find(({ id }) => id === room)?.acts : everyRoom;
  const needed = acts && Object.hasOwn(acts, act) ? acts[act] : undefined;
  return needed && holdsFor(policy, region) ? needed : needed && 'open';
}

/** Whether what the policy asks is asked of somebody there. */
function holdsFor({ forWhom }: Pick<PlatformPolicy, 'forWhom'>, region: Region | SignsSeen): boolean {
  if (forWhom === undefined || forWhom === 'everybody') return true;
  return (typeof region === 'string' ? region : regionOf(forWhom, region)) === 'uk';
}
