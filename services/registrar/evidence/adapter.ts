/**
 * What every way of showing who one is has in common: an address to go to, and an answer that comes back.
 * One adapter a route; which ones there are stands in the configuration, whom wallets accept in the policy.
 */

import type { Clock } from '@answerable/kit/clock';
import type { Mode } from '@answerable/kit/config';
import { Refusal } from '@answerable/protocol/refusal';
import type { EvidenceClientKey } from '../keys.ts';
import type { EvidenceConfig } from './config.ts';
import type { Evidence } from './evidence.ts';
import { govukOneLogin } from './govuk-one-login.ts';

export interface EvidenceAdapter {
  /** Where the person proves who they are. */
  authorizationUrl(nonce: string, state: string): Promise<string>;
  /** Exchanges the answer that came back. Refuses `evidence_denied`, `evidence_refused`, `unavailable`. */
  receive(callbackQuery: URLSearchParams, nonce: string, state: string): Promise<Evidence>;
}

/** What an adapter is given besides its own part of the configuration. */
export interface AdapterNeeds {
  mode: Mode;
  /** Where the browser comes back to. */
  redirectUri: string;
  key: EvidenceClientKey;
  clock: Clock;
}

export type EvidenceAdapters = (route: string) => EvidenceAdapter;

/** The adapter of a route; refuses `route_unknown`. */
export function evidenceAdapters(routes: readonly EvidenceConfig[], needs: AdapterNeeds): EvidenceAdapters {
  const adapters = new Map(routes.map((route) => [route.id, govukOneLogin(route, needs)]));
  return (route) => {
    const adapter = adapters.get(route);
    if (!adapter) throw new Refusal('route_unknown');
    return adapter;
  };
}
