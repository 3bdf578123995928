/** `answerable network`: friendly organisations found a network for their forums. One step, one file in network/. */
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { dayOf } from '@answerable/kit/clock';
import { ConfigRefused, readMode } from '@answerable/kit/config';
import { hashInGroups } from '@answerable/protocol/wallet-release';
import { NotAgreed } from './network/ask-parties.ts';
import { cardPath, makeHome, openHome } from './network/home.ts';
import { fingerprintOf, readInvitation } from './network/invitation.ts';
import { portBaseDefault } from './network/starting-page.ts';
import { untilAskedToStop } from './own-database.ts';
import type { Verb } from './verb.ts';
import { WrongCall } from './wrong-call.ts';

const pollMs = 2_000;
const groupsTyped = 4;
const folderDefault = 'network-data';

const manual = `answerable network — three or more friendly organisations found a network for their forums

usage: answerable network init  [--plan FILE] [--out DIR]
       answerable network join  INVITATION [--data DIR] [--port N]
       answerable network run   [--data DIR]
       answerable network found --card FILE [--card FILE …] [--data DIR]
       answerable network sign  [--data DIR]
       answerable network check [--data DIR]
       answerable network link  registrar|guardian|gateway --name NAME [--data DIR]
       answerable network propose FILE [--add URL …] [--leave NAME …] [--change FILE] [--effective DAY]
       answerable network agree   FILE [--data DIR | --gateway FILE]
       answerable network publish FILE
       answerable network follow

Any two of three together can open an account or find who has joined; no one alone can. docs/starting-a-network.md
is the page to read first. Unaudited: for trying.

  init   who conducts: writes an example plan (network.json), or from a plan an invitation and a page of
         instructions for each organisation. Nothing in them is secret.
  join   each organisation, on its own machine: draws its secrets and writes its settings and its card
  run    starts what this organisation runs, each role with its own database and keys, a process for each
         trust domain, and PostgreSQL from an npm package
  found  who conducts: holds both key ceremonies with the others' cards, then goes on as sign
  sign   everybody else: asks all parties who they are, shows the trust policy in plain words, signs it here
         after you agreed, and waits for the others
  check  who answers, whose keys are those of the policy, who has seen the log, clocks and TLS
  link   a one-time address for somebody who works at a console: the registrar's, the guardian's or the gateway's

  A network that is founded changes by a successor of its trust policy (docs/joining-a-network.md):
  propose  asks who comes in who they are, and writes the next text to FILE: gateways, authorities, witnesses,
           grounds and limits can change; who holds shares of keys cannot yet
  agree    shows what changes, in plain words; signs after you agreed, with the guardian that runs here or, with
           --gateway, for the gateway of those settings
  publish  when enough have signed: puts it on the record. It binds 14 days later at the earliest
  follow   fetches what is on the record; machines that run do it by themselves

  --add URL     the address of a gateway or an authority that comes in, or that changed
  --leave NAME  a gateway or an authority that goes
  --change FILE JSON with grounds, limits or witnesses, each whole
  --effective DAY  when it binds (default: a week more than the notice)
  --gateway FILE   the settings of answerable gateway
  --policy FILE    the trust policy (default: of --data)

  --plan FILE   the plan (default: network.json)
  --out DIR     where invitations go (default: invitations)
  --data DIR    this organisation's folder (default: ${folderDefault})
  --port N      where its roles listen on loopback, from N on (default ${portBaseDefault})
  --card FILE   the card of another organisation

environment:
  DATABASE_ADMIN_URL  a PostgreSQL that is there already, as a role that may make roles and databases

exit status: 0 as asked, 1 could not or not as promised, 2 wrong call
`;

const text = { type: 'string' } as const;
const options = {
  plan: text,
  out: text,
  data: text,
  port: text,
  name: text,
  card: { ...text, multiple: true },
  add: { ...text, multiple: true },
  leave: { ...text, multiple: true },
  change: text,
  effective: text,
  gateway: text,
  policy: text,
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
type Step = (values: Values, rest: string[]) => Promise<number>;

const print = (line: string) => process.stdout.write(`${line}\n`);
const homeOf = ({ data }: Values) => openHome(resolve(data ?? folderDefault));

const steps: Record<string, Step> = {
  async init(values) {
    const { initNetwork } = await import('./network/init.ts');
    process.stdout.write(initNetwork(values.plan ?? 'network.json', values.out ?? 'invitations'));
    return 0;
  },
  async join(values, [path, ...more]) {
    if (!path || more.length > 0) throw new WrongCall('name one invitation.');
    const port = values.port === undefined ? portBaseDefault : Number(values.port);
    if (!Number.isInteger(port) || port < 1024 || port > 65_000)
      throw new WrongCall('--port: from 1024 to 65000.');
    const invited = readInvitation(path, dayOf(new Date()));
    const { home, typed } = makeHome(resolve(values.data ?? folderDefault), invited, port);
    const to = home.plan.organisations.find(({ name }) => name === home.plan.conductor)?.title;
    print(
      `${home.organisation.title} joins ${home.plan.title}. Its settings are in ${join(home.dir, 'settings')}.`,
    );
    print('\nWho is in it, and where. Do you know them, and are these their addresses?');
    for (const { title, roles } of home.plan.organisations)
      print(
        `  ${title}: ${Object.entries(roles)
          .map(([role, origin]) => `${role} ${origin}`)
          .join(', ')}`,
      );
    print(
      `\nRead this to the others by telephone; all must have the same:\n  ${hashInGroups(fingerprintOf(invited))}`,
    );
    if (home.organisation.title !== to)
      print(`\nSend ${cardPath(home)} to ${to}, by a way that others do not read.`);
    for (const text of typed) print(`\n${text}`);
    print('\nNext: npx answerable network run');
    return 0;
  },
  async run(values) {
    const { runHome } = await import('./network/run.ts');
    const home = homeOf(values);
    const say = (line: string) => print(`  ${line}`);
    print(`Answerable, what ${home.organisation.title} runs\n`);
    let failed = false;
    const running = await runHome(home, {
      mode: readMode(),
      separate: true,
      databaseAdminUrl: process.env.DATABASE_ADMIN_URL,
      say,
      onEnd(domain) {
        // Whoever started us starts all of it again: recovery is the ordinary start.
        say(`${domain} ended by itself: everything stops`);
        failed = true;
        process.kill(process.pid, 'SIGTERM');
      },
    });
    say('Ctrl-C stops it.');
    await untilAskedToStop();
    print('\n  stopping');
    await running.close();
    return failed ? 1 : 0;
  },
  async found(values) {
    const { foundNetwork } = await import('./network/found.ts');
    await foundNetwork(homeOf(values), values.card ?? [], person);
    return 0;
  },
  async sign(values) {
    const { signFirstPolicy } = await import('./network/sign.ts');
    await signFirstPolicy(homeOf(values), person);
    return 0;
  },
  async check(values) {
    const { checkNetwork } = await import('./network/check.ts');
    const findings = await checkNetwork(homeOf(values));
    for (const { good, says } of findings) print(`${good ? 'ok  ' : 'NOT '} ${says}`);
    const wrong = findings.filter(({ good }) => !good).length;
    print(wrong === 0 ? '\nAll is as promised.' : `\n${wrong} of these need somebody to look.`);
    return wrong === 0 ? 0 : 1;
  },
  async link(values, [role]) {
    const { linkFor } = await import('./network/link.ts');
    print(`It opens once:\n\n  ${await linkFor(homeOf(values), role, values.name)}`);
    return 0;
  },
};

const policyOf = (values: Values) =>
  resolve(values.policy ?? join(values.data ?? folderDefault, 'trust.policy'));

const successionSteps: Record<string, Step> = {
  async propose(values, [out]) {
    if (!out) throw new WrongCall('name the file that the proposal goes to.');
    const { propose } = await import('./network/succeed.ts');
    const { add = [], leave = [], change: changeFile, effective } = values;
    if (add.length + leave.length === 0 && !changeFile) throw new WrongCall('say what changes. See --help.');
    print(await propose({ policyPath: policyOf(values), add, leave, changeFile, effective, out }));
    print(
      `\nWritten: ${out}. Send it to the guardians, and to who comes in; each says: network agree ${out}`,
    );
    return 0;
  },
  async agree(values, [file]) {
    if (!file) throw new WrongCall('name the proposal.');
    const { agree } = await import('./network/succeed.ts');
    const gatewayConfig = values.gateway && resolve(values.gateway);
    await agree({ file, data: resolve(values.data ?? folderDefault), gatewayConfig }, person);
    return 0;
  },
  async publish(values, [file]) {
    if (!file) throw new WrongCall('name the proposal.');
    const { publish } = await import('./network/succeed.ts');
    return (await publish(policyOf(values), file, print)) ? 0 : 1;
  },
  async follow(values) {
    const { follow } = await import('./network/succeed.ts');
    await follow(policyOf(values), print);
    return 0;
  },
};

/** The person at this terminal: what was read by telephone is typed, so nobody agrees without having compared. */
const person = {
  say: print,
  pollMs,
  async agrees(words: string, hash: string): Promise<boolean> {
    print(`\n${words}\n`);
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const wanted = hashInGroups(hash).split(' ').slice(0, groupsTyped).join(' ');
    const typed = await terminal.question(
      'Compare the fingerprint by telephone. To sign, type its first four groups; anything else signs nothing: ',
    );
    terminal.close();
    return typed.trim().replaceAll(/\s+/g, ' ') === wanted;
  },
};

const takesWord = ['join', 'link', 'propose', 'agree', 'publish'];

async function run([step = '', ...args]: string[]): Promise<number> {
  try {
    const known = { ...steps, ...successionSteps };
    const act = Object.hasOwn(known, step) ? known[step] : undefined;
    if (!act)
      throw new WrongCall(
        'say init, join, run, found, sign, check, link, propose, agree, publish or follow. See --help.',
      );
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    if (positionals.length > 1 || (positionals.length > 0 && !takesWord.includes(step)))
      throw new WrongCall('one thing at a time. See --help.');
    return await act(values, positionals);
  } catch (error) {
    if (!(error instanceof WrongCall || error instanceof ConfigRefused || error instanceof NotAgreed))
      throw error;
    process.stderr.write(`answerable network: ${error.message}\n`);
    return error instanceof WrongCall ? 2 : 1;
  }
}

export const networkVerb: Verb = { manual, run };
