/**
 * The settings of every role that one organisation runs, as its `start` takes them; `run` adds database, folder
 * and mode. Secrets are drawn where they are used and stay there.
 */
import { join } from 'node:path';
import { type PlatformPolicy, platformPolicy } from '@answerable/protocol/platform-policy';
import { knownKinds } from '../gateway-kinds.ts';
import type { Card, Invitation } from './invitation.ts';
import {
  type Forum,
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

/** Where a role listens: for trying without TLS as its address says, else a port of its own from the base on. */
export function portOf(organisation: Organisation, role: RoleName, portBase: number): number {
  const origin = organisation.roles[role];
  const { port } = new URL(origin ?? 'http://localhost');
  return origin?.startsWith('http:') && port !== '' ? Number(port) : portBase + roleNames.indexOf(role);
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
      proxies: organisation.roles.registrar && isLoopback(organisation.roles.registrar) ? 0 : 1,
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
      adminToken: draw(),
      domainToken,
      walletOrigin: plan.organisations.find(({ roles }) => roles.wallet)?.roles.wallet,
      dataDir: join('..', 'roles', 'gateway'),
      policyPath: join('..', 'trust.policy'),
      desk: { origin: organisation.roles.desk, port: portOf(organisation, 'desk', given.portBase) },
      proxies: organisation.roles.gateway && isLoopback(organisation.roles.gateway) ? 0 : 1,
      platforms: [],
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

/** What a forum asks of people, as a file to read and change before the first run. */
export const policyOf = (plan: NetworkPlan, forum: Forum): PlatformPolicy =>
  platformPolicy.parse({
    v: 1,
    platform: forum.name,
    title: forum.title,
    accountsMax: forum.accountsMax,
    disclose: forum.disclose,
    ...(forum.disclose.includes('assurance') ? { vouched: 'accepted' } : {}),
    ...(knownKinds[forum.software].needsAddress ? { relayAddress: true } : {}),
    grounds: plan.grounds.map(({ id }) => id),
    sanctionsHoldThePerson: true,
    resetNeedsModerator: true,
  });
