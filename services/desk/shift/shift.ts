/** How somebody who works here is doing: what they saw today, their limits, whether they are on a break. */
import type { Clock } from '@answerable/kit/clock';
import type { Kysely } from 'kysely';
import type { DeskTables } from '../schema.ts';
import type { Settings } from '../setup/settings.ts';
import { createExposure } from './exposure.ts';
import { limitsOf, type Rest, type RestBound, restBoundDefault } from './rest-policy.ts';
import { createShiftStore } from './shift-store.ts';

const msPerMinute = 60_000;

export type Shift = ReturnType<typeof createShift>;

export function createShift(db: Kysely<DeskTables>, clock: Clock, settings: Settings) {
  const store = createShiftStore(db);
  const exposure = createExposure(clock);
  const bound = (): RestBound => settings.find('rest') ?? restBoundDefault;
  return {
    store,
    bound,

    async rest(name: string): Promise<Rest> {
      const now = clock.now().toISOString();
      const [minutes, choice] = await Promise.all([
        store.minutes(name, now.slice(0, 10)),
        store.choice(name),
      ]);
      const own = { minutes: choice?.minutes ?? null, breakAfter: choice?.break_after ?? null };
      const until = choice?.break_until ?? null;
      return {
        minutes,
        inOneGo: exposure.inOneGo(name),
        limits: limitsOf(bound(), own),
        breakUntil: until !== null && until > now ? until : null,
      };
    },

    /** Heavy content is open before them now. */
    async seen(name: string): Promise<void> {
      const minutes = exposure.seen(name);
      if (minutes > 0) await store.addMinutes(name, clock.now(), minutes);
    },

    /** They opened a heavy case in a browser without scripts. */
    async opened(name: string): Promise<void> {
      const minutes = exposure.opened(name);
      if (minutes > 0) await store.addMinutes(name, clock.now(), minutes);
    },

    async takeBreak(name: string, minutes: number): Promise<void> {
      exposure.rested(name);
      const until = new Date(clock.now().getTime() + minutes * msPerMinute).toISOString();
      await store.choose(name, { break_until: until });
    },

    async endBreak(name: string): Promise<void> {
      await store.choose(name, { break_until: null });
    },
  };
}
