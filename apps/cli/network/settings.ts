/**
 * The settings of every role that one organisation runs, as its `start` takes them; `run` adds database, folder
 * and mode. Secrets are drawn where they are used and stay there.
 */
import type { Card, Invitation } from './invitation.ts';
import {
  isLoopback,
  type NetworkPlan,
  type Organisation,
  partyName,
  type RoleName,
  roleNames,
} from './plan.ts';

/** Three kinds of keys follow each other within the first policy, each for about a year. */
const issuerKeys = 3;
const entriesPerBatch = 4;

interface Given {
  plan: NetworkPlan;
  organisation: Organisation;
  invitation: Invitation;
  portBase: number;
  draw: () => string;
  ceremony: Card['ceremony'];
  /** where this organisation publishes the wallet */
  releases: { publisher: string; signingKey: string } | undefined;
}

type Settings = Record<string, unknown>;

/** Where a role listens: for trying on loopback as its address says, else a port of its own from the base on. */
export function portOf(organisation: Organisation, role: RoleName, portBase: number): number {
  const origin = organisation.roles[role];
  const { port } = new URL(origin ?? 'http://localhost');
  return origin && isLoopback(origin) && port !== '' ? Number(port) : portBase + roleNames.indexOf(role);
}

/** By role; those that the organisation does not run are not written. */
export function settingsOf(given: Given): Record<RoleName, Settings> {
  const { plan, organisation, draw, ceremony } = given;
  const common = (role: RoleName) => ({
    name: partyName(organisation.name, role),
    host: '127.0.0.1',
    port: portOf(organisation, role, given.portBase),
    origin: organisation.roles[role],
  });
  const titled = (role: RoleName) => ({ ...common(role), title: organisation.title });
  const operated = (role: RoleName) => ({ ...titled(role), operatorToken: draw() });
  const domainToken = draw();
  return {
    registrar: {
      ...operated('registrar'),
      evidence: [],
      batchSeconds: plan.clocks.recordSeconds,
      issuerKeys,
    },
    logbook: {
      ...titled('logbook'),
      logName: logNameOf(plan, organisation),
      cadenceSeconds: plan.clocks.logSeconds,
      entriesPerBatch,
    },
    keeper: { ...operated('keeper'), ceremonyToken: ceremony.keeper },
    guardian: {
      ...operated('guardian'),
      ceremonyToken: ceremony.guardian,
      ...(given.releases ? { releases: given.releases } : {}),
    },
    gateway: {
      ...operated('gateway'),
      walletOrigin: plan.organisations.find(({ roles }) => roles.wallet)?.roles.wallet,
      domainToken,
      desk: { origin: organisation.roles.desk },
      platforms: organisation.forums.map((forum) => platformOf(plan, forum, draw)),
    },
    desk: {
      ...titled('desk'),
      gateway: { origin: organisation.roles.gateway, token: domainToken },
      proxies: organisation.roles.desk && isLoopback(organisation.roles.desk) ? 0 : 1,
    },
    wallet: common('wallet'),
  };
}

/** The first line of every checkpoint, for ever. */
const logNameOf = (plan: NetworkPlan, { roles }: Organisation): string =>
  `${new URL(roles.logbook ?? 'http://localhost').host}/${plan.name}`;

function platformOf(plan: NetworkPlan, forum: Organisation['forums'][number], draw: () => string): Settings {
  return {
    name: forum.name,
    clientId: forum.name,
    clientSecret: draw(),
    redirectUris: forum.redirectUris,
    ...(forum.backchannelLogoutUri ? { backchannelLogoutUri: forum.backchannelLogoutUri } : {}),
    apiToken: draw(),
    policy: {
      v: 1,
      platform: forum.name,
      title: forum.title,
      accountsMax: forum.accountsMax,
      disclose: forum.disclose,
      ...(forum.disclose.includes('assurance') ? { vouched: 'accepted' } : {}),
      grounds: plan.grounds.map(({ id }) => id),
      sanctionsHoldThePerson: true,
      resetNeedsModerator: true,
    },
  };
}
