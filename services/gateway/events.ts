/**
 * The only place that tells anyone anything: platforms that a session of theirs has ended (back-channel logout),
 * and counters. What must be told is recorded first and forgotten when told; start-up and upkeep try again.
 * Must never: put a `sub`, a pseudonym or a handle into a journal or a counter.
 */
import type { Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import type { RefusalCode } from '@answerable/protocol/refusal';
import type { LiveProvider } from './oidc/live-provider.ts';
import type { GatewayStore } from './store.ts';

export interface Events {
  admitted(): void;
  signedIn(): void;
  refused(code: RefusalCode): void;
  sanctioned(step: string): void;
  /** Tells every platform whose sessions ended. What cannot be told now stays recorded. */
  tellEndedSessions(): Promise<void>;
}

export function gatewayEvents(
  provider: Pick<LiveProvider, 'Client'>,
  store: Pick<GatewayStore, 'endedSessions' | 'forgetEndedSession'>,
  journal: Journal,
  metrics: Metrics,
): Events {
  const admissions = metrics.counter('admissions_total', 'Answers taken, by outcome', ['outcome']);
  const sanctions = metrics.counter('sanctions_total', 'Sanctions recorded, by step', ['kind']);
  return {
    admitted: () => admissions.inc({ outcome: 'admitted' }),
    signedIn: () => admissions.inc({ outcome: 'signed-in' }),
    refused: (code) => admissions.inc({ outcome: code }),
    sanctioned: (step) => sanctions.inc({ kind: step }),
    async tellEndedSessions() {
      const ended = await store.endedSessions();
      const told = await Promise.all(ended.map((one) => tell(provider, one.client_id, one.sub)));
      for (const [i, { sub, client_id }] of ended.entries())
        if (told[i]) await store.forgetEndedSession(sub, client_id);
      const untold = told.filter((done) => !done).length;
      if (untold > 0) journal.warn('platforms not told of ended sessions yet', { count: untold });
    },
  };
}

async function tell(provider: Pick<LiveProvider, 'Client'>, clientId: string, sub: string): Promise<boolean> {
  const client = await provider.Client.find(clientId);
  if (!client?.backchannelLogoutUri) return true; // a platform without the address hears through its connector
  return client.backchannelLogout(sub).then(
    () => true,
    () => false,
  );
}
