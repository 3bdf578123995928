/**
 * Starts one desk: database, console, outbox, clock. Recovery is this same way: effects that a crash left
 * between decision and act stand in the outbox and are done first.
 */
import { type Clock, realClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { createSignIn, type Staff } from '@answerable/kit/sign-in';
import { type DeskFile, deskConfig } from './config.ts';
import { createSessionStore } from './people/session-store.ts';
import { createStaffStore } from './people/staff-store.ts';
import { type DeskTables, migrations } from './schema.ts';
import { openSettings } from './setup/settings.ts';
import { createWorks } from './works.ts';

/** Several moderators and the outbox at once; each holds a connection for one case at a time. */
const poolMax = 6;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

export interface RunningDesk extends Running {
  /** the address of a sign-in link for somebody who works here; works once */
  staffLink(staff: Staff): string;
  /** the address where the set-up begins, new each time; undefined once it is done */
  setUpLink(): Promise<string | undefined>;
  /** a new one-time link for somebody who works here, by working name; undefined if nobody has it */
  newLink(name: string): Promise<string | undefined>;
  /** Looks at the clocks and unfinished effects now. */
  tick(): Promise<void>;
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: DeskFile, brought: Parts = {}): Promise<RunningDesk> {
  const file = deskConfig.parse(input);
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(file.name);
  const metrics = createMetrics(file.name);
  const { db, close } = await openDatabase<DeskTables>({ url: file.databaseUrl, migrations, poolMax });
  const settings = await openSettings(db, file, clock);
  const signIn = createSignIn({
    service: file.name.replaceAll('.', '-'),
    clock,
    secure: file.origin.startsWith('https:'),
    store: createSessionStore(db, clock),
  });
  const staff = createStaffStore(db, clock);
  const works = createWorks(file, { db, clock, journal, metrics, settings, signIn, staff });
  const served = await serve(works, { host: file.host, port: file.port }).catch(async (error) => {
    await close();
    throw error;
  });
  await works.begin();
  const origin = file.port === 0 ? served.origin : file.origin;
  return {
    origin,
    staffLink: (staff) => origin + signIn.issueLink(staff),
    setUpLink: async () =>
      settings.config() ? undefined : `${origin}/set-up?token=${(await staff.setUpLink()).token}`,
    async newLink(name) {
      const found = await staff.byName(name);
      return found && `${origin}/join?token=${(await staff.newLink('operator', found.id)).token}`;
    },
    tick: works.tick,
    async close() {
      await served.close();
      await works.stop();
      await close();
    },
  };
}
