/** The one who hounds: three accounts are one person; he too has reasons, an appeal, another judge, and a name that nobody has. */
import { createBrowser } from '@answerable/practice-people/browser';
import { signInAt, signUpAt } from '@answerable/practice-people/visit';
import { ask, doorOf, player, refusalOf } from '@answerable/practice-story/cast';
import { type CaseSeen, effectsDone } from '@answerable/practice-story/desk-words';
import { moderators, until } from '@answerable/practice-story/staff';
import type { World } from '@answerable/practice-story/world';
import { expect, it } from 'vitest';
import {
  barBehind,
  commonsAt,
  expectBroken,
  expectUnnamed,
  seatOf,
  seatUnderTheBan,
  type Written,
  write,
} from './town.ts';

const handles = ['level_headed', 'only_asking', 'third_voice'];

export function hounder(given: () => World): void {
  let receipt: string;
  let caseId: string;
  let thread: Written;

  it('counts as one person, however many accounts', async () => {
    const world = given();
    const target = await seatOf(world, 'journalist', 'commons', 'two_columns');
    thread = await write(world, target, 'My column', 'On the new bus lanes.');
    const replies: Written[] = [];
    for (const [at, handle] of handles.entries()) {
      const seat = await seatOf(world, 'hounder', 'commons', handle, at + 1);
      for (const text of ['You are a disgrace.', 'Everybody thinks so.'])
        replies.push(await ask(world, seat, 'POST', `/posts/${thread.id}/replies`, { text }));
    }
    const targets = replies.map(({ locator }) => locator);
    const report = { targets, reasons: ['pile-on'], capacity: 'subject', statement: 'Who are they all?' };
    ({ receipt } = await ask<{ receipt: string }>(world, target, 'POST', '/report', report));
    const found = await barBehind(world, targets);
    ({ caseId } = found);
    expect(found.headcount).toMatchObject({ messages: 6, accounts: 3, persons: 1 });
  });

  it('is barred with every account, and reads the reasons all the same', async () => {
    const world = given();
    const { wallet } = player(world, 'hounder');
    for (const slot of [1, 2, 3]) {
      expect(await refusalOf(() => signInAt(doorOf(world, 'commons'), wallet, slot))).toBe('barred');
      const { standing, items } = await wallet.readInbox(commonsAt(slot));
      const statement = items.find((one) => one.kind === 'statement' && one.caseId === caseId);
      expect(standing).toBe('barred');
      expect(statement?.body).toContain('3.1 Do not hound anybody');
      expect(statement?.body).toContain('You can appeal');
    }
    const another = () => signUpAt(doorOf(world, 'commons'), wallet, { handle: 'fourth_voice', slot: 1 });
    expect(await refusalOf(another)).toBe('barred');
  });

  it('appeals; who decided may not hear it, somebody else does and finds otherwise', async () => {
    const world = given();
    const { wallet } = player(world, 'hounder');
    const grounds = 'I shared the computer of the library. I ask you to look again.';
    await wallet.appeal(commonsAt(1), { caseId, track: 'normal', grounds });
    const [a, b, c] = await moderators(world);
    await until(async () => {
      const { appeals } = await c.get<CaseSeen>(`/cases/${caseId}`);
      return appeals.length > 0 ? true : undefined;
    }, 'the appeal at the desk');
    const words = { outcome: 'overturned', reply: 'Six messages are no reason for a bar.' };
    for (const decider of [a, b]) {
      expect(await refusalOf(() => decider.post(`/cases/${caseId}/claim`))).toBe('own_decision');
      expect(await refusalOf(() => decider.post(`/cases/${caseId}/hearing`, words))).not.toBe('let in');
    }
    await c.post(`/cases/${caseId}/claim`);
    const heard = await c.post<CaseSeen>(`/cases/${caseId}/hearing`, words);
    expect(heard.measures.filter(({ inForce }) => inForce)).toEqual([]);
    await effectsDone(c, caseId);
  });

  it('has everything back, is told so, and so is who reported', async () => {
    const world = given();
    const { wallet } = player(world, 'hounder');
    const outcome = await until(async () => {
      const { standing, items } = await wallet.readInbox(commonsAt(2));
      return standing === 'good' ? items.find((one) => one.kind === 'appeal-outcome') : undefined;
    }, 'the outcome');
    expect(outcome.body).toContain('Six messages are no reason for a bar.');
    for (const slot of [1, 2, 3]) {
      const back = { forum: 'commons', browser: createBrowser() } as const;
      await signInAt(doorOf(world, 'commons'), wallet, slot, back.browser);
      const me = await ask<{ handle: string }>(world, back, 'GET', '/me');
      expect(me.handle).toBe(handles[slot - 1]);
      expect(await refusalOf(() => write(world, back, 'Back', 'I will be civil.'))).toBe('let in');
    }
    const { origin } = world.network.roles.desk;
    const { outcome: told } = await (await fetch(`${origin}/receipts/${receipt}`)).json();
    expect(told).toContain('the decision was undone');
  });

  it('was held to account without anybody having his name; the ban has it', async () => {
    const world = given();
    const nobodyHasHisName = (forum: 'commons' | 'commons-of-the-ban') =>
      expectUnnamed(world, 'hounder', forum === 'commons' ? ['commons', 'gateway-commons', 'desk'] : [forum]);
    await nobodyHasHisName('commons');
    await seatUnderTheBan(world, 'hounder');
    await expectBroken(() => nobodyHasHisName('commons-of-the-ban'));
  });
}
