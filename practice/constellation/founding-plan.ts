/** The first trust policy of the practice network: who, with what thresholds, and clocks of seconds. */

import type { GenesisPlan } from '@answerable/kit/found-network';
import { epochDays, graceDays, type Layout, origin, policyPath } from './configs.ts';
import { releasesOf } from './log-release.ts';
import type { RoleName } from './network.ts';

const daySeconds = 86_400;

export function foundingPlan(layout: Layout): GenesisPlan {
  const { dataDir, ports, tokens } = layout;
  const party = (name: RoleName) => ({ origin: origin(ports, name), operatorToken: tokens.operator });
  const provider = origin(ports, 'identity-provider');
  return {
    network: 'practice',
    effective: new Date().toISOString().slice(0, 10),
    epochSeconds: epochDays * daySeconds,
    graceSeconds: graceDays * daySeconds,
    evidence: [
      {
        id: 'practice-login',
        title: 'Practice Login',
        kind: 'openid',
        issuer: provider,
        audience: 'registrar',
        jwksUri: `${provider}/.well-known/jwks.json`,
      },
      {
        id: 'other-login',
        title: 'Other Practice Login',
        kind: 'openid',
        issuer: provider,
        audience: 'registrar-flat',
        jwksUri: `${provider}/.well-known/jwks.json`,
      },
    ],
    referees: true,
    wallets: [origin(ports, 'wallet')],
    releases: releasesOf(dataDir),
    grounds: [
      {
        id: 'threat-to-life',
        title: 'A credible and imminent threat to somebody’s life',
        authorities: ['authority'],
      },
      {
        id: 'court-order',
        title: 'An order of a court about a serious offence',
        authorities: ['authority'],
      },
    ],
    limits: {
      recallBudget: 20,
      recallPerDay: 5,
      resetWaitSeconds: 20,
      hearingSeconds: 2,
      noticeSeconds: 3,
      checkpointAgeSeconds: 3600,
    },
    parties: {
      registrar: party('registrar'),
      logbook: party('logbook'),
      keepers: [party('keeper-1'), party('keeper-2'), party('keeper-3')],
      guardians: [party('guardian-1'), party('guardian-2'), party('guardian-3')],
      gateways: [party('gateway-commons'), party('gateway-lantern')],
      authorities: [party('authority')],
    },
    openingThreshold: 2,
    tagThreshold: 2,
    witnessQuorum: 4,
    policyPath: policyPath(dataDir),
  };
}
