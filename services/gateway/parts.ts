/** What the verbs of one gateway work with. */
import type { Clock } from '@answerable/kit/clock';
import type { SigningKey } from '@answerable/kit/keys';
import type { PolicySource } from '@answerable/kit/policy-source';
import type { AccountStore } from './accounts/account-store.ts';
import type { BlueskyRoom } from './bluesky/room.ts';
import type { BreakGlassStore } from './break-glass/store.ts';
import type { CaseStore } from './case-store.ts';
import type { ClaimStore } from './claims/claim-store.ts';
import type { GatewayConfig, PlatformConfig } from './config.ts';
import type { ConsoleParts } from './console/console-parts.ts';
import type { Events } from './events.ts';
import type { LogView } from './log-view.ts';
import type { LiveProvider } from './oidc/live-provider.ts';
import type { PolicyHistory } from './policies/policy-history.ts';
import type { PresentingStore } from './presenting/store.ts';
import type { Sanctions } from './sanctions/sanctions.ts';
import type { GatewayStore } from './store.ts';
import type { Doors } from './strangers/doors.ts';
import type { TargetStore } from './targets/target-store.ts';
import type { PresentationQueue } from './verify/presentation-queue.ts';

export interface GatewayParts {
  config: GatewayConfig;
  clock: Clock;
  policies: PolicySource;
  signingKey: SigningKey;
  provider: LiveProvider;
  /** Draws the next keys of the OpenID provider in time, and removes those that nothing needs. */
  tendKeys: () => Promise<void>;
  store: GatewayStore;
  cases: CaseStore;
  targets: TargetStore;
  presenting: PresentingStore;
  /** which policy a platform has, had, and will have */
  platformPolicies: PolicyHistory;
  /** accounts from before the gateway */
  claims: ClaimStore;
  breakGlass: BreakGlassStore;
  /** for the people who run this gateway */
  console: ConsoleParts;
  accounts: AccountStore;
  sanctions: Sanctions;
  events: Events;
  log: LogView;
  /** where presentations are verified */
  presentations: PresentationQueue;
  bluesky: BlueskyRoom;
  /** limits on strangers, by where they come from */
  doors: Doors;
  /** Sends what waits for the log. Refuses `unavailable`. */
  deliver: () => Promise<void>;
}

/** The platform that an OpenID client or a scope belongs to. A name that is not configured is a bug. */
export function platformOf(
  config: GatewayConfig,
  by: { clientId: string } | { name: string },
): PlatformConfig {
  const found = config.platforms.find((platform) =>
    'name' in by ? platform.name === by.name : platform.clientId === by.clientId,
  );
  if (!found) throw new Error('bug: a platform that is not configured');
  return found;
}
