/**
 * The adapters that the configuration names, by route. A route whose parts do not fit together stops the
 * start, with a sentence for whoever wrote it.
 */
import { ConfigRefused } from '@answerable/kit/config';
import { Refusal } from '@answerable/protocol/refusal';
import type { AdapterNeeds, EvidenceAdapter } from './adapter.ts';
import type { EvidenceConfig } from './config.ts';
import { govukOneLogin } from './govuk-one-login.ts';
import { openidProvider } from './openid.ts';

export type EvidenceAdapters = (route: string) => EvidenceAdapter;

/** Finds the adapter of a route, refuses `route_unknown`. Throws ConfigRefused. */
export function evidenceAdapters(routes: readonly EvidenceConfig[], needs: AdapterNeeds): EvidenceAdapters {
  const adapters = new Map(routes.map((route) => [route.id, adapterOf(route, needs)]));
  return (route) => {
    const adapter = adapters.get(route);
    if (!adapter) throw new Refusal('route_unknown');
    return adapter;
  };
}

function adapterOf(route: EvidenceConfig, needs: AdapterNeeds): EvidenceAdapter {
  switch (route.adapter) {
    case 'govuk-one-login':
      return govukOneLogin(route, needs);
    case 'openid':
      return openidProvider(route, needs);
    case 'openid4vp':
      throw new ConfigRefused(
        `The route ${route.id} asks for documents from a phone (openid4vp). This registrar cannot take them yet; take the route out of the configuration.`,
      );
  }
}
