/** Starts the registrar from its configuration, and the rounds that put its records into the log. */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { type Clock, dayOf, realClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, describeError, type Journal } from '@answerable/kit/journal';
import { deliverOutbox, placeInLog } from '@answerable/kit/log-outbox';
import { followingReader } from '@answerable/kit/log-reader';
import { policySource } from '@answerable/kit/policy-source';
import { type Rounds, rounds } from '@answerable/kit/rounds';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { openDay } from '@answerable/protocol/enrolment/tag-evaluation';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import type { z } from 'zod';
import { registrarApp } from './app.ts';
import { askTags } from './ask-tags.ts';
import {
  batchSecondsDefault,
  censusSecondsDefault,
  type RegistrarConfig,
  recordDaysDefault,
  registrarConfig,
  sessionSecondsDefault,
} from './config.ts';

import { consoleParts } from './console/console-parts.ts';
import { evidenceAdapters } from './evidence/adapters.ts';
import { algorithmsOf } from './evidence/config.ts';
import { evidenceShelf } from './evidence-shelf.ts';
import { keepTold } from './keep-told.ts';
import { loadRegistrarKeys, type RegistrarKeys } from './keys.ts';
import { leafStore } from './leaf-store.ts';
import { logRecords } from './log-records.ts';
import type { RecordDays } from './record-days.ts';
import { migrations, type RegistrarTables } from './schema.ts';
import { registrarStore } from './store.ts';
import { tellKeepers } from './tell-keepers.ts';
import { tellReferees } from './tell-referees.ts';
import { waitingCodes } from './waiting-codes.ts';

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: z.input<typeof registrarConfig>, brought: Parts = {}): Promise<Running> {
  const config = registrarConfig.parse(input);
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(config.name);
  const keys = await loadRegistrarKeys(config.dataDir, algorithmsOf(config.evidence), {
    issuerKeys: config.issuerKeys,
    today: dayOf(clock.now()),
  });
  const evidence = evidenceAdapters(config.evidence, {
    mode: config.mode,
    redirectUri: `${config.origin}/enrolment/callback`,
    origin: config.origin,
    keys: keys.evidenceClients,
    clock,
  });
  const database = await openDatabase<RegistrarTables>({ url: config.databaseUrl, migrations });
  const policies = policySource(config.policyPath, clock);
  const store = registrarStore(database.db);
  const leaves = leafStore(database.db);
  const shelf = evidenceShelf();
  const keepers = tellKeepers({ policies, keys });
  const codes = waitingCodes(clock);
  const asksTags = askTags({ policies, keys, journal, clock, count: store.count });
  const tellKeys = () => tellReferees({ db: database.db, policies, keys });
  const office = consoleParts({
    config,
    clock,
    db: database.db,
    enrolment: { policies, store, shelf, codes, askTags: asksTags, keys, clock, tellReferees: tellKeys },
  });

  const days: RecordDays = {
    endWaitDays: config.endWaitDays ?? recordDaysDefault.endWaitDays,
    retentionDays: config.retentionDays ?? recordDaysDefault.retentionDays,
    tagsKeptDays: config.tagsKeptDays ?? recordDaysDefault.tagsKeptDays,
  };
  const app = registrarApp({
    name: config.name,
    sessionSeconds: config.sessionSeconds ?? sessionSecondsDefault,
    proxies: config.proxies,
    clock,
    journal,
    policies,
    store,
    leaves,
    keys,
    evidence,
    shelf,
    askTags: asksTags,
    tellKeepers: keepers,
    codes,
    console: office,
    days,
    signer: {
      identity: () => identityOf(config, keys),
      signingKey: keys.signing,
      operatorToken: config.operatorToken,
      keysDir: join(config.dataDir, 'keys'),
      policies,
      clock,
    },
  });

  const outbox = () => ({
    party: config.name,
    signingKey: keys.signing,
    origin: policies.current().log.origin,
  });
  const following = followingReader(policies.current);
  const reader = () => following().reader;
  const running: Rounds[] = [
    rounds(config.batchSeconds ?? batchSecondsDefault, () =>
      logRecords({
        leaves,
        reader,
        deliver: () => deliverOutbox(database.db, outbox()),
        placeOf: (key) => placeInLog(database.db, key),
      }),
    ),
    rounds(config.censusSeconds ?? censusSecondsDefault, async () => {
      await store.sweepSessions(clock.now(), dayOf(clock.now()));
      shelf.sweep(clock.now());
      await store.eraseEnded(dayOf(clock.now()), days);
      office.vouching.sweep(clock.now());
      await store.closeDays(config.name, openDay(clock.now()));
      await keepTold(store, keepers);
      await tellKeys();
    }),
  ];
  for (const round of running)
    round.onFailure((error) => journal.warn('a round is to be repeated', describeError(error)));

  try {
    const served = await serve(app, { host: config.host, port: config.port });
    return {
      origin: config.origin,
      async close() {
        await served.close();
        await Promise.all(running.map((round) => round.stop()));
        await database.close();
      },
    };
  } catch (error) {
    await Promise.all(running.map((round) => round.stop()));
    await database.close();
    throw error;
  }
}

function identityOf(config: RegistrarConfig, keys: RegistrarKeys): PartyIdentity {
  const [first, ...next] = keys.issuers.map(({ publicKey }) => toBase64url(publicKey));
  return {
    name: config.name,
    title: config.title ?? config.name,
    origin: config.origin,
    signingKey: toBase64url(keys.signing.publicKey),
    issuerKey: first!,
    ...(next.length === 0 ? {} : { nextIssuerKeys: next }),
  };
}
