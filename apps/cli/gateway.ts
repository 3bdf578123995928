/** `answerable gateway`: the gateway of a platform, from an empty folder to a sign-up in an afternoon. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigRefused } from '@answerable/kit/config';
import { Refusal } from '@answerable/protocol/refusal';
import type { Verb } from './verb.ts';
import { WrongCall } from './wrong-call.ts';

const tokenCharsMax = 1_000;

const manual = `answerable gateway — what a forum installs to take in people it does not know

usage: answerable gateway init --name NAME --origin URL [--title TEXT] [--with-desk [--desk-origin URL]]
       answerable gateway add PLATFORM --url URL [--name NAME] [--title TEXT]
       answerable gateway run
       answerable gateway status
       answerable gateway people [--new-link NAME]
       answerable gateway connect NAME [--kind PLATFORM]
       answerable gateway keys [rotate [--stolen]]
       answerable gateway exit NAME [--on DAY]
       answerable gateway remove NAME --now

  init     writes a settings file with secrets that are drawn here. Starts nothing, overwrites nothing
  add      adds a platform: nodebb, discourse, mastodon, matrix, wordpress, bluesky, or openid for any other,
           and prints exactly what to type in its settings. The client secret is shown this once
  run      starts it: PostgreSQL from an npm package in the data folder, and one process. Waits for the
           network's trust policy and says how to get one
  status   asks the gateway that runs here: policy, platforms, what could not be done
  people   who works at its console; --new-link makes a one-time link for an admin, new or locked out
  connect  gives the gateway a platform's token, so that sanctions act there by themselves
  keys     which keys sign; rotate makes the next ones, which are shown for a week first, with --stolen at once
  exit     writes the file with which a platform keeps its members' accounts without the gateway;
           --on sets the day on which it leaves, which its page shows to members
  remove   ends it today: nobody signs in there, every account is closed. Say exit first (docs/leaving.md)

  --name NAME          small letters, digits, dots and dashes; of the gateway as the network is to list it, or
                       of the platform (default: the first part of its address)
  --title TEXT         of the gateway, or of the platform, as people read it
  --origin URL         where people find the gateway: https://…, or http://localhost:N for trying
  --port N             where it listens on this machine (default 4680)
  --with-desk          run a safety desk in the same process, found at --desk-origin
  --desk URL           without it: where a desk runs by itself (default http://127.0.0.1:4660)
  --network URL        the wallet of a network that runs already: takes its trust policies, and says how this
                       gateway comes to be listed there
  --wallet URL         the wallet that people are sent to (default: the first of the trust policy)
  --relay-domain NAME  where members' addresses are made, for platforms that insist on one
  --url URL            the platform's address
  --callback URL       where it takes people back to, if its page in docs/platforms says nothing else
  --logout URL         its back-channel logout address
  --kind PLATFORM      for connect, if it was added without a token: nodebb, discourse, mastodon, wordpress,
                       bluesky
  --act-as NAME        the account in whose name a token of Discourse acts (default system)
  --token-stdin        read the platform's token from standard input
  --config FILE        the settings (default: gateway-data/gateway.json here)

It speaks plain HTTP on loopback: put it behind a server that speaks TLS (docs/running-a-gateway.md).

environment:
  ANSWERABLE_TOKEN     the platform's token, for add and connect; never given on the command line
  DATABASE_URL         a PostgreSQL database that is the gateway's alone, used instead of our own
  DESK_DATABASE_URL    the same for the desk

exit status: 0 as asked, 1 could not, 2 wrong call

example:
  answerable gateway init --name gateway-town --title "Town forum" --origin https://gateway.town.example \\
    --with-desk --desk-origin https://desk.town.example
  answerable gateway add nodebb --url https://forum.town.example
  answerable gateway run
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  name: text,
  title: text,
  origin: text,
  port: text,
  'with-desk': flag,
  desk: text,
  'desk-origin': text,
  wallet: text,
  network: text,
  'relay-domain': text,
  url: text,
  callback: text,
  logout: text,
  'act-as': text,
  kind: text,
  'token-stdin': flag,
  'new-link': text,
  on: text,
  now: flag,
  stolen: flag,
  config: text,
} as const;

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  try {
    const { settingsPath } = await import('./gateway-settings.ts');
    return await step(settingsPath(values.config), positionals, values);
  } catch (error) {
    if (!(error instanceof WrongCall || error instanceof ConfigRefused || error instanceof Refusal))
      throw error;
    process.stderr.write(`answerable gateway: ${error.message}\n`);
    return error instanceof WrongCall ? 2 : 1;
  }
}

const takesWord = ['add', 'connect', 'keys', 'exit', 'remove'];

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Besides --config. What a step does not take it would pass over without a word. */
const takes: Record<string, readonly (keyof Values)[]> = {
  init: ['name', 'title', 'origin', 'port', 'with-desk', 'desk', 'desk-origin', 'wallet', 'relay-domain'],
  add: ['url', 'name', 'title', 'callback', 'logout', 'act-as', 'token-stdin', 'relay-domain'],
  connect: ['kind', 'act-as', 'token-stdin'],
  run: [],
  status: [],
  people: ['new-link'],
  keys: ['stolen'],
  exit: ['on'],
  remove: ['now'],
};

function refuseOthers(step: string, values: Values): void {
  const taken = takes[step];
  const given = Object.keys(values) as (keyof Values)[];
  const other = given.find((option) => option !== 'config' && !taken?.includes(option));
  if (taken && other)
    throw new WrongCall(
      `${step} takes no --${other}: it is another step’s, or stands in the settings. See --help.`,
    );
}

async function step(path: string, [name, what, ...more]: string[], values: Values): Promise<number> {
  if (more.length > 0 || (what !== undefined && !takesWord.includes(name ?? '')))
    throw new WrongCall('that is one word too many. See --help.');
  refuseOthers(name ?? '', values);
  const settings = async () => (await import('./gateway-settings.ts')).readSettings(path);
  switch (name) {
    case 'init':
      (await import('./gateway-init.ts')).initGateway(path, values);
      if (values.network !== undefined) {
        const { takePolicies } = await import('./gateway-join.ts');
        process.stdout.write(`\n${await takePolicies(path, await settings(), values.network)}`);
      }
      return 0;
    case 'add':
      return (await import('./gateway-add.ts')).addPlatform(path, what, values, readToken(values));
    case 'connect':
      return (await import('./gateway-add.ts')).connectPlatform(path, what, values, readToken(values));
    case 'run':
      return (await import('./gateway-run.ts')).runGateway(path);
    case 'status':
      return (await import('./gateway-ask.ts')).status(await settings());
    case 'people':
      return (await import('./gateway-ask.ts')).people(await settings(), values['new-link']);
    case 'keys':
      if (what !== undefined && what !== 'rotate') throw new WrongCall('keys, or keys rotate.');
      return (await import('./gateway-ask.ts')).keys(await settings(), what === 'rotate', values.stolen);
    case 'exit':
      return (await import('./gateway-exit.ts')).prepareExit(path, what, values.on);
    case 'remove':
      return (await import('./gateway-exit.ts')).removePlatform(path, what, values.now);
    default:
      throw new WrongCall('say init, add, run, status, people, connect, keys, exit or remove. See --help.');
  }
}

function readToken(values: Values): string | undefined {
  const given = (values['token-stdin'] ? readFileSync(0, 'utf8') : process.env.ANSWERABLE_TOKEN)?.trim();
  if (given === undefined || given === '') return undefined;
  if (/\s/.test(given)) throw new WrongCall('the token has a blank in it: copy it once more, whole.');
  if (given.length > tokenCharsMax) throw new WrongCall('the token is longer than any platform makes one.');
  return given;
}

export const gatewayVerb: Verb = { manual, run };
