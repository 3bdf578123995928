/**
 * The sanctions of one gateway put together: what is recorded, the outbox, and who tells. What else of the gateway
 * needs of this room, it finds here.
 */
import type { ConnectorMemory } from '@answerable/connector/memory';
import type { Clock } from '@answerable/kit/clock';
import { describeError, type Journal } from '@answerable/kit/journal';
import { rounds } from '@answerable/kit/rounds';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayConfig } from '../config.ts';
import type { LiveProvider } from '../oidc/live-provider.ts';
import { platformOf } from '../parts.ts';
import { relayAddress } from '../relay.ts';
import type { Db, GatewayStore } from '../store.ts';
import type { Policies } from './account-steps.ts';
import { connectorMemory } from './connector-memory.ts';
import type { IsTold } from './holding.ts';
import { performTelling } from './perform-telling.ts';
import { type SanctionStore, sanctionStore } from './sanction-store.ts';
import { createTeller, type Teller } from './tell.ts';
import { type TellingStore, tellingStore } from './telling-store.ts';
import { type Undone, viewUndone } from './view-undone.ts';

/** How often is looked for what begins, ends or waits. */
const lookSeconds = 1;

export interface Sanctions {
  store: SanctionStore;
  tellings: TellingStore;
  teller: Teller;
  memory: ConnectorMemory;
  /** What could not be done at platforms, and what waits, each in words for the people who run the gateway. */
  undone(): Promise<Undone[]>;
  /** Begins and ends what is due, and tells what waits. */
  look(): Promise<void>;
  /** Looks now and then until stop(). */
  start(): { stop(): Promise<void> };
}

export interface SanctionsParts {
  config: GatewayConfig;
  db: Db;
  clock: Clock;
  journal: Journal;
  provider: Pick<LiveProvider, 'Client'>;
  accountBySub: GatewayStore['accountBySub'];
  isTold: IsTold;
  platformPolicies: Policies;
}

export function createSanctions(parts: SanctionsParts): Sanctions {
  const { config, db, clock, journal, provider, accountBySub, isTold, platformPolicies } = parts;
  const tellings = tellingStore(db);
  const memory = connectorMemory(db);
  const store = sanctionStore(db, {
    clientIdOf: (name) => platformOf(config, { name }).clientId,
    isTold,
    policies: platformPolicies,
  });
  const perform = performTelling({
    config,
    clock,
    memory,
    accountBySub,
    emailOf: ({ relay }) => relayAddress(relay, config.relayDomain),
    signOut: async (clientId, sub) => {
      const client = await provider.Client.find(clientId);
      if (!client) return config.platforms.some((platform) => platform.clientId === clientId);
      // A platform without the address hears through its connector, or at the next sign-in.
      if (client.backchannelLogoutUri)
        await client.backchannelLogout(sub, sub).catch(() => {
          throw new Refusal('unavailable');
        });
      return true;
    },
  });
  const teller = createTeller({ tellings, clock, journal, perform });
  const look = async () => {
    await store.look(clock.now());
    teller.kick();
  };
  return {
    store,
    tellings,
    teller,
    memory,
    undone: async () => viewUndone(await tellings.undone()),
    look,
    start() {
      const resumed = teller.resume().catch(() => {});
      const looking = rounds(lookSeconds, look);
      looking.onFailure((error) => journal.warn('sanctions wait', describeError(error)));
      return {
        async stop() {
          await resumed;
          await looking.stop();
          await teller.stop();
        },
      };
    },
  };
}
