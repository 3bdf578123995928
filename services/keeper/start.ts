/** Starts one keeper: keys, database, witness, ceremony seat, addresses, and the day's totals. */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { announcedPolicies } from '@answerable/kit/announced-policies';
import { approveEntries } from '@answerable/kit/approve-entries';
import { createCeremonyParticipant } from '@answerable/kit/ceremony-participant';
import { type Clock, realClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, describeError, type Journal } from '@answerable/kit/journal';
import { deliverOutbox } from '@answerable/kit/log-outbox';
import { createMetrics } from '@answerable/kit/metrics';
import { policySource } from '@answerable/kit/policy-source';
import { rounds } from '@answerable/kit/rounds';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { createWitness } from '@answerable/kit/witness';
import { openDay } from '@answerable/protocol/enrolment/tag-evaluation';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import { keeperApp } from './app.ts';
import { idTokenCheck } from './check-id-token.ts';
import { refereeCheck } from './check-referee.ts';
import { type KeeperConfig, keeperConfig } from './config.ts';
import { loadKeeperKeys } from './keys.ts';
import { refereeStore } from './referee-store.ts';
import { type KeeperTables, migrations } from './schema.ts';
import { keeperStore } from './store.ts';

const censusSecondsDefault = 3600;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: KeeperConfig, brought: Parts = {}): Promise<Running> {
  const config = keeperConfig.parse(input);
  const { name, origin, operatorToken } = config;
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(name);
  const keys = loadKeeperKeys(config.dataDir);
  const policies = policySource(config.policyPath, clock);
  const ceremony = createCeremonyParticipant({
    role: 'tag',
    name,
    signingKey: keys.signing,
    operatorToken,
    ceremonyToken: config.ceremonyToken,
    keysDir: keys.dir,
  });
  const database = await openDatabase<KeeperTables>({ url: config.databaseUrl, migrations });
  const store = keeperStore(database.db);
  const referees = refereeStore(database.db);
  const witness = createWitness({
    keyName: `${new URL(origin).host}/${name}`,
    keyPath: join(keys.dir, 'witness.key'),
    db: database.db,
    clock,
    policy: policies.current,
    approve: approveEntries({ policies, announced: announcedPolicies(keys.dir), clock }),
  });
  const identity = (): PartyIdentity => {
    const share = ceremony.outcome();
    return {
      name,
      title: config.title ?? name,
      origin,
      signingKey: toBase64url(keys.signing.publicKey),
      witnessKey: witness.verifierKey,
      ...(share ? { share } : {}),
    };
  };
  const app = keeperApp({
    config,
    clock,
    journal,
    metrics: createMetrics(name),
    policies,
    store,
    keys,
    ceremony,
    witness,
    checkIdToken: idTokenCheck(clock),
    checkReferee: refereeCheck(clock, referees),
    referees,
    identity,
  });
  const served = await serve(app, { host: config.host, port: config.port }).catch(async (error) => {
    await database.close();
    throw error;
  });
  const census = rounds(config.censusSeconds ?? censusSecondsDefault, async () => {
    await store.closeDays(name, openDay(clock.now()));
    const { log } = policies.current();
    await deliverOutbox(database.db, { party: name, signingKey: keys.signing, origin: log.origin });
  });
  census.onFailure((error) => journal.warn('a round is to be repeated', describeError(error)));
  return {
    origin,
    async close() {
      await served.close();
      await census.stop();
      await database.close();
    },
  };
}
