/**
 * What organisations agree on before they found a network: the file `network.json`, with a default for whatever
 * they leave out, and what is wrong with it in sentences. Public; every organisation gets all of it. Pure.
 */
import { DISCLOSABLE } from '@answerable/core/presentation/schema';
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import { evidenceProvider, ground } from '@answerable/protocol/trust-policy';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { kinds } from '../gateway-kinds.ts';

/** Guardians, and keepers, of one network. More than fifteen no policy takes; more than seven nobody should want. */
const organisationsMax = 7;
const holdersMin = 3;
const nameCharsMax = 30;

export const roleNames = ['registrar', 'logbook', 'keeper', 'guardian', 'gateway', 'desk', 'wallet'] as const;
export type RoleName = (typeof roleNames)[number];

const name = wire.name.max(nameCharsMax);

const forum = z.strictObject({
  name,
  title: wire.text(80).min(1),
  /** as `answerable gateway add` knows it; openid for any other */
  software: z.enum(kinds).default('openid'),
  url: wire.origin,
  /** where its software takes people back after they signed in; for openid it must be said */
  callback: z.url().max(300).optional(),
  /** how many accounts one person may have */
  accountsMax: z.int().min(1).max(8).default(3),
  /** what the forum learns of everybody */
  disclose: z.array(z.enum(DISCLOSABLE)).default(['over_13', 'reset_recent']),
});

const organisation = z.strictObject({
  name,
  title: wire.text(60).min(1),
  /** The roles it runs, each at an address of its own. */
  roles: z.strictObject(
    Object.fromEntries(roleNames.map((role) => [role, wire.origin.optional()])) as Record<
      RoleName,
      z.ZodOptional<typeof wire.origin>
    >,
  ),
  forums: z.array(forum).max(20).default([]),
});
export type Forum = z.infer<typeof forum>;
export type Organisation = z.infer<typeof organisation>;

const seconds = z.number().positive().max(86_400);
const clocks = z.strictObject({
  /** how long a credential lasts, and the one before it still counts */
  epochDays: z.int().min(1).max(366).default(30),
  graceDays: z.int().min(0).max(60).default(7),
  /** for who lost words and devices */
  resetWaitDays: z.int().min(1).max(366).default(30),
  /** before an account is opened; and until its holder is told at the latest */
  hearingDays: z.int().min(0).max(90).default(7),
  noticeDays: z.int().min(0).max(366).default(30),
  /** older views of the log are refused */
  checkpointHours: z.int().min(1).max(168).default(24),
  /** how often records go to the log, and the log grows: people wait for both once, when they join */
  recordSeconds: seconds.default(300),
  logSeconds: seconds.default(300),
});

export const networkPlan = z.strictObject({
  name,
  title: wire.text(60).min(1),
  /** the organisation that leads the afternoon; it learns nothing that the others do not */
  conductor: name,
  /** from when the first trust policy holds; default the day of `init` */
  effective: wire.day.optional(),
  organisations: z.array(organisation).min(holdersMin).max(organisationsMax),
  /** providers at which people prove who they are; none: referees only */
  evidence: z.array(evidenceProvider).max(20).default([]),
  referees: z.boolean().default(true),
  /** on which an account can be opened at all; without an authority none can be */
  grounds: z
    .array(ground.omit({ authorities: true }))
    .max(20)
    .default([{ id: 'threat-to-life', title: 'A credible and imminent threat to somebody’s life' }]),
  clocks: clocks.default(clocks.parse({})),
});
export type NetworkPlan = z.infer<typeof networkPlan>;

/** The name under which the policy lists what `organisation` runs. */
export const partyName = (organisation: string, role: RoleName): string => `${organisation}-${role}`;

/** Where `role` is run, in the order of the file. */
export const holdersOf = (plan: NetworkPlan, role: RoleName): { of: Organisation; origin: string }[] =>
  plan.organisations.flatMap((of) => {
    const origin = of.roles[role];
    return origin === undefined ? [] : [{ of, origin }];
  });

/** t of n: 2 of 3 or 4, 3 of 5 or 6, 4 of 7. */
export const thresholdOf = (holders: number): number => Math.floor((holders + 1) / 2);

/** More than half of the witnesses, so that no two histories find one each; and never guardians alone. */
export function witnessQuorumOf(plan: NetworkPlan): number {
  const [guardians, keepers] = [holdersOf(plan, 'guardian').length, holdersOf(plan, 'keeper').length];
  return Math.max(Math.floor((guardians + keepers) / 2), guardians) + 1;
}

/** Who publishes releases of the wallet: who hosts it, if it is a guardian too; else the conductor. */
export function publisherOf(plan: NetworkPlan): Organisation {
  const host = holdersOf(plan, 'wallet')[0]?.of;
  const found = host?.roles.guardian ? host : plan.organisations.find(({ name }) => name === plan.conductor);
  return found!;
}
export const publisherName = (plan: NetworkPlan): string => `${publisherOf(plan).name}-releases`;

/** Two files with one fingerprint say the same. */
export const planHash = (agreed: { id: string; until: string; plan: NetworkPlan }): string =>
  hashOf(messageLabels.networkPlan, agreed);

const loopback = /^(localhost|127\.\d+\.\d+\.\d+)$/;
export const isLoopback = (origin: string): boolean => loopback.test(new URL(origin).hostname);

/** Sentences about what cannot be in a plan; empty if nothing is wrong. */
export function faultsOf(plan: NetworkPlan): string[] {
  const { organisations } = plan;
  const titles = organisations.map(({ title }) => title.trim().toLowerCase());
  const origins = organisations.flatMap(originsOf);
  const forums = organisations.flatMap((one) => one.forums.map((forum) => forum.name));
  const one = (role: RoleName) => holdersOf(plan, role).length === 1;
  const enough = (role: RoleName) => holdersOf(plan, role).length >= holdersMin;
  const registrar = holdersOf(plan, 'registrar')[0]?.of.name;
  const rules: [boolean, string][] = [
    [areDistinct(organisations.map(({ name }) => name)), 'Two organisations have one name.'],
    [areDistinct(titles), 'Two organisations have one title: people could not tell them apart.'],
    [areDistinct(origins), 'Two roles have one address. Each needs its own.'],
    [areDistinct(forums), 'Two forums have one name.'],
    [
      organisations.every(({ forums: own }) =>
        own.every(({ software, callback }) => software !== 'openid' || callback),
      ),
      'A forum of software that we do not know must say its callback.',
    ],
    [!sharesHost(organisations), 'Two organisations are on one host: they would be one in two roles.'],
    [origins.every((at) => at.startsWith('https:') || isLoopback(at)), 'Every address must be https://….'],
    [one('registrar'), 'There must be one registrar.'],
    [one('logbook'), 'There must be one logbook.'],
    [one('wallet'), 'There must be one host of the wallet.'],
    [
      registrar !== holdersOf(plan, 'logbook')[0]?.of.name,
      'Registrar and logbook must be of two organisations.',
    ],
    [enough('keeper'), 'Three organisations must each run a keeper.'],
    [enough('guardian'), 'Three organisations must each run a guardian.'],
    [
      Boolean(organisations.find(({ name }) => name === plan.conductor)?.roles.guardian),
      'The conductor must be one of the organisations, and run a guardian.',
    ],
    [
      organisations.every(({ roles, forums: own }) => Boolean(roles.gateway) === own.length > 0),
      'Who runs a gateway names its forums, and nobody else does.',
    ],
    [
      organisations.every(({ roles }) => Boolean(roles.gateway) === Boolean(roles.desk)),
      'A gateway and a desk go together: somebody must answer reports.',
    ],
    [plan.referees || plan.evidence.length > 0, 'Nobody could join: name a provider, or allow referees.'],
  ];
  return rules.flatMap(([holds, sentence]) => (holds ? [] : [sentence]));
}

/** Of all its roles. */
const originsOf = ({ roles }: Organisation): string[] =>
  Object.values(roles).filter((origin) => origin !== undefined);
const areDistinct = (values: readonly string[]) => new Set(values).size === values.length;

function sharesHost(organisations: readonly Organisation[]): boolean {
  const hosts = (one: Organisation) =>
    originsOf(one)
      .filter((origin) => !isLoopback(origin))
      .map((origin) => new URL(origin).hostname);
  return !areDistinct(organisations.flatMap((one) => [...new Set(hosts(one))]));
}
