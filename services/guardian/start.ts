/**
 * Starts one guardian: keys, database, witness, ceremony seat, addresses, clockwork. Recovery is this same way:
 * what a crash left undone is found in the tables and done, or asked for again.
 */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { announcedPolicies } from '@answerable/kit/announced-policies';
import { approveEntries } from '@answerable/kit/approve-entries';
import { createCeremonyParticipant } from '@answerable/kit/ceremony-participant';
import { type Clock, realClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import { policySource } from '@answerable/kit/policy-source';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { createSignIn } from '@answerable/kit/sign-in';
import { createWitness } from '@answerable/kit/witness';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import { guardianApp } from './app.ts';
import { startClockwork } from './clockwork.ts';
import { type GuardianConfig, guardianConfig } from './config.ts';
import { createEvents } from './events.ts';
import { loadGuardianKeys } from './keys.ts';
import { createLogView } from './log-view.ts';
import type { GuardianParts } from './parts.ts';
import { type GuardianTables, migrations } from './schema.ts';
import { createStore } from './store.ts';

const tickSecondsDefault = 0.5;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

export interface RunningGuardian extends Running {
  /** the address of a sign-in link for one of this guardian's people; works once */
  staffLink(name: string): string;
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: GuardianConfig, brought: Parts = {}): Promise<RunningGuardian> {
  const config = guardianConfig.parse(input);
  const { name, title, origin, operatorToken } = config;
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(name);
  const metrics = createMetrics(name);
  const keys = loadGuardianKeys(config.dataDir);
  const policies = policySource(config.policyPath, clock);
  const ceremony = createCeremonyParticipant({
    role: 'opening',
    name,
    signingKey: keys.signing,
    operatorToken,
    ceremonyToken: config.ceremonyToken,
    keysDir: keys.dir,
  });
  const database = await openDatabase<GuardianTables>({ url: config.databaseUrl, migrations });
  const witness = createWitness({
    keyName: `${new URL(origin).host}/${name}`,
    keyPath: join(keys.dir, 'witness.key'),
    db: database.db,
    clock,
    policy: policies.current,
    approve: approveEntries({ policies, announced: announcedPolicies(keys.dir), clock }),
  });
  const parts: GuardianParts = {
    name,
    title,
    clock,
    keys,
    policies,
    journal,
    store: createStore(database),
    log: createLogView({ policy: policies.current, clock, cosigned: witness.seen }),
    events: createEvents(journal, metrics),
    share: ceremony.share,
  };
  const identity = (): PartyIdentity => {
    const share = ceremony.outcome();
    return {
      name,
      title,
      origin,
      signingKey: toBase64url(keys.signing.publicKey),
      sealingKey: toBase64url(keys.sealing.publicKey),
      witnessKey: witness.verifierKey,
      ...(config.releases ? { releases: config.releases } : {}),
      ...(share ? { share } : {}),
    };
  };
  const signIn = createSignIn({ service: name, clock, secure: origin.startsWith('https:') });
  const app = guardianApp({ config, parts, metrics, ceremony, witness, signIn, identity });
  const served = await serve(app, { host: config.host, port: config.port }).catch(async (error) => {
    await database.close();
    throw error;
  });
  const clockwork = startClockwork(parts, config.tickSeconds ?? tickSecondsDefault);
  return {
    origin,
    staffLink: (staff) => origin + signIn.issueLink({ name: staff, roles: ['guardian'] }),
    async close() {
      await served.close();
      await clockwork.stop();
      await database.close();
    },
  };
}
