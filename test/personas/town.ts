/**
 * Where the six people live: one practice network with both worlds, the answerable forums and those of the ban.
 * Each person's promises are made here, and shown to be broken there.
 */
import { withConnection } from '@answerable/kit/database';
import { type RoleName, roleNames } from '@answerable/practice-constellation/network';
import { enrolWithWords } from '@answerable/practice-people/visit';
import {
  ask,
  type ForumName,
  type Player,
  player,
  type Seat,
  takeSeat,
} from '@answerable/practice-story/cast';
import { barDecision, type CaseSeen, caseWith, effectsDone } from '@answerable/practice-story/desk-words';
import { joinUnderTheBan } from '@answerable/practice-story/join';
import { moderators } from '@answerable/practice-story/staff';
import type { World } from '@answerable/practice-story/world';
import { steal } from '@answerable/practice-thief/loot';
import { expect } from 'vitest';
import { readable } from '../privacy/cupboards.ts';
import { namedIn, type Searched } from '../privacy/traces.ts';

export const people = [
  'hounded',
  'young',
  'survivor',
  'closeted',
  'whistleblower',
  'journalist',
  'hounder',
  'abroad',
] as const;

/** Everybody proves once who they are. */
export async function everybodyJoins(world: World): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      const who = player(world, person);
      who.words = await enrolWithWords({ person }, who.wallet);
    }),
  );
}

/** An account of a person, made the first time it is asked for. */
export async function seatOf(
  world: World,
  person: (typeof people)[number],
  forum: 'commons' | 'lantern',
  handle: string,
  slot = 1,
): Promise<Seat> {
  const who: Player = player(world, person);
  return who.seats.find((one) => one.handle === handle) ?? takeSeat(world, who, forum, handle, slot);
}

/** The same person where the ban is law. */
export async function seatUnderTheBan(
  world: World,
  person: (typeof people)[number],
  forum: 'commons-of-the-ban' | 'lantern-of-the-ban' = 'commons-of-the-ban',
): Promise<Pick<Seat, 'forum' | 'browser'>> {
  return { forum, browser: await joinUnderTheBan(world, forum, person) };
}

/** A promise that holds here and must not hold there: kept everywhere, it would say nothing. */
export async function expectBroken(promise: () => Promise<void> | void): Promise<void> {
  await expect((async () => promise())()).rejects.toMatchObject({ name: 'AssertionError' });
}

export interface Written {
  id: string;
  locator: string;
}
export interface PostSeen {
  author: { handle: string; answerable: boolean; realName: string | null };
  text: string | null;
  help: string | null;
}

export const write = (
  world: World,
  by: Pick<Seat, 'forum' | 'browser'>,
  title: string,
  text: string,
): Promise<Written> => ask(world, by, 'POST', '/threads', { title, text });

/** What everybody can read of a thread, signed in or not. */
export async function readAsStranger(world: World, forum: ForumName, thread: string): Promise<string> {
  const { origin } = world.network.roles[forum];
  const address = `${origin}/posts/${thread}`;
  const answers = [await fetch(address), await fetch(address, { headers: { accept: 'application/json' } })];
  return (await Promise.all(answers.map((one) => one.text()))).join('\n');
}

/** Everything that these parties hold: tables, files, journals. */
export async function heldBy({ network }: World, roles: readonly RoleName[]): Promise<Searched> {
  const loot = await steal(roles.map((name) => ({ owner: name, ...network.roles[name] })));
  return readable([
    ...loot.rows.map(({ value }) => value),
    ...loot.secrets.map(({ content }) => content.toString('utf8')),
    ...loot.journals.map(({ text }) => text),
  ]);
}

/** Everybody in this world but the identity provider, and the forums that live under the ban. */
export const answerableParties = roleNames.filter((name) => !name.endsWith('-of-the-ban'));

/** Nobody who opens these cupboards finds this person's name, birth date, document or address. */
export async function expectUnnamed(
  world: World,
  person: (typeof people)[number],
  roles: readonly RoleName[],
): Promise<void> {
  expect(namedIn(await heldBy(world, roles), [person])).toEqual([]);
}

export async function rowsOf(
  { network }: World,
  role: RoleName,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  return withConnection(network.roles[role].databaseUrl!, (run) => run(text, values));
}

/** Two moderators bar the person behind these posts; the case as it then stands. */
export async function barBehind(world: World, locators: readonly string[]): Promise<CaseSeen> {
  const [a, b] = await moderators(world);
  const found = await caseWith(
    a,
    ({ items, headcount }) =>
      headcount.persons !== null && locators.every((one) => items.some(({ locator }) => locator === one)),
  );
  await a.post(`/cases/${found.caseId}/claim`);
  await a.post(`/cases/${found.caseId}/decision`, barDecision(found));
  await b.post(`/cases/${found.caseId}/confirmation`);
  await effectsDone(a, found.caseId);
  return found;
}

export const commonsAt = (slot: number) =>
  ({ gateway: 'gateway-commons', platform: 'commons', slot }) as const;
