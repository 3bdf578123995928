/** The one page of instructions for one organisation: its own steps, its own addresses, nothing else. Markdown. */
import { hashInGroups } from '@answerable/protocol/wallet-release';
import { fingerprintOf, type Invitation, organisationOf } from './invitation.ts';
import {
  holdersOf,
  type NetworkPlan,
  type Organisation,
  publisherOf,
  type RoleName,
  roleNames,
  thresholdOf,
} from './plan.ts';
import { separationsOf } from './separations.ts';
import { portOf } from './settings.ts';

const whatFor: Record<RoleName, string> = {
  registrar: 'people join here; it learns a name once, and seals it',
  logbook: 'keeps the public record',
  keeper: 'helps people back in, and sees that one person joins once; learns no names',
  guardian: 'holds a share of the key that opens an account, and judges whether one is opened',
  gateway: 'lets people sign in to your forum',
  desk: 'takes reports about your forum, and answers them',
  wallet: 'serves the wallet, which is a web page',
};

/** `portBase`: as it will be told to `join`. */
export function startingPage(invited: Invitation, portBase: number): string {
  const { plan, until } = invited;
  const own = organisationOf(invited);
  const conducts = plan.conductor === own.name;
  const conductor = plan.organisations.find(({ name }) => name === plan.conductor)!.title;
  const roles = roleNames.filter((role) => own.roles[role]);
  const t = thresholdOf(holdersOf(plan, 'guardian').length);
  return `# ${plan.title}: what ${own.title} does

You agreed to found a network with ${plan.organisations
    .filter(({ name }) => name !== own.name)
    .map(({ title }) => title)
    .join(
      ' and ',
    )}. *Unaudited, pre-standard cryptography: for trying.* This page is all you need on the day. Keep a telephone at hand.

**You run:**
${roles.map((role) => `* ${role}: ${whatFor[role]}`).join('\n')}

**You promise:** to keep your keys to yourselves, to keep the machine up and its clock right, to answer the telephone when another member calls, and to say the same hour if something may have leaked.${
    own.roles.guardian
      ? ` Any ${t} members together could open an account; you do it only by the public way, on a ground that was agreed.`
      : ''
  }

## Before the day

1. A machine with Linux, 2 GB of memory (4 GB for the registrar's), Node 22, and backups. Then, in a copy of this project: \`npm ci\`.
2. Names in the DNS that lead to it, and a server for TLS. With Caddy, the whole file:

\`\`\`
${roles.map((role) => caddy(own, role, portBase)).join('\n')}
\`\`\`

## On the day

3. Take the invitation up. It is good until ${until}. Every secret is drawn here, and stays here:

\`\`\`
npx answerable network join invitation.json${portBase === portBaseDefault ? '' : ` --port ${portBase}`}
\`\`\`

4. It prints a fingerprint. Read it to the others: all must have **${hashInGroups(fingerprintOf(invited))}**.
5. Start: \`npx answerable network run\`, and let it run (as a service: docs/starting-a-network.md).
${
  conducts
    ? `6. The others send you their \`card.json\`. When all run, hold the ceremonies with it:

\`\`\`
npx answerable network found ${plan.organisations
        .filter(({ name }) => name !== own.name)
        .map(({ name }) => `--card ${name}.json`)
        .join(' ')}
\`\`\`

   with the files that you got; yours is found by itself. Then it shows you the trust policy in plain words.`
    : `6. Send \`network-data/card.json\` to ${conductor}, by a way that others do not read. The tokens in it open the key ceremony, and nothing else, and nothing after it. When ${conductor} says that the ceremonies are over: \`npx answerable network sign\`. It asks everybody who they are and shows you the trust policy in plain words.`
}
7. **Read it.** Compare its fingerprint by telephone. Agree only if it is what you agreed on. It is signed here, on your machine; when all have signed, it is in place.
8. A minute later: \`npx answerable network check\`. It says in plain words whether all is as promised. Do it once a week.

## Then

${laterSteps(own, plan).join('\n')}

## What this arrangement does not give

${separationsOf(plan)
  .map((sentence) => `* ${sentence}`)
  .join('\n')}
`;
}

export const portBaseDefault = 4700;

function caddy(own: Organisation, role: RoleName, portBase: number): string {
  const { host } = new URL(own.roles[role]!);
  return `${host} {\n\treverse_proxy 127.0.0.1:${portOf(own, role, portBase)}\n}`;
}

function laterSteps(own: Organisation, plan: NetworkPlan): string[] {
  const { roles } = own;
  const publishes = publisherOf(plan).name === own.name;
  const providers = plan.evidence.map(({ title }) => title).join(', ');
  const steps: [boolean, string][] = [
    [
      Boolean(roles.registrar) && providers !== '',
      `Tell the registrar how it reaches ${providers}: \`evidence\` in \`network-data/settings/registrar.json\`, before \`run\` (docs/evidence.md).`,
    ],
    [
      Boolean(roles.registrar),
      'The registrar’s first admin: `npx answerable network link registrar --name "…"` prints an address; there a passkey is made. Then invite reviewers and referees (docs/running-a-registrar.md). Where there are referees only, nobody can join before the first of them is invited.',
    ],
    [
      Boolean(roles.guardian),
      'The people who judge as your guardian come in by `npx answerable network link guardian --name "…"`.',
    ],
    [Boolean(roles.desk), 'Set the desk up at the address that `run` printed.'],
    [
      Boolean(roles.gateway),
      `Connect the forum (${own.forums.map(({ title }) => title).join(', ')}): \`join\` printed what to type there. With a token of the forum sanctions act there by themselves: \`npx answerable gateway connect NAME --config network-data/settings/gateway.json\`; who works at the gateway’s console comes in by \`npx answerable network link gateway --name "…"\`.`,
    ],
    [
      publishes,
      'You publish the wallet: `publisher.key` signs its releases. Put it away; a new release is `npx answerable wallet release` (docs/wallet-host.md).',
    ],
    [
      true,
      'Back up `network-data`: keys once, sealed, on two media; the database all the time (docs/running-a-keeper.md says why an old copy is dangerous).',
    ],
  ];
  return steps.flatMap(([here, sentence]) => (here ? [`* ${sentence}`] : []));
}
