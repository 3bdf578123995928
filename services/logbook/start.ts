/** Starts the logbook: key, database, folder, addresses, sequencer. Recovery is this same way. */
import { join } from 'node:path';
import { type Clock, realClock } from '@answerable/kit/clock';
import { ConfigRefused } from '@answerable/kit/config';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { loadOrCreateSecret } from '@answerable/kit/keys';
import { createMetrics } from '@answerable/kit/metrics';
import { type PolicySource, policySource } from '@answerable/kit/policy-source';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { formatVerifierKey, noteKey, parseVerifierKey } from '@answerable/log/verify/note-key';
import { Refusal } from '@answerable/protocol/refusal';
import { logbookApp } from './app.ts';
import { type WitnessAddress, witnessAsker } from './ask-witnesses.ts';
import { type LogbookConfig, logbookConfig } from './config.ts';
import { diskFiles } from './disk-files.ts';
import { logbookEvents } from './events.ts';
import type { LogbookParts } from './parts.ts';
import { runSequencer } from './run-sequencer.ts';
import { type LogbookTables, migrations } from './schema.ts';
import { logbookStore } from './store.ts';

const seedBytes = 32;
const witnessSecondsDefault = 2;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: LogbookConfig, brought: Parts = {}): Promise<Running> {
  const config = logbookConfig.parse(input);
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(config.name);
  const metrics = createMetrics(config.name);
  const seed = loadOrCreateSecret(join(config.dataDir, 'keys', 'log.key'), seedBytes);
  const { db, close } = await openDatabase<LogbookTables>({ url: config.databaseUrl, migrations });
  const parts: LogbookParts = {
    config,
    clock,
    policies: policySource(config.policyPath, clock),
    key: noteKey(config.logName, 0x01, seed),
    files: diskFiles(join(config.dataDir, 'log')),
    store: logbookStore(db),
    events: logbookEvents(journal, metrics),
  };
  try {
    if (!(await parts.store.claimForKey(formatVerifierKey(parts.key))))
      throw new ConfigRefused(
        'This database belongs to a log with another name or key. Nothing was changed.',
      );
    let ready = () => false;
    const app = logbookApp(parts, journal, metrics, () => ready());
    const served = await serve(app, { host: config.host, port: config.port });
    const sequencer = runSequencer(parts, askerOf(parts));
    ready = sequencer.ready;
    return {
      origin: served.origin,
      async close() {
        await sequencer.stop();
        await served.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function askerOf({ config, policies, events }: LogbookParts) {
  const own = (config.witnesses ?? []).map(witnessAddress);
  return witnessAsker({
    logName: config.logName,
    witnesses: () => [...own, ...listed(policies)],
    timeoutMs: (config.witnessSeconds ?? witnessSecondsDefault) * 1000,
    failed: () => events.witnessFailed(),
  });
}

/** The witnesses of the trust policy; none while there is no policy yet. */
function listed(policies: PolicySource): WitnessAddress[] {
  try {
    return policies.current().witnesses.list.map(witnessAddress);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_ready') return [];
    throw error;
  }
}

const witnessAddress = ({
  verifierKey,
  origin,
}: {
  verifierKey: string;
  origin: string;
}): WitnessAddress => ({
  key: parseVerifierKey(verifierKey),
  origin,
});
