/**
 * Starts one gateway: keys, database, OpenID provider, addresses, upkeep. Recovery is this same way: what a
 * crash left undone is found in the tables and done.
 */
import { join } from 'node:path';
import { type Clock, realClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { deliverOutbox } from '@answerable/kit/log-outbox';
import { createMetrics } from '@answerable/kit/metrics';
import { isReady, policySource } from '@answerable/kit/policy-source';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { accountStore } from './accounts/account-store.ts';
import { gatewayApp } from './app.ts';
import { blueskyRoom } from './bluesky/room.ts';
import { breakGlassStore } from './break-glass/store.ts';
import { caseStore } from './case-store.ts';
import { claimStore } from './claims/claim-store.ts';
import { type GatewayConfig, gatewayConfig } from './config.ts';
import { consoleParts } from './console/console-parts.ts';
import { gatewayEvents } from './events.ts';
import { logTimes } from './log-times.ts';
import { logView } from './log-view.ts';
import { openMailDoor } from './mail/drop-mail.ts';
import { besideOidc } from './oidc/dispatch.ts';
import { readKeySets } from './oidc/keys.ts';
import { isRuntimeOlder } from './oidc/library.ts';
import { liveProvider } from './oidc/live-provider.ts';
import { createProvider, signedForMs } from './oidc/provider.ts';
import { requireGuard } from './oidc/require-guard.ts';
import { keyDaysDefault, tendKeys } from './oidc/rotate-keys.ts';
import { type GatewayParts, platformOf } from './parts.ts';
import { policyHistory } from './policies/policy-history.ts';
import { presentingStore } from './presenting/store.ts';
import type { IsTold } from './sanctions/holding.ts';
import { createSanctions } from './sanctions/sanctions.ts';
import { type GatewayTables, migrations } from './schema.ts';
import { gatewayStore } from './store.ts';
import { strangersDoors } from './strangers/doors.ts';
import { targetStore } from './targets/target-store.ts';
import { startUpkeep } from './upkeep.ts';
import { openThread } from './verify/open-thread.ts';
import { presentationQueue } from './verify/presentation-queue.ts';

/** Connections: sign-ins of several people at once wait for each other's rows. */
const poolMax = 6;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
  /** this process waited for the trust policy until now: nothing of the gateway was heard anywhere */
  waited?: boolean;
}

export interface RunningGateway extends Running {
  /** platforms whose policy in the settings is none of those that were announced: it binds nobody */
  unannounced: readonly string[];
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: GatewayConfig, brought: Parts = {}): Promise<RunningGateway> {
  const config = gatewayConfig.parse(input);
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(config.name);
  const metrics = createMetrics(config.name);
  if (isRuntimeOlder) journal.warn('the OpenID library asks for a newer Node');
  const keysDir = join(config.dataDir, 'keys');
  const signingKey = loadOrCreateSigningKey(join(keysDir, 'signing.key'));
  const keyTimes = { keyDays: config.keyDays ?? keyDaysDefault, overlapMs: signedForMs(config) };
  await tendKeys(keysDir, clock, keyTimes);
  await requireGuard(readKeySets(keysDir)[0]!);
  const policies = policySource(config.policyPath, clock);
  const { db, close } = await openDatabase<GatewayTables>({ url: config.databaseUrl, migrations, poolMax });

  const isTold: IsTold = (name, hold) => {
    const { connector, kind } = platformOf(config, { name });
    // Servers of the AT Protocol are shut by the room that lets accounts in there (bluesky/watch.ts).
    return connector !== undefined && (kind !== 'bluesky' || hold === 'restricted');
  };
  const store = gatewayStore(db, isTold);
  const platformPolicies = policyHistory(db, config, clock);
  await platformPolicies.begin(brought.waited === true || !isReady(policies));
  const unannounced = await platformPolicies.unannounced();
  const count = unannounced.length;
  if (count > 0) journal.warn('policies in the settings were not announced and do not bind', { count });
  const provider = liveProvider({ keysDir, overlapMs: keyTimes.overlapMs, clock }, (keys) =>
    createProvider({ config, keys, db, store, clock, platformPolicies, journal }),
  );
  const { accountBySub } = store;
  const held = { accountBySub, isTold, platformPolicies };
  const sanctions = createSanctions({ config, db, clock, journal, provider, ...held });
  const parts: GatewayParts = {
    config,
    clock,
    policies,
    signingKey,
    provider,
    tendKeys: () => tendKeys(keysDir, clock, keyTimes),
    store,
    cases: caseStore(db),
    targets: targetStore(db),
    platformPolicies,
    claims: claimStore(db, (name) => platformOf(config, { name })),
    console: consoleParts({
      config,
      db,
      clock,
      store,
      keyFolder: { keysDir, overlapMs: keyTimes.overlapMs },
    }),
    presenting: presentingStore(db),
    breakGlass: breakGlassStore(db),
    accounts: accountStore(db),
    sanctions,
    events: gatewayEvents(sanctions.teller, metrics),
    log: logView(policies, clock, logTimes(db)),
    presentations: presentationQueue(openThread),
    bluesky: blueskyRoom({ config, db, clock }),
    doors: strangersDoors(config, clock),
    deliver: async () => {
      const { origin } = policies.current().log;
      await deliverOutbox(db, { party: config.name, signingKey, origin });
    },
  };
  const app = besideOidc(gatewayApp(parts, journal, metrics), parts, journal);
  const served = await serve(app, { host: config.host, port: config.port }).catch(async (error) => {
    await close();
    throw error;
  });
  const { mail, relayDomain } = config;
  const mailDoor = mail
    ? await openMailDoor({ mail, relayDomain }, metrics).catch(async (error) => {
        await served.close();
        await close();
        throw error;
      })
    : undefined;
  const upkeep = startUpkeep(parts, journal);
  const looking = sanctions.start();
  const holding = parts.bluesky.start();
  return {
    origin: config.origin,
    unannounced,
    async close() {
      await mailDoor?.close();
      await served.close();
      await parts.presentations.close();
      await upkeep.stop();
      await looking.stop();
      await holding.stop();
      await close();
    },
  };
}
