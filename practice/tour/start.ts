/**
 * Starts the guided tour over a running network: the page at the one address that a visitor is given. Holds
 * tokens and database addresses of every party, which only practice may: refuses to run in production.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuseInProduction } from '@answerable/kit/config';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { serve } from '@answerable/kit/serve';
import type { Network } from '@answerable/practice-constellation/network';
import { people } from '@answerable/practice-identity-provider/people';
import { openWorld } from '@answerable/practice-story/memory';
import type { Step } from '@answerable/practice-story/step';
import { createTourApp } from './app.tsx';
import { bundleScripts } from './bundle.ts';
import { type TourConfig, tourConfig } from './config.ts';
import { createLogFlipper } from './flip-byte.ts';
import { createHoldings } from './holdings.ts';
import { createProgress } from './progress.ts';

export interface TourParts {
  network: Network;
  steps: readonly Step[];
  journal?: Journal;
}

export interface Tour {
  origin: string;
  close(): Promise<void>;
}

/** Serves until close(). Throws ConfigRefused in production, PortTaken. */
export async function startTour(input: TourConfig, { network, steps, journal }: TourParts): Promise<Tour> {
  const config = tourConfig.parse(input);
  refuseInProduction('The tour', config.mode);
  const flipper = createLogFlipper(network.logDir, join(config.dataDir, 'flipped.json'));
  const holdings = createHoldings(network, people);
  const progress = createProgress({
    world: await openWorld(network),
    steps,
    path: join(config.dataDir, 'tour.json'),
    // A step must meet the log as it was written.
    prepare: async () => flipper.putBack(),
  });
  const hosts: string[] = [];
  const { app, live } = createTourApp({
    network,
    people,
    progress,
    holdings,
    flipper,
    scripts: await bundleScripts(),
    journal: journal ?? journalIn(config.dataDir, config.name),
    hosts: () => hosts,
  });
  const served = await serve(app, { host: config.host, port: config.port });
  const origin = config.origin ?? `http://localhost:${served.port}`;
  hosts.push(new URL(origin).host, `localhost:${served.port}`, `127.0.0.1:${served.port}`);
  async function close(): Promise<void> {
    live.close();
    flipper.putBack();
    await served.close();
    await holdings.close();
  }
  return { origin, close };
}

// Beside the outcomes: the terminal belongs to whoever started the network.
function journalIn(dataDir: string, name: string): Journal {
  mkdirSync(dataDir, { recursive: true });
  return createJournal(name, {
    write: (line) => appendFileSync(join(dataDir, 'tour-journal.log'), line, { mode: 0o600 }),
  });
}
