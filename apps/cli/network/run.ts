/**
 * Runs what one organisation runs: a database and a role in it for each, and a process for each trust domain
 * (gateway and desk are one). Until the trust policy is in place it looks whether all have signed the one that
 * we signed, and puts it there. Starting again is the same walk.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mode } from '@answerable/kit/config';
import { startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import { type Started, startDomain } from '@answerable/kit/processes';
import { provisionDatabases } from '@answerable/kit/provision';
import { rounds } from '@answerable/kit/rounds';
import { configOf as gatewayConfig, readSettings as readGatewaySettings } from '../gateway-settings.ts';
import { sayPlace } from '../own-database.ts';
import { followWhileRunning } from './follow-while-running.ts';
import { isSigned, placeIfSigned } from './gather.ts';
import { type Home, readSettings, roleDir, settingsPath } from './home.ts';
import type { RoleName } from './plan.ts';
import { startRole } from './starters.ts';

const lookSeconds = 5;
const entry = fileURLToPath(new URL('./domain-process.mjs', import.meta.url));

export interface RunOptions {
  mode: Mode;
  /** `false`: all in this process, for tests */
  separate: boolean;
  /** administrator's address of a PostgreSQL that is there already */
  databaseAdminUrl?: string | undefined;
  /** begins the names of databases and roles; default after the organisation */
  databasePrefix?: string;
  say(line: string): void;
  /** called when a part ends without having been asked to */
  onEnd?(domain: string): void;
}

/** Throws ConfigRefused or PortTaken with a sentence; stops what it had started. */
export async function runHome(home: Home, options: RunOptions): Promise<Started> {
  const stops: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const stop of stops.reverse()) await stop().catch(() => {});
  };
  try {
    const databases = await databasesOf(home, options, stops);
    const started: (() => Promise<unknown>)[] = [];
    stops.push(() => Promise.all(started.map((stop) => stop().catch(() => {}))));
    for (const [domain, roles] of domainsOf(home)) {
      const configs = roles.map((role) => ({
        name: role,
        config: configOf(home, role, options.mode, databases),
      }));
      started.push(await startOne(domain, configs, options));
      options.say(`${roles.join(' and ')}: up`);
    }
    const looking = rounds(lookSeconds, async () => {
      if (isSigned(home) && (await placeIfSigned(home)))
        options.say('All have signed. The trust policy is in place.');
    });
    stops.push(() => looking.stop());
    stops.push(followWhileRunning(home.policyPath, options.say));
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

const withoutDatabase: readonly RoleName[] = ['wallet'];

async function databasesOf(
  home: Home,
  options: RunOptions,
  stops: (() => Promise<unknown>)[],
): Promise<Record<string, string>> {
  let adminUrl = options.databaseAdminUrl;
  if (!adminUrl) {
    options.say('PostgreSQL starts');
    const dataDir = join(home.dir, 'postgres');
    const postgres = await startEmbeddedPostgres({ dataDir });
    sayPlace(postgres.place, dataDir, options.say);
    stops.push(() => postgres.stop());
    adminUrl = postgres.adminUrl;
  }
  return provisionDatabases({
    adminUrl,
    secretsDir: join(home.dir, 'secrets'),
    services: home.roles.filter((role) => !withoutDatabase.includes(role)),
    prefix: options.databasePrefix ?? home.organisation.name.replaceAll(/[^a-z0-9]/g, '_'),
  });
}

function domainsOf({ roles }: Home): Map<string, RoleName[]> {
  const domains = new Map<string, RoleName[]>();
  for (const role of roles) {
    const domain = role === 'gateway' || role === 'desk' ? 'platform' : role;
    domains.set(domain, [...(domains.get(domain) ?? []), role]);
  }
  return domains;
}

function configOf(home: Home, role: RoleName, mode: Mode, databases: Record<string, string>) {
  const databaseUrl = databases[role];
  if (role === 'gateway') return gatewayConfigOf(home, mode, databaseUrl ?? '');
  return {
    ...readSettings(home, role),
    mode,
    dataDir: roleDir(home, role),
    policyPath: home.policyPath,
    ...(databaseUrl ? { databaseUrl } : {}),
  };
}

/** Its settings are those of `answerable gateway`, which adds platforms to them. */
function gatewayConfigOf(home: Home, mode: Mode, databaseUrl: string): Record<string, unknown> {
  const path = settingsPath(home, 'gateway');
  const settings = readGatewaySettings(path);
  const walletOrigin = settings.walletOrigin ?? settings.origin;
  return { ...gatewayConfig(path, settings, { databaseUrl, mode, walletOrigin }) };
}

async function startOne(
  domain: string,
  roles: { name: RoleName; config: Record<string, unknown> }[],
  { separate, mode, say, onEnd }: RunOptions,
): Promise<() => Promise<unknown>> {
  if (separate) {
    const child = await startDomain(entry, { domain, roles }, { ...process.env, ANSWERABLE_MODE: mode });
    for (const line of child.said) say(line);
    child.onEnd(() => onEnd?.(domain));
    return () => child.close();
  }
  const running: Started[] = [];
  for (const { name, config } of roles) {
    const role = await startRole(name, config);
    if (role.says) say(role.says);
    running.push(role);
  }
  return () => Promise.all(running.map((role) => role.close()));
}
