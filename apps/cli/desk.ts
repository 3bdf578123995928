/** `answerable desk`: a safety desk for one forum, alone, in this one process. */
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DeskFile } from '@answerable/desk/config';
import type { RunningDesk } from '@answerable/desk/start';
import { ConfigRefused, readConfigFile, readMode } from '@answerable/kit/config';
import { createJournal } from '@answerable/kit/journal';
import * as wire from '@answerable/protocol/wire';
import { defaultDeskDir } from './data-dir.ts';
import { openOwnDatabase, untilAskedToStop } from './own-database.ts';
import type { Verb } from './verb.ts';

const portDefault = 4660;
const portMin = 1024;
const portMax = 65_535;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

const manual = `answerable desk — a safety desk for one forum, alone

usage: answerable desk [--data DIR] [--port N] [--host ADDRESS] [--origin URL] [--config FILE]
                       [--new-link NAME]

Takes reports about a forum, helps its moderators to decide fairly and in time, hears appeals, and keeps a
record. Needs no registrar, guardian or gateway, and verifies nobody: a small forum is under no duty to.
One process, and PostgreSQL from an npm package in the data folder.

The first start prints one address. It opens once, for a day: there the desk is set up, in the browser.

  --data DIR       keep everything in DIR (default: desk-data/ here); back it up, see docs/desk.md
  --port N         where it listens (default ${portDefault})
  --host ADDRESS   on which address (default 127.0.0.1: this machine alone)
  --origin URL     where people find it: https://…, by default http://localhost:N
  --config FILE    more settings as JSON, for a gateway and a trust policy (docs/desk.md)
  --new-link NAME  print a new one-time link for somebody who works here and cannot get in

It speaks plain HTTP: put it behind a server that speaks TLS, and say --origin https://… (docs/desk.md shows
how with Caddy and with nginx). Passkeys and cookies need that everywhere but on localhost.

environment:
  DATABASE_URL     address of a PostgreSQL database that is the desk's alone, used instead of our own

Ctrl-C stops it cleanly. As root, PostgreSQL runs as the system user postgres, which is made if absent.

exit status: 0 stopped as asked, 1 could not start, 2 wrong call
`;

interface Options {
  dataDir: string;
  port: number;
  host: string;
  origin: string;
  more: Pick<DeskFile, 'gateway'> & Partial<DeskFile>;
  newLink: string | undefined;
}

/** A call that cannot be meant; the sentence is shown. */
class WrongCall extends Error {}

async function readOptions(args: string[]): Promise<Options> {
  const text = { type: 'string' } as const;
  const options = { data: text, port: text, host: text, origin: text, config: text, 'new-link': text };
  const { values } = parseArgs({ args, options });
  const port = values.port === undefined ? portDefault : Number(values.port);
  if (!Number.isInteger(port) || port < portMin || port > portMax)
    throw new WrongCall(`--port takes a number from ${portMin} to ${portMax}.`);
  const host = values.host ?? '127.0.0.1';
  if (!/^[0-9a-zA-Z.:-]{1,200}$/.test(host)) throw new WrongCall('--host takes an address of this machine.');
  const origin = (values.origin ?? `http://localhost:${port}`).replace(/\/$/, '');
  if (!wire.origin.safeParse(origin).success)
    throw new WrongCall('--origin takes an address without a path, such as https://desk.example.org.');
  if (origin.startsWith('http:') && !loopback.test(new URL(origin).hostname))
    throw new WrongCall('--origin must be https://… unless it is localhost: put the desk behind TLS.');
  if (values['new-link']?.trim() === '') throw new WrongCall('--new-link takes a working name.');
  const more = values.config === undefined ? { gateway: null } : await readMore(values.config);
  return {
    dataDir: resolve(values.data ?? defaultDeskDir()),
    port,
    host,
    origin,
    more,
    newLink: values['new-link'],
  };
}

/** The file is checked before anything starts, and the desk is loaded only then. */
async function readMore(path: string): Promise<Options['more']> {
  const { deskFieldsMore } = await import('@answerable/desk/config');
  return readConfigFile(resolve(path), deskFieldsMore);
}

async function run(args: string[]): Promise<number> {
  let options: Options;
  try {
    options = await readOptions(args);
  } catch (error) {
    if (!(error instanceof WrongCall || error instanceof ConfigRefused)) throw error;
    process.stderr.write(`answerable desk: ${error.message}\n`);
    return 2;
  }
  const say = (line: string) => process.stdout.write(`  ${line}\n`);
  process.stdout.write('Answerable, safety desk\n\n');
  const database = await openOwnDatabase('desk', options.dataDir, process.env.DATABASE_URL, say);
  const desk = await startDesk(options, database.url).catch(async (error) => {
    await database.close();
    throw error;
  });
  try {
    await greet(desk, options, say);
    await untilAskedToStop();
    process.stdout.write('\n  stopping\n');
  } finally {
    await desk.close();
    await database.close();
  }
  return 0;
}

async function startDesk(options: Options, databaseUrl: string): Promise<RunningDesk> {
  const { start } = await import('@answerable/desk/start');
  const { dataDir, port, host, origin, more } = options;
  const path = join(dataDir, 'journal.log');
  const journal = createJournal('desk', { write: (line) => appendFileSync(path, line, { mode: 0o600 }) });
  const own = { name: 'desk', mode: readMode() };
  // Behind TLS one server of ours stands in front, and limits on strangers go by what it says of them.
  const proxies = more.proxies ?? (origin.startsWith('https:') ? 1 : 0);
  return start({ ...more, ...own, proxies, dataDir, host, port, origin, databaseUrl }, { journal });
}

async function greet(desk: RunningDesk, options: Options, say: (line: string) => void): Promise<void> {
  if (!loopback.test(options.host))
    say('It listens beyond this machine, without TLS: keep a server that speaks TLS in front of it.');
  const setUp = await desk.setUpLink();
  if (setUp) {
    say('Set it up here. The address opens once, for a day:');
    process.stdout.write(`\n  ${setUp}\n`);
  } else process.stdout.write(`  The desk is at ${desk.origin}\n`);
  if (options.newLink !== undefined) {
    const link = await desk.newLink(options.newLink);
    process.stdout.write(
      link ? `\n  It opens once, for a day:\n\n  ${link}\n` : '\n  Nobody here has that working name.\n',
    );
  }
  process.stdout.write('\n  Ctrl-C stops it.\n\n');
}

export const deskVerb: Verb = { manual, run };
