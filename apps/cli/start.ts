/** `answerable start`: the whole practice network on loopback, and the guided tour of it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { basePort } from '@answerable/practice-constellation/data-folder';
import { launch } from '@answerable/practice-constellation/launch';
import { steps } from '@answerable/practice-story/steps';
import { startTour } from '@answerable/practice-tour/start';
import { defaultDataDir } from './data-dir.ts';
import type { Verb } from './verb.ts';

const manual = `answerable start — the whole network on this machine, and a guided tour of it

usage: answerable start [--data DIR | --ephemeral] [--port N] [--one-process]

Starts PostgreSQL (from an npm package, on loopback), registrar, three keepers, three guardians, logbook,
two gateways, desk, two practice forums, the practice identity provider, an authority and a wallet, holds
the key ceremonies, and prints one address: the tour. Nothing leaves this machine. For trying only: the
identity provider and the forums are stand-ins, and the first three minutes of clocks are seconds.

  --data DIR      keep the state here (default: data/)
  --ephemeral     keep nothing: a temporary folder, removed at the end
  --port N        base port (default ${basePort}); the network uses N to N+50
  --one-process   everything in one process; default is one process per trust domain

environment:
  DATABASE_URL    administrator's address of a PostgreSQL that is already there, used instead of our own

Ctrl-C stops everything cleanly. As root, PostgreSQL runs as the system user postgres, which is made if
absent.

exit status: 0 stopped as asked, 1 could not start, 2 wrong call
`;

async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      ephemeral: { type: 'boolean' },
      port: { type: 'string' },
      'one-process': { type: 'boolean' },
    },
  });
  process.env.ANSWERABLE_MODE ??= 'practice';
  const port = values.port === undefined ? basePort : Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
    process.stderr.write('answerable start: --port takes a number from 1024 to 65000.\n');
    return 2;
  }
  const begun = Date.now();
  const tell = (line: string) =>
    process.stdout.write(`  ${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${line}\n`);
  process.stdout.write('Answerable, practice network (unaudited, pre-standard cryptography)\n\n');
  const network = await launch({
    dataDir: values.ephemeral
      ? mkdtempSync(join(tmpdir(), 'answerable-'))
      : resolve(values.data ?? defaultDataDir()),
    ports: port,
    separate: !values['one-process'],
    ephemeral: values.ephemeral ?? false,
    databaseAdminUrl: process.env.DATABASE_URL,
    tell,
  });
  const tour = await startTour(
    {
      mode: 'practice',
      host: '127.0.0.1',
      port: network.tourPort,
      origin: network.tourOrigin,
      dataDir: network.dataDir,
    },
    { network, steps },
  ).catch(async (error) => {
    await network.close();
    throw error;
  });
  process.stdout.write(`\n  Open ${tour.origin} in a browser. Ctrl-C stops everything.\n\n`);
  await untilAskedToStop();
  process.stdout.write('\n  stopping\n');
  await tour.close();
  await network.close();
  return 0;
}

function untilAskedToStop(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

export const startVerb: Verb = { manual, run };
