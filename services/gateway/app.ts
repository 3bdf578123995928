/** The addresses of a gateway, beside the OpenID provider's own under /oidc. */

import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { answerAway, isAwayPage } from '@answerable/kit/away.tsx';
import { requireBearer } from '@answerable/kit/bearer';
import { describeError, type Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import { mountPolicySigner } from '@answerable/kit/policy-signer';
import { isReady } from '@answerable/kit/policy-source';
import { problemOf, problemResponse } from '@answerable/kit/problem';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { TooOften } from '@answerable/kit/source-limits';
import type { Context } from 'hono';
import { answerInteraction } from './answer-interaction.ts';
import { adminApi } from './api/admin-api.ts';
import { platformApi } from './api/platform-api.ts';
import { namesOfDesk } from './bluesky/desk-names.ts';
import { mountBluesky } from './bluesky/mount.ts';
import { mountBreakGlass } from './break-glass/mount.tsx';
import { callAccount } from './call-account.ts';
import { cancelInteraction } from './cancel-interaction.ts';
import { mountClaims } from './claims/mount.ts';
import type { PlatformConfig } from './config.ts';
import { mountConsole } from './console/mount.ts';
import { mountExit } from './exit/mount.ts';
import { fileCase } from './file-case.ts';
import { handRequest, showRefusal, showRequest, showReturn } from './interaction-pages.tsx';
import type { GatewayParts } from './parts.ts';
import { mountPolicies } from './policies/mount.ts';
import { mountSanctions } from './sanctions/mount.ts';
import { commit, numberPersons, writeInbox } from './serve-desk.ts';
import { answerTooOften, turnAway } from './strangers/too-often.tsx';

export function gatewayApp(parts: GatewayParts, journal: Journal, metrics: Metrics): ServiceApp {
  const { config, signingKey } = parts;
  const app = createServiceApp({
    name: config.name,
    journal,
    metrics,
    callers: (origin) => walletOrigins(parts).includes(origin),
    // Going back to a platform is a form that the browser follows there.
    formTargets: config.platforms.flatMap(({ redirectUris }) =>
      redirectUris.map((uri) => new URL(uri).origin),
    ),
    ...(config.frameAncestors ? { frameAncestors: config.frameAncestors } : {}),
    ready: () => isReady(parts.policies),
  });
  app.onError((error, c) => answerError(error, c, parts, journal));

  app.get('/interaction/:request', showRequest(parts));
  app.get('/interaction/:request/request', handRequest(parts));
  app.get('/interaction/:request/return', showReturn(parts));
  app.post('/interaction/:request/answer', answerInteraction(parts));
  app.post('/interaction/:request/cancel', cancelInteraction(parts));
  app.post('/account/calls', callAccount(parts));
  mountBluesky(app, parts);

  app.use('/desk/*', requireBearer(config.domainToken), namesOfDesk(parts));
  app.post('/desk/persons', numberPersons(parts));
  mountSanctions(app, parts);
  app.post('/desk/inbox', writeInbox(parts));
  app.post('/desk/filings', fileCase(parts));
  app.post('/desk/commitments', commit(parts));

  app.route('/', platformApi(parts));
  app.route('/', adminApi(parts));
  mountConsole(app, parts);
  mountExit(app, parts);
  mountPolicies(app, parts);
  mountClaims(app, parts);
  mountBreakGlass(app, parts, journal);
  // Only what may not come in now; the provider has all else under /oidc (oidc/dispatch.ts).
  app.all('/oidc/*', turnAway);

  mountPolicySigner(app, {
    identity: () => ({
      name: config.name,
      title: config.title,
      origin: config.origin,
      signingKey: toBase64url(signingKey.publicKey),
      platforms: config.platforms.map(({ name }) => name),
      ...atprotoOf(config.platforms),
    }),
    signingKey,
    operatorToken: config.operatorToken,
    ceremonyToken: config.ceremonyToken,
    keysDir: join(config.dataDir, 'keys'),
    policies: parts.policies,
    clock: parts.clock,
  });
  return app;
}

function answerError(error: Error, c: Context, parts: GatewayParts, journal: Journal) {
  const problem = problemOf(error);
  if (problem.code === 'internal') journal.error('unexpected error', describeError(error));
  const isPage = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
  if (error instanceof TooOften) return answerTooOften(c, parts, error, isPage);
  if (isAwayPage(c, problem)) return answerAway(c, shownBy(parts.config));
  return isPage ? showRefusal(c, parts, problem) : problemResponse(problem);
}

const shownBy = ({ title, mode }: GatewayParts['config']) => ({
  service: title,
  practice: mode === 'practice',
});

/** Which of the platforms are servers of the AT Protocol: the trust policy says it too (protocol/scope.ts). */
function atprotoOf(platforms: readonly PlatformConfig[]): { atproto?: string[] } {
  const atproto = platforms.flatMap(({ name, kind }) => (kind === 'bluesky' ? [name] : []));
  return atproto.length > 0 ? { atproto } : {};
}

function walletOrigins({ policies, config }: GatewayParts): readonly string[] {
  return isReady(policies) ? policies.current().wallets : [config.walletOrigin];
}
