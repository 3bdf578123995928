/**
 * Brings the whole practice network up: PostgreSQL, a database and a role for each service, the services (in
 * one process, or one process per trust domain), the first key ceremonies and the first trust policy. The
 * second start on the same folder is the same walk; what is there already is left as it is.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigRefused } from '@answerable/kit/config';
import { startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import { foundNetwork } from '@answerable/kit/found-network';
import { type Started, startDomain } from '@answerable/kit/processes';
import { provisionDatabases } from '@answerable/kit/provision';
import { PortTaken } from '@answerable/kit/serve';
import { configOf, domains, type Layout, origin, policyPath, roleDir, rolesWithDatabase } from './configs.ts';
import { claimFolder, loadPorts, loadTokens } from './data-folder.ts';
import { foundingPlan } from './founding-plan.ts';
import { logPolicy } from './log-policy.ts';
import { logRelease } from './log-release.ts';
import { type Network, type Role, type RoleName, roleNames } from './network.ts';
import { startRole } from './starters.ts';

export interface LaunchOptions {
  dataDir: string;
  /** Base port, or `free` for any free ones. */
  ports: number | 'free';
  /** `true`: a process per trust domain. `false`: all in this process, for tests and the story. */
  separate: boolean;
  /** Nothing is to be kept: no fsync, and the folder is removed at the end. */
  ephemeral?: boolean;
  /** Administrator's address of a PostgreSQL that is already there. */
  databaseAdminUrl?: string | undefined;
  /** Begins the names of databases and roles, where several networks share one server. */
  databasePrefix?: string;
  tell?: (line: string) => void;
}

const domainEntry = fileURLToPath(new URL('./domain-process.mjs', import.meta.url));
const practiceEnv = () => ({ ...process.env, ANSWERABLE_MODE: 'practice' });

type Stop = () => Promise<void> | void;
interface Stops {
  ground: Stop[];
  services: Stop[];
}

/** Starts everything. Throws ConfigRefused or PortTaken with a sentence to show; stops what it had started. */
export async function launch(options: LaunchOptions): Promise<Network> {
  process.env.ANSWERABLE_MODE ??= 'practice';
  if (process.env.ANSWERABLE_MODE !== 'practice')
    throw new ConfigRefused('The practice network does not run in production mode.');
  const tell = options.tell ?? (() => {});
  const stops: Stops = { ground: [], services: [] };
  const close = closeOnce(stops);
  try {
    const folder = claimFolder(options.dataDir);
    stops.ground.push(() => folder.release());
    if (options.ephemeral) stops.ground.push(() => rmSync(options.dataDir, { recursive: true, force: true }));
    const layout = await layOut(options, stops, tell);
    await startAll(layout, options.separate, stops, tell);
    tell('holding the key ceremonies and signing the trust policy');
    const { policy } = await foundNetwork(foundingPlan(layout));
    await logPolicy(options.dataDir, policy);
    await logRelease(options.dataDir, policy);
    return { ...describe(layout), close };
  } catch (error) {
    await close();
    throw sayable(error);
  }
}

async function layOut(options: LaunchOptions, stops: Stops, tell: (line: string) => void): Promise<Layout> {
  const { dataDir } = options;
  const tokens = loadTokens(dataDir);
  const ports = await loadPorts(dataDir, options.ports);
  let adminUrl = options.databaseAdminUrl;
  if (!adminUrl) {
    tell('starting PostgreSQL');
    const postgres = await startEmbeddedPostgres({
      dataDir: join(dataDir, 'postgres'),
      durable: !options.ephemeral,
    });
    stops.ground.push(() => (options.ephemeral ? postgres.erase() : postgres.stop()));
    adminUrl = postgres.adminUrl;
  }
  tell('a database and a role for each service');
  const databaseUrls = await provisionDatabases({
    adminUrl,
    secretsDir: join(dataDir, 'secrets'),
    services: rolesWithDatabase,
    ...(options.databasePrefix ? { prefix: options.databasePrefix } : {}),
  });
  for (const name of roleNames) mkdirSync(roleDir(dataDir, name), { recursive: true, mode: 0o700 });
  return { dataDir, ports, tokens, databaseUrls };
}

async function startAll(
  layout: Layout,
  separate: boolean,
  stops: Stops,
  tell: (line: string) => void,
): Promise<void> {
  const byDomain = new Map<string, { name: RoleName; config: Record<string, unknown> }[]>();
  for (const name of roleNames) {
    const list = byDomain.get(domains[name]) ?? [];
    byDomain.set(domains[name], [...list, { name, config: configOf(name, layout) }]);
  }
  const startOne = async (domain: string, roles: { name: RoleName; config: Record<string, unknown> }[]) => {
    const running: Started[] = [];
    if (separate) running.push(await startDomain(domainEntry, { domain, roles }, practiceEnv()));
    else for (const { name, config } of roles) running.push(await startRole(name, config));
    stops.services.push(() => closeAll(running));
    tell(`${roles.map(({ name }) => name).join(', ')}: up`);
  };
  // All at once; if one fails, the others are waited for, so that what had started can be stopped.
  const results = await Promise.allSettled([...byDomain].map(([domain, roles]) => startOne(domain, roles)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function closeAll(running: readonly Started[]): Promise<void> {
  await Promise.allSettled(running.map((role) => role.close()));
}

/** Services stop first, all at once; then the ground they stand on, last laid first taken up. */
function closeOnce(stops: Stops): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const run = async () => {
    await Promise.allSettled(stops.services.map((stop) => stop()));
    for (const stop of stops.ground.reverse()) await Promise.resolve(stop()).catch(() => {});
  };
  return () => (closing ??= run());
}

function describe(layout: Layout): Omit<Network, 'close'> {
  const { dataDir, ports, tokens, databaseUrls } = layout;
  const roles = Object.fromEntries(
    roleNames.map((name): [RoleName, Role] => [
      name,
      {
        name,
        domain: domains[name],
        origin: origin(ports, name),
        dataDir: roleDir(dataDir, name),
        databaseUrl: databaseUrls[name] ?? null,
      },
    ]),
  ) as Record<RoleName, Role>;
  return {
    dataDir,
    roles,
    tourOrigin: origin(ports, 'tour'),
    tourPort: ports.tour,
    policyPath: policyPath(dataDir),
    logDir: join(roleDir(dataDir, 'logbook'), 'log', 'public'),
    tokens,
  };
}

function sayable(error: unknown): unknown {
  return error instanceof PortTaken
    ? new ConfigRefused(`${error.message} With \`--port\` the whole network moves to other ports.`)
    : error;
}
