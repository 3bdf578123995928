/**
 * Acts that a platform did not take, for people who do them by hand: named by a hash that says nothing, so that a
 * list has nobody in it. Which account one is about is looked up singly, and each look is on the record.
 */
import { hashToken } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayParts } from '../parts.ts';
import type { Undone } from '../sanctions/view-undone.ts';
import { recordAlone } from './record.ts';

export interface UndoneAct {
  id: string;
  platform: string;
  what: Undone['what'];
  because: Undone['because'];
  state: Undone['state'];
  attempts: number;
  words: string;
}

/** What a platform calls the account that one act is about. */
export interface LookedAt {
  platform: string;
  handle: string;
  sub: string;
  words: string;
}

const idOf = ({ act }: Undone): string => hashToken(`undone ${act}`);

export const undoneActs = async ({ sanctions }: GatewayParts): Promise<UndoneAct[]> =>
  (await sanctions.undone()).map((one) => {
    const { platform, what, because, state, attempts, words } = one;
    return { id: idOf(one), platform, what, because, state, attempts, words };
  });

/** Refuses `not_found`. */
async function find({ sanctions }: GatewayParts, id: string): Promise<Undone> {
  const found = (await sanctions.undone()).find((one) => idOf(one) === id);
  if (!found) throw new Refusal('not_found');
  return found;
}

/** Recorded, then shown. */
export async function lookAt(parts: GatewayParts, who: string, id: string): Promise<LookedAt> {
  const { platform, what, handle, sub, words } = await find(parts, id);
  await recordAlone(parts.console.db, parts.clock.now(), who, {
    kind: 'account-looked-at',
    platform,
    for: what,
  });
  return { platform, handle, sub, words };
}

/** Somebody has done it at the platform. Refuses `not_found` for one that waits for nobody. */
export async function doneByHand(parts: GatewayParts, who: string, id: string): Promise<void> {
  const { act, platform, what, state } = await find(parts, id);
  if (state !== 'by-hand') throw new Refusal('not_found');
  await recordAlone(parts.console.db, parts.clock.now(), who, { kind: 'done-by-hand', platform, what });
  // From here on it is on the record who said so; a crash now leaves the act in the list, to be said again.
  if (!(await parts.sanctions.tellings.tickOff(act))) throw new Refusal('not_found');
}

/** What waits is tried now, without its pause. */
export async function tryAgain(parts: GatewayParts, who: string): Promise<void> {
  const { console: own, clock, sanctions } = parts;
  await recordAlone(own.db, clock.now(), who, { kind: 'tried-again' });
  await sanctions.tellings.resume(clock.now());
  sanctions.teller.kick();
}
