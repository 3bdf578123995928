/** The one hounded: the bar holds the person and not the account, strangers without a name keep out, and she is told. */
import { createBrowser } from '@answerable/practice-people/browser';
import { enrolAs, returnAs, signInAt, signUpAt } from '@answerable/practice-people/visit';
import { ask, doorOf, newWallet, player, refusalOf, type Seat } from '@answerable/practice-story/cast';
import { setRule } from '@answerable/practice-story/join';
import type { World } from '@answerable/practice-story/world';
import { expect, it } from 'vitest';
import {
  barBehind,
  expectBroken,
  readAsStranger,
  seatOf,
  seatUnderTheBan,
  type Written,
  write,
} from './town.ts';

const stranger = {
  handle: 'no_patience',
  words: ['Nobody asked you.', 'Close your shop.', 'I said close it.'],
};

export function hounded(given: () => World): void {
  let receipt: string;

  it('lets only answerable accounts reply: throw-aways keep out, neighbours do not', async () => {
    const world = given();
    const own = await seatOf(world, 'hounded', 'commons', 'morning_loaf');
    const neighbour = await seatOf(world, 'journalist', 'commons', 'two_columns');
    const thread = await write(world, own, 'Rye on Fridays', 'From six in the morning.');
    await ask(world, own, 'POST', '/me', { replyRule: 'answerable' });
    const throwAway = await throwAwayAccount(world);
    const reply = (by: Pick<Seat, 'forum' | 'browser'>) =>
      refusalOf(() => ask(world, by, 'POST', `/posts/${thread.id}/replies`, { text: 'Well.' }));
    expect(await reply(throwAway)).toBe('forbidden');
    expect(await reply(neighbour)).toBe('let in');
  });

  it('reports without giving herself away, and the bar holds whoever it was', async () => {
    const world = given();
    const own = await seatOf(world, 'hounded', 'commons', 'morning_loaf');
    const thread = await write(world, own, 'New oven', 'It came today.');
    const hounding = await seatOf(world, 'abroad', 'commons', stranger.handle);
    const replies: Written[] = [];
    for (const text of stranger.words)
      replies.push(await ask(world, hounding, 'POST', `/posts/${thread.id}/replies`, { text }));
    const targets = replies.map(({ locator }) => locator);
    const report = { targets, reasons: ['abuse'], capacity: 'subject', statement: 'It does not stop.' };
    ({ receipt } = await ask<{ receipt: string }>(world, own, 'POST', '/report', report));
    await barBehind(world, targets);
    const again = () => ask(world, hounding, 'POST', `/posts/${thread.id}/replies`, { text: 'And?' });
    expect(['suspended', 'unauthorised']).toContain(await refusalOf(again));
  });

  it('has peace from every new account of that person', async () => {
    const world = given();
    const door = doorOf(world, 'commons');
    const { wallet, words } = player(world, 'abroad');
    const fresh = { handle: 'quite_new', slot: 2 };
    const ways = [
      () => signInAt(door, wallet),
      () => signUpAt(door, wallet, fresh),
      async () => {
        const device = newWallet(world);
        await returnAs({ person: 'abroad', account: 'second' }, device, words);
        await signUpAt(door, device, fresh);
      },
    ];
    for (const way of ways) expect(await refusalOf(way)).toBe('barred');
    const asNew = () => enrolAs({ person: 'abroad' }, newWallet(world));
    expect(await refusalOf(asNew)).toBe('person_known');
  });

  it('is told what came of it, and nothing about who it was', async () => {
    const { origin } = given().network.roles.desk;
    const told = await (await fetch(`${origin}/receipts/${receipt}`)).json();
    expect(told).toMatchObject({ state: 'decided' });
    expect(told.outcome).toContain('we have acted on it');
    expect(JSON.stringify(told)).not.toContain(stranger.handle);
  });

  it('is not known by name to whoever reads her; under the ban she is', async () => {
    const world = given();
    const nobodyReadsHerName = async (forum: Seat['forum'], by: Pick<Seat, 'forum' | 'browser'>) => {
      const { id } = await write(world, by, 'Closed on Monday', 'A day of rest.');
      expect(await readAsStranger(world, forum, id)).not.toContain('Marlowe');
    };
    await nobodyReadsHerName('commons', await seatOf(world, 'hounded', 'commons', 'morning_loaf'));
    const there = await seatUnderTheBan(world, 'hounded');
    await expectBroken(() => nobodyReadsHerName('commons-of-the-ban', there));
  });
}

/** An account that nobody answers for, made while the forum had no rule. */
async function throwAwayAccount(world: World): Promise<Pick<Seat, 'forum' | 'browser'>> {
  const throwAway = { forum: 'commons', browser: createBrowser() } as const;
  await setRule(world, { rule: 'no-rule' });
  await ask(world, throwAway, 'POST', '/sign-up', { handle: 'x_9917', email: 'x@example.org' });
  await setRule(world, { rule: 'answerable', forUk: false, geography: 'GB' });
  return throwAway;
}
