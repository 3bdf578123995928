/**
 * Starts one desk: database, console, outbox, clock. Recovery is this same way: effects that a crash left
 * between decision and act stand in the outbox and are done first.
 */
import { type Clock, realClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import { policySource } from '@answerable/kit/policy-source';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { createSignIn, type Staff } from '@answerable/kit/sign-in';
import { deskApp } from './app.ts';
import { createCasebook } from './casebook.ts';
import { startClockwork } from './clockwork.ts';
import { type DeskConfig, deskConfig } from './config.ts';
import { createDisclosureStore } from './disclosure/disclosure-store.ts';
import { deskEvents } from './events.ts';
import { createGateway } from './gateway.ts';
import { createOutbox } from './outbox.ts';
import type { DeskParts } from './parts.ts';
import { performEffect } from './perform-effect.ts';
import { createPlatform } from './platform.ts';
import { type DeskTables, migrations } from './schema.ts';
import { createStore } from './store.ts';

const tickSecondsDefault = 1;
/** Several moderators and the outbox at once; each holds a connection for one case at a time. */
const poolMax = 6;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

export interface RunningDesk extends Running {
  /** the address of a sign-in link for somebody who works here; works once */
  staffLink(staff: Staff): string;
  /** Looks at the clocks and unfinished effects now. */
  tick(): Promise<void>;
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: DeskConfig, brought: Parts = {}): Promise<RunningDesk> {
  const config = deskConfig.parse(input);
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(config.name);
  const metrics = createMetrics(config.name);
  const { db, close } = await openDatabase<DeskTables>({ url: config.databaseUrl, migrations, poolMax });
  const secure = config.origin.startsWith('https:');
  const parts: Omit<DeskParts, 'outbox'> = {
    config,
    clock,
    journal,
    policies: policySource(config.policyPath),
    signIn: createSignIn({ service: config.name.replaceAll('.', '-'), clock, secure }),
    store: createStore(db),
    disclosures: createDisclosureStore(db),
    casebook: createCasebook(db, clock),
    platform: createPlatform(config.platform),
    gateway: config.gateway && createGateway(config.gateway),
    events: deskEvents(metrics),
  };
  const outbox = createOutbox({ db, clock, journal, perform: (row) => performEffect(parts, row) });
  const whole: DeskParts = { ...parts, outbox };
  const app = deskApp(whole, metrics);
  const served = await serve(app, { host: config.host, port: config.port }).catch(async (error) => {
    await close();
    throw error;
  });
  await outbox.resume();
  const clockwork = startClockwork(whole, config.tickSeconds ?? tickSecondsDefault);
  const origin = config.port === 0 ? served.origin : config.origin;
  return {
    origin,
    staffLink: (staff) => origin + parts.signIn.issueLink(staff),
    tick: clockwork.tick,
    async close() {
      await served.close();
      await clockwork.stop();
      await outbox.stop();
      await close();
    },
  };
}
