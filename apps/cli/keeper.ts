/** `answerable keeper`: one keeper of a network, for an organisation that agreed to be one. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigRefused, readConfigFile, readMode, token } from '@answerable/kit/config';
import { createJournal } from '@answerable/kit/journal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { followWhileRunning } from './network/follow-while-running.ts';
import { openOwnDatabase, untilAskedToStop } from './own-database.ts';
import type { Verb } from './verb.ts';

const portDefault = 4670;
const tokenBytes = 32;
const statusTimeoutMs = 5_000;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+)$/;

const manual = `answerable keeper — one keeper of a network, for an organisation that agreed to be one

usage: answerable keeper init --name NAME --origin URL [--title TEXT] [--port N] [--config FILE]
       answerable keeper run [--config FILE]
       answerable keeper status [--config FILE]

A keeper helps people to come back with their four words, and helps to see that one person joins once. It
learns no names, no words and no secrets. docs/running-a-keeper.md says what it holds and what may be looked at.

  init     writes a small settings file, with a secret for the operator of the ceremony. Starts nothing.
  run      starts it: PostgreSQL from an npm package in the data folder, and one process
  status   asks the keeper that runs here: whether it has its share, and which policy it follows

  --name NAME     as the trust policy is to list it: small letters, digits, dots and dashes
  --title TEXT    as people read it (default: the name)
  --origin URL    where wallets find it: https://…, or http://localhost:N for trying
  --port N        where it listens on this machine (default ${portDefault})
  --config FILE   the settings (default: keeper-data/keeper.json here)

It speaks plain HTTP on loopback: put it behind a server that speaks TLS (docs/running-a-keeper.md).

environment:
  DATABASE_URL     address of a PostgreSQL database that is the keeper's alone, used instead of our own

Ctrl-C stops it cleanly. As root, PostgreSQL runs as the system user postgres, which is made if absent.

exit status: 0 as asked, 1 could not, 2 wrong call

example:
  answerable keeper init --name keeper-city --title "City archive" --origin https://keeper.example.org
`;

const settings = z.strictObject({
  name: wire.name,
  title: wire.text(80).optional(),
  origin: wire.origin,
  host: z.string().max(200),
  port: z.int().min(1024).max(65_535),
  operatorToken: token,
  /** Where the trust policy will be, once the ceremony is held; relative to the settings. */
  policyPath: z.string().min(1),
  /** Keys, journal and database; relative to the settings. */
  dataDir: z.string().min(1),
  databaseUrl: z.string().min(1).optional(),
});
type Settings = z.infer<typeof settings>;

/** A call that cannot be meant; the sentence is shown. */
class WrongCall extends Error {}

async function run(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { name: text, title: text, origin: text, port: text, config: text };
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const path = resolve(values.config ?? join('keeper-data', 'keeper.json'));
  const [step, ...more] = positionals;
  try {
    if (more.length > 0) throw new WrongCall('one of init, run and status at a time.');
    if (step === 'init') return init(path, values);
    if (step === 'run') return await runKeeper(path, readConfigFile(path, settings));
    if (step === 'status') return await status(readConfigFile(path, settings));
    throw new WrongCall('say init, run or status. See --help.');
  } catch (error) {
    if (!(error instanceof WrongCall || error instanceof ConfigRefused)) throw error;
    process.stderr.write(`answerable keeper: ${error.message}\n`);
    return error instanceof WrongCall ? 2 : 1;
  }
}

function init(
  path: string,
  values: {
    name?: string | undefined;
    title?: string | undefined;
    origin?: string | undefined;
    port?: string | undefined;
  },
): number {
  if (existsSync(path)) throw new WrongCall('there are settings already; nothing was changed.');
  const written = settings.safeParse({
    name: values.name,
    ...(values.title === undefined ? {} : { title: values.title }),
    origin: values.origin?.replace(/\/$/, ''),
    host: '127.0.0.1',
    port: values.port === undefined ? portDefault : Number(values.port),
    operatorToken: randomBytes(tokenBytes).toString('base64url'),
    policyPath: 'trust.policy',
    dataDir: '.',
  });
  if (!written.success) {
    const fields = [...new Set(written.error.issues.map(({ path: [field] }) => `--${String(field)}`))];
    throw new WrongCall(`${fields.join(', ')}: missing or not of the expected shape. See --help.`);
  }
  const { origin } = written.data;
  if (origin.startsWith('http:') && !loopback.test(new URL(origin).hostname))
    throw new WrongCall('--origin must be https://… unless it is localhost.');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(written.data, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(
    `Written: ${path}\n\nThe operator token in it opens the ceremony: give it to who conducts that, and to nobody else.\n` +
      'Next: answerable keeper run\n',
  );
  return 0;
}

async function runKeeper(path: string, own: Settings): Promise<number> {
  const say = (line: string) => process.stdout.write(`  ${line}\n`);
  process.stdout.write('Answerable, keeper\n\n');
  const { databaseUrl, ...fields } = own;
  const dataDir = resolve(dirname(path), own.dataDir);
  const policyPath = resolve(dirname(path), own.policyPath);
  const database = await openOwnDatabase('keeper', dataDir, databaseUrl ?? process.env.DATABASE_URL, say);
  try {
    const { start } = await import('@answerable/keeper/start');
    const journalPath = join(dataDir, 'journal.log');
    const write = (line: string) => appendFileSync(journalPath, line, { mode: 0o600 });
    const given = { ...fields, dataDir, policyPath, mode: readMode(), databaseUrl: database.url };
    const keeper = await start(given, { journal: createJournal(own.name, { write }) });
    say(`It listens on ${own.host}:${own.port} as ${own.origin}`);
    if (!existsSync(policyPath))
      say(`There is no trust policy yet at ${policyPath}: it waits for the ceremony.`);
    const stop = followWhileRunning(policyPath, say);
    say('Ctrl-C stops it.');
    await untilAskedToStop();
    process.stdout.write('\n  stopping\n');
    await stop();
    await keeper.close();
  } finally {
    await database.close();
  }
  return 0;
}

/** What the keeper on this machine says of itself; nothing of anybody. */
async function status(own: Settings): Promise<number> {
  const at = `http://${own.host}:${own.port}`;
  const answer = async (path: string) => {
    const signal = AbortSignal.timeout(statusTimeoutMs);
    return fetch(at + path, { signal }).catch(() => undefined);
  };
  const health = await answer('/health');
  if (!health) {
    process.stdout.write(`running   no: nothing answers at ${at}\n`);
    return 1;
  }
  const identity = (await (await answer('/ceremony/identity'))?.json().catch(() => ({}))) as {
    share?: { index?: number };
  };
  const share = identity.share;
  process.stdout.write(
    [
      `running   yes, at ${at}`,
      `healthy   ${health.ok ? 'yes' : 'not yet'}`,
      `share     ${share ? `of the tag key, place ${share.index ?? '?'}` : 'none yet: the ceremony was not held'}`,
      '',
    ].join('\n'),
  );
  return health.ok ? 0 : 1;
}

export const keeperVerb: Verb = { manual, run };
