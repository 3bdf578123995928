/**
 * `answerable gateway run`: the gateway, and where asked for the desk, in this one process. Before there is a trust
 * policy it waits and says what is needed; when the file appears the gateway goes on with it.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { GatewayConfig } from '@answerable/gateway/config';
import { ConfigRefused, readMode } from '@answerable/kit/config';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { isReady, policySource } from '@answerable/kit/policy-source';
import { PortTaken } from '@answerable/kit/serve';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { configOf, type GatewaySettings, readSettings, saidWith } from './gateway-settings.ts';
import { followWhileRunning } from './network/follow-while-running.ts';
import { openOwnDatabases, untilAskedToStop } from './own-database.ts';

const lookMs = 1_000;

type Say = (line: string) => void;
interface Stoppable {
  close(): Promise<void>;
}

export async function runGateway(path: string): Promise<number> {
  const settings = readSettings(path);
  const say: Say = (line) => process.stdout.write(`  ${line}\n`);
  process.stdout.write('Answerable, gateway\n\n');
  const dataDir = resolve(dirname(path), settings.dataDir);
  const withDesk = 'port' in settings.desk;
  const wanted = {
    gateway: settings.databaseUrl ?? process.env.DATABASE_URL,
    ...(withDesk ? { desk: settings.deskDatabaseUrl ?? process.env.DESK_DATABASE_URL } : {}),
  };
  // Read first: what is wrong in the settings is said before anything starts.
  configFrom(path, settings, '');
  const databases = await openOwnDatabases(wanted, dataDir, say);
  const running: Stoppable[] = [databases];
  try {
    running.unshift(await keepGateway(path, settings, databases.urls.gateway ?? '', say));
    running.unshift({ close: followWhileRunning(resolve(dirname(path), settings.policyPath), say) });
    if (withDesk) running.unshift(await startDesk(path, settings, databases.urls.desk ?? '', say));
    say('Ctrl-C stops it.');
    await untilAskedToStop();
    process.stdout.write('\n  stopping\n');
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    const which = error.port === settings.port ? 'port' : 'desk.port';
    throw new ConfigRefused(
      `port ${error.port} is already in use. Stop what uses it, or change "${which}" in ${path}, and the server for TLS with it.`,
    );
  } finally {
    for (const one of running) await one.close();
  }
  return 0;
}

function configFrom(path: string, settings: GatewaySettings, databaseUrl: string): GatewayConfig {
  const policies = policySource(resolve(dirname(path), settings.policyPath));
  let [wallet] = [settings.origin];
  try {
    wallet = policies.current().wallets[0] ?? wallet;
  } catch {
    // No policy yet: nobody is sent to any wallet before there is one.
  }
  return configOf(path, settings, {
    databaseUrl: databaseUrl || 'none',
    mode: readMode(),
    walletOrigin: wallet,
  });
}

/** Starts the gateway, and anew when the trust policy appears: with it come the wallet and everybody's keys. */
async function keepGateway(
  path: string,
  settings: GatewaySettings,
  databaseUrl: string,
  say: Say,
): Promise<Stoppable> {
  const { start } = await import('@answerable/gateway/start');
  const journal = journalAt(path, settings, settings.name);
  const policyPath = resolve(dirname(path), settings.policyPath);
  const begin = (waited = false) => start(configFrom(path, settings, databaseUrl), { journal, waited });
  let gateway = await begin();
  say(`The gateway listens on ${settings.host}:${settings.port} as ${settings.origin}`);
  if (settings.platforms.length === 0) say('It has no platform yet: npx answerable gateway add --help');
  say(
    `To come in: npx answerable gateway people --new-link NAME${saidWith(path)}, then the console at its address.`,
  );
  const found = trustPolicyAt(policyPath);
  if (found) {
    if (!isListed(settings, found)) say(notListed);
    for (const name of gateway.unannounced)
      say(
        `The policy file of ${name} was changed and binds nobody: npx answerable policy announce (docs/platform-policy.md).`,
      );
    return { close: () => gateway.close() };
  }
  for (const line of whatIsNeeded(settings, policyPath)) say(line);
  let looking: Promise<void> = Promise.resolve();
  let wasSaid = false;
  const timer = setInterval(() => {
    if (!existsSync(policyPath)) return;
    const here = trustPolicyAt(policyPath);
    if (!here) {
      if (!wasSaid)
        say(`What is at ${policyPath} is no trust policy that all parties have signed. Waiting on.`);
      wasSaid = true;
      return;
    }
    clearInterval(timer);
    looking = gateway.close().then(async () => {
      gateway = await begin(true);
      say(isListed(settings, here) ? 'The trust policy is here: sign-ups can begin.' : notListed);
    });
  }, lookMs);
  return {
    async close() {
      clearInterval(timer);
      await looking.catch(() => {});
      await gateway.close();
    },
  };
}

const notListed =
  'The trust policy is here, and does not list this gateway with its name and address: nobody can sign up yet. Ask who runs the network to list it (docs/joining-a-network.md).';

function trustPolicyAt(path: string): TrustPolicy | undefined {
  const policies = policySource(path);
  return isReady(policies) ? policies.current() : undefined;
}

const isListed = ({ name, origin }: GatewaySettings, { gateways }: TrustPolicy): boolean =>
  gateways.some((one) => one.name === name && one.origin === origin);

function whatIsNeeded({ platforms, ...own }: GatewaySettings, policyPath: string): string[] {
  const listed = platforms.map(({ name }) => name).join(', ') || '(add them first)';
  return [
    '',
    'There is no trust policy yet, so nobody can sign up. To get one:',
    '1. Choose a network, and ask whoever founds it, or runs it already, to list this gateway:',
    `     name ${own.name}, address ${own.origin}, platforms ${listed}`,
    `     its key: ${own.origin}/ceremony/identity`,
    '2. Give the ceremonyToken of the settings to who conducts its founding: it signs that one policy, nothing else.',
    `3. Put the policy that comes out of it at ${policyPath}`,
    'The gateway goes on by itself when the file is there (docs/running-a-gateway.md).',
    '',
  ];
}

async function startDesk(
  path: string,
  settings: GatewaySettings,
  databaseUrl: string,
  say: Say,
): Promise<Stoppable> {
  const { desk } = settings;
  if (!('port' in desk)) throw new Error('bug: no desk here');
  const { start } = await import('@answerable/desk/start');
  const at = (relative: string) => resolve(dirname(path), relative);
  const running = await start(
    {
      name: 'desk',
      mode: readMode(),
      host: settings.host,
      port: desk.port,
      origin: desk.origin,
      dataDir: join(at(settings.dataDir), 'desk'),
      policyPath: at(settings.policyPath),
      databaseUrl,
      gateway: { origin: `http://127.0.0.1:${settings.port}`, token: settings.domainToken },
      proxies: desk.origin.startsWith('https:') ? 1 : 0,
    },
    { journal: journalAt(path, settings, 'desk') },
  );
  say(`The desk listens on ${settings.host}:${desk.port} as ${desk.origin}`);
  const setUp = await running.setUpLink();
  if (setUp) {
    say('Set the desk up here. The address opens once, for a day:');
    process.stdout.write(`\n  ${setUp}\n\n`);
  }
  return running;
}

function journalAt(path: string, { dataDir }: GatewaySettings, name: string): Journal {
  const file = join(resolve(dirname(path), dataDir), 'journal.log');
  return createJournal(name, { write: (line) => appendFileSync(file, line, { mode: 0o600 }) });
}
