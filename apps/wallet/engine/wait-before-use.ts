/**
 * A delay that a person chose between joining and the first account anywhere, so that the two cannot be matched
 * by their times (SECURITY). Kept with the state; ends by time, or because the person undoes it.
 * Must never: let an account be made before it is over.
 */
import { stateOf, type WalletParts } from './parts.ts';

const msPerHour = 3_600_000;
const hoursInDay = 24;
const daysMax = 30;

/** The person asked the wallet to wait, and the time has not come. */
export class StillWaiting extends Error {
  /** UTC instant. */
  readonly until: string;
  constructor(until: string) {
    super('still waiting');
    this.name = 'StillWaiting';
    this.until = until;
  }
}

/** No new account for so many days, to the next full hour. Returns until when. */
export async function waitBeforeUse(parts: WalletParts, days: number): Promise<string> {
  if (!Number.isInteger(days) || days < 1 || days > daysMax) throw new RangeError('days');
  const end = parts.clock.now().getTime() + days * hoursInDay * msPerHour;
  const waitUntil = new Date(Math.ceil(end / msPerHour) * msPerHour).toISOString();
  await parts.store.save({ ...(await stateOf(parts)), waitUntil });
  return waitUntil;
}

export async function stopWaiting(parts: WalletParts): Promise<void> {
  const { waitUntil: _over, ...state } = await stateOf(parts);
  await parts.store.save(state);
}

/** Until when no account is made here; undefined if there is nothing to wait for. */
export async function waitingUntil(parts: WalletParts): Promise<string | undefined> {
  const { waitUntil } = await stateOf(parts);
  return waitUntil && Date.parse(waitUntil) > parts.clock.now().getTime() ? waitUntil : undefined;
}

/** Throws StillWaiting. */
export async function requireWaited(parts: WalletParts): Promise<void> {
  const until = await waitingUntil(parts);
  if (until) throw new StillWaiting(until);
}
