/**
 * The folder of one organisation on its own machine: its invitation, the settings of each role with the secrets
 * it drew, its card, its database, and in the end the trust policy. `join` makes it; everything else reads it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { ConfigRefused } from '@answerable/kit/config';
import { readJsonFile, writeJsonFile } from '@answerable/kit/durable-json';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { z } from 'zod';
import { withPlatform } from '../gateway-add.ts';
import { policyFileOf } from '../gateway-settings.ts';
import {
  type Card,
  fingerprintOf,
  type Invitation,
  invitation,
  organisationOf,
  readShape,
} from './invitation.ts';
import {
  type Forum,
  type NetworkPlan,
  type Organisation,
  publisherName,
  publisherOf,
  type RoleName,
  roleNames,
} from './plan.ts';
import { policyOf, settingsOf } from './settings.ts';

const tokenBytes = 32;
const ownerOnly = 0o600;

export interface Home {
  dir: string;
  invitation: Invitation;
  plan: NetworkPlan;
  organisation: Organisation;
  /** in the order of the policy */
  roles: readonly RoleName[];
  policyPath: string;
  /** of the publisher only */
  publisherKeyPath: string;
}

/** What this command needs of a role's settings. The rest is for the role's own start. */
const settings = z.looseObject({
  host: z.string(),
  port: z.int(),
  operatorToken: z.string().optional(),
  /** of a gateway: opens its console */
  adminToken: z.string().optional(),
});
export type RoleSettings = z.infer<typeof settings>;

/** Throws ConfigRefused if nobody has joined here. */
export function openHome(dir: string): Home {
  const path = join(dir, 'invitation.json');
  if (!existsSync(path))
    throw new ConfigRefused(`There is no network in ${dir}. \`answerable network join\` comes first.`);
  return homeOf(resolve(dir), readShape(path, invitation));
}

function homeOf(dir: string, taken: Invitation): Home {
  const organisation = organisationOf(taken);
  return {
    dir,
    invitation: taken,
    plan: taken.plan,
    organisation,
    roles: roleNames.filter((role) => organisation.roles[role] !== undefined),
    policyPath: join(dir, 'trust.policy'),
    publisherKeyPath: join(dir, 'publisher.key'),
  };
}

export const settingsPath = ({ dir }: Home, role: RoleName): string => join(dir, 'settings', `${role}.json`);
export const roleDir = ({ dir }: Home, role: RoleName): string => join(dir, 'roles', role);
export const cardPath = ({ dir }: Home): string => join(dir, 'card.json');
export const readSettings = (home: Home, role: RoleName): RoleSettings =>
  readShape(settingsPath(home, role), settings);
export const signingKeyOf = (home: Home, role: RoleName) =>
  loadOrCreateSigningKey(join(roleDir(home, role), 'keys', 'signing.key'));

/**
 * Takes an invitation up: draws every secret, writes everything; `typed` is what somebody types in each forum's
 * settings. Throws ConfigRefused if one was taken up here.
 */
export function makeHome(
  dir: string,
  taken: Invitation,
  portBase: number,
): { home: Home; card: Card; typed: string[] } {
  const home = homeOf(resolve(dir), taken);
  if (readJsonFile(join(home.dir, 'invitation.json')) !== undefined)
    throw new ConfigRefused(`An invitation was taken up in ${dir} already; nothing was changed.`);
  mkdirSync(home.dir, { recursive: true, mode: 0o700 });
  const draw = () => randomBytes(tokenBytes).toString('base64url');
  const ceremony: Card['ceremony'] = {
    ...(home.organisation.roles.keeper ? { keeper: draw() } : {}),
    ...(home.organisation.roles.guardian ? { guardian: draw() } : {}),
  };
  const publishes = publisherOf(home.plan).name === home.organisation.name;
  const releases = publishes
    ? {
        publisher: publisherName(home.plan),
        signingKey: toBase64url(loadOrCreateSigningKey(home.publisherKeyPath).publicKey),
      }
    : undefined;
  const all = settingsOf({ ...home, portBase, draw, ceremony, releases });
  for (const role of home.roles) {
    mkdirSync(roleDir(home, role), { recursive: true, mode: 0o700 });
    writeJsonFile(settingsPath(home, role), all[role], ownerOnly);
  }
  const typed = home.organisation.forums.map((forum) => addForum(home, forum));
  const signing = home.roles.filter((role) => ['registrar', 'keeper', 'guardian', 'gateway'].includes(role));
  const keys = Object.fromEntries(
    signing.map((role) => [role, toBase64url(signingKeyOf(home, role).publicKey)]),
  );
  const card: Card = { v: 1, plan: fingerprintOf(taken), organisation: taken.for, keys, ceremony };
  writeJsonFile(cardPath(home), card, ownerOnly);
  // Last: a home without it was not finished, and is made again.
  writeJsonFile(join(home.dir, 'invitation.json'), taken);
  return { home, card, typed };
}

/** As `answerable gateway add` does it. A server of the AT Protocol is added by hand, with its token. */
function addForum(home: Home, forum: Forum): string {
  const path = settingsPath(home, 'gateway');
  writeJsonFile(join(dirname(path), policyFileOf(forum.name)), policyOf(home.plan, forum), ownerOnly);
  const { name, title, url, callback, software } = forum;
  if (software === 'bluesky')
    return `${title}: ANSWERABLE_TOKEN=… npx answerable gateway add bluesky --url ${url} --name ${name} --config ${path}`;
  return withPlatform(path, software, { name, title, url, callback }, undefined).replaceAll(
    `answerable gateway run --config ${path}`,
    'answerable network run',
  );
}
