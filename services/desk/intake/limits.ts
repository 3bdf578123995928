/**
 * How many reports and pictures strangers may send: so many from one place, and so many altogether, in memory
 * only (kit/source-limits.ts). The platform with its token is not a stranger and is never limited.
 */
import type { Clock } from '@answerable/kit/clock';
import { type SourceLimits, sourceLimits } from '@answerable/kit/source-limits';

/** From one place: so many at once, and then one more every so many seconds. */
const placeBurst = 30;
const placeSeconds = 10;
/** From everywhere: as many as a moderated place could ever read, and a machine can take: twenty a second. */
const all = { burst: 600, seconds: 1 / 20 };
const placesMax = 20_000;
/** A house has a whole /56 of IPv6 addresses. */
const houseBits = 56;

/** A report costs 1, less costs a part of it. */
export const createLimits = (clock: Clock): Pick<SourceLimits, 'wait'> =>
  sourceLimits(clock, { burst: placeBurst, seconds: placeSeconds, all, sourcesMax: placesMax, houseBits });
