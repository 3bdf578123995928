/** The addresses of a gateway, beside the OpenID provider's own under /oidc. */

import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { requireBearer } from '@answerable/kit/bearer';
import type { Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import { mountPolicySigner } from '@answerable/kit/policy-signer';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { answerInteraction } from './answer-interaction.ts';
import { callAccount } from './call-account.ts';
import { cancelInteraction } from './cancel-interaction.ts';
import { fileCase } from './file-case.ts';
import { handRequest, showRequest, showReturn } from './interaction-pages.tsx';
import type { GatewayParts } from './parts.ts';
import { liftSanction, numberPersons, sanction, writeInbox } from './serve-desk.ts';

export function gatewayApp(parts: GatewayParts, journal: Journal, metrics: Metrics): ServiceApp {
  const { config, policies, signingKey } = parts;
  const app = createServiceApp({
    name: config.name,
    journal,
    metrics,
    callers: (origin) => walletOrigins(parts).includes(origin),
    // Going back to a platform is a form that the browser follows there.
    formTargets: config.platforms.flatMap(({ redirectUris }) =>
      redirectUris.map((uri) => new URL(uri).origin),
    ),
    ready: () => ready(parts),
  });

  app.get('/interaction/:request', showRequest(parts));
  app.get('/interaction/:request/request', handRequest(parts));
  app.get('/interaction/:request/return', showReturn(parts));
  app.post('/interaction/:request/answer', answerInteraction(parts));
  app.post('/interaction/:request/cancel', cancelInteraction(parts));
  app.post('/account/calls', callAccount(parts));

  app.use('/desk/*', requireBearer(config.domainToken));
  app.post('/desk/persons', numberPersons(parts));
  app.post('/desk/sanctions', sanction(parts));
  app.post('/desk/sanctions/:sanction/lift', liftSanction(parts));
  app.post('/desk/inbox', writeInbox(parts));
  app.post('/desk/filings', fileCase(parts));

  mountPolicySigner(app, {
    identity: () => ({
      name: config.name,
      title: config.title,
      origin: config.origin,
      signingKey: toBase64url(signingKey.publicKey),
      platforms: config.platforms.map(({ name }) => name),
    }),
    signingKey,
    operatorToken: config.operatorToken,
    keysDir: join(config.dataDir, 'keys'),
  });
  // The policy may come after the service has started: until then there is nobody to let in.
  void policies;
  return app;
}

function walletOrigins({ policies, config }: GatewayParts): readonly string[] {
  try {
    return policies.current().wallets;
  } catch {
    return [config.walletOrigin];
  }
}

function ready({ policies }: GatewayParts): boolean {
  try {
    return policies.current().gateways.length > 0;
  } catch {
    return false;
  }
}
