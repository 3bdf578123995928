/** What the console's pages and the /admin addresses work with, beside the gateway's own parts. */
import { join } from 'node:path';
import type { Clock } from '@answerable/kit/clock';
import { loadOrCreateSecret } from '@answerable/kit/keys';
import { createSignIn, type SignIn } from '@answerable/kit/sign-in';
import type { GatewayConfig } from '../config.ts';
import type { KeyFolder } from '../oidc/live-provider.ts';
import type { Db, GatewayStore } from '../store.ts';
import { type ApiTokens, apiTokens } from './api-tokens.ts';
import { type ConsolePasskeys, consolePasskeys } from './console-passkeys.ts';
import { consoleSessions } from './console-sessions.ts';
import { platformReach } from './facts.ts';
import { type PeopleStore, peopleStore } from './people-store.ts';

const challengeKeyBytes = 32;

export interface ConsoleParts {
  db: Db;
  clock: Clock;
  config: Pick<GatewayConfig, 'name' | 'title' | 'mode' | 'origin' | 'adminToken'>;
  signIn: SignIn;
  people: PeopleStore;
  passkeys: ConsolePasskeys;
  tokens: ApiTokens;
  /** of the OpenID provider */
  keyFolder: Pick<KeyFolder, 'keysDir' | 'overlapMs'>;
  reach: ReturnType<typeof platformReach>;
  upkeep: UpkeepState;
}

/** What the last round of upkeep left waiting, in codes of refusals; of this process. */
export interface UpkeepState {
  at: Date | null;
  waits: readonly string[];
}

interface Given {
  config: GatewayConfig;
  db: Db;
  clock: Clock;
  store: Pick<GatewayStore, 'spendCall'>;
  keyFolder: ConsoleParts['keyFolder'];
}

export function consoleParts({ config, db, clock, store, keyFolder }: Given): ConsoleParts {
  const { name, title, origin, dataDir } = config;
  const keyPath = join(dataDir, 'keys', 'console.challenges');
  return {
    db,
    clock,
    config,
    signIn: createSignIn({
      service: name.replaceAll('.', '-'),
      clock,
      secure: origin.startsWith('https:'),
      store: consoleSessions(db, clock),
    }),
    people: peopleStore(db, clock),
    passkeys: consolePasskeys(db, clock, {
      origin,
      title,
      challengeKey: loadOrCreateSecret(keyPath, challengeKeyBytes),
      spend: store.spendCall,
    }),
    tokens: apiTokens(db, clock),
    keyFolder,
    reach: platformReach(),
    upkeep: { at: null, waits: [] },
  };
}
