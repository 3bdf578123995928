/** The outbox against platforms that are down, slow, full of errors, or do not take our token any more; and against itself, twice. */

import { TryLater } from '@answerable/connector/call';
import { connect } from '@answerable/connector/connect';
import type { PlatformSettings } from '@answerable/connector/settings';
import { fakeNodebb, nodebbToken } from '@answerable/connector/testing/fake-nodebb';
import { fakePlatform } from '@answerable/connector/testing/fake-platform';
import { isTimedSignature } from '@answerable/connector/webhook-signature';
import { Refusal } from '@answerable/protocol/refusal';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectorMemory } from './connector-memory.ts';
import { performTelling } from './perform-telling.ts';
import type { Telling } from './telling-store.ts';
import { openRoom, type Room } from './testing/room.ts';
import { viewUndone } from './view-undone.ts';

const told = { done: true, could: '' };
let room: Room;
beforeEach(async () => {
  room = await openRoom();
});
afterEach(() => room.close());

const impose = async (sub: string, step: 'suspend' | 'bar' | 'restrict' = 'bar') => {
  const request = room.sanction(sub, step);
  await room.store.impose(request, room.clock.now());
  return request.sanction;
};
const undone = async () => viewUndone(await room.tellings.undone());
/** It goes on as soon as nothing waits any more. */
const patienceMs = 60_000;
const settled = (teller: ReturnType<Room['teller']>, sub: string) => teller.settle([sub], patienceMs);
/** The real connectors, on the room's own memory. */
const through = (settings: PlatformSettings) =>
  performTelling({
    config: { platforms: [{ name: 'forum', clientId: 'forum', connector: settings }] as never },
    clock: room.clock,
    memory: connectorMemory(room.db),
    accountBySub: room.account,
    emailOf: () => undefined,
    signOut: async () => true,
  });

describe('a target that hangs', () => {
  const hanging = (which: string, seen: string[]) => async (telling: Telling) => {
    if (telling.target === which) return new Promise<never>(() => {});
    seen.push(telling.target);
    return told;
  };
  const queued = async () => {
    const [a, b] = [await room.person(1, 'slow'), await room.person(1, 'quick')];
    await impose(a[0]!);
    await impose(b[0]!);
    return { quick: b[0]! };
  };

  it('holds up nobody else', async () => {
    const { quick } = await queued();
    const seen: string[] = [];
    const teller = room.teller(hanging('slow', seen));
    await settled(teller, quick);
    expect(seen).toEqual(['quick', 'quick']);
    expect(await room.acts(quick)).toEqual(['suspend-account done']);
  });

  it('without workers of each target’s own: everybody waits', async () => {
    const { quick } = await queued();
    const seen: string[] = [];
    const rows = () => room.db.selectFrom('telling').selectAll().where('state', '=', 'pending').orderBy('id');
    const inOneRow = (async () => {
      for (const telling of await rows().execute()) await hanging('slow', seen)(telling);
    })();
    await Promise.race([inOneRow, new Promise((resolve) => setTimeout(resolve, 50))]);
    expect(seen).toEqual([]);
    expect(await room.acts(quick)).toEqual(['suspend-account pending']);
  });
});

describe('a webhook that answers 500 for an hour', () => {
  const secret = 'a-secret-of-at-least-thirty-two-characters';
  async function begin() {
    const done: string[] = [];
    const app = new Hono().post('/acts', async (c) => {
      const text = await c.req.text();
      const nowSeconds = Math.floor(Date.now() / 1000);
      expect(isTimedSignature(c.req.header('answerable-signature'), secret, text, nowSeconds)).toBe(true);
      const { act, kind } = JSON.parse(text);
      if (!done.includes(`${act} ${kind}`)) done.push(`${act} ${kind}`);
      return c.json({ done: true, could: '' });
    });
    const fake = await fakePlatform(app, () => true);
    const settings = { kind: 'webhook', name: 'forum', origin: fake.origin, path: '/acts', secret } as const;
    return { fake, settings, done };
  }

  it('is told once it is well, once, and was not asked without end', async () => {
    const { fake, settings, done } = await begin();
    fake.mood = { status: 500 };
    const [sub] = (await room.person()) as [string];
    await impose(sub);
    const teller = room.teller(through(settings));
    for (let minute = 0; minute < 60; minute += 1) {
      await settled(teller, sub);
      room.clock.advance({ minutes: 1 });
    }
    expect(await room.acts(sub)).toEqual(['suspend-account pending']);
    expect(fake.asked.length).toBeLessThan(20);
    expect((await undone()).map(({ state, words }) => [state, words])).toEqual([
      ['waits', expect.stringContaining('asked again by itself')],
    ]);
    fake.mood = 'well';
    room.clock.advance({ minutes: 11 });
    await settled(teller, sub);
    expect(await room.acts(sub)).toEqual(['suspend-account done']);
    expect(done).toHaveLength(1);
    await fake.close();
  });

  it('whoever asks three times and no more never tells it', async () => {
    const { fake, settings, done } = await begin();
    fake.mood = { status: 500 };
    const platform = connect(settings, connectorMemory(room.db));
    const act = { act: 'A'.repeat(22), kind: 'suspend-account', target: 'account/a', notice: '' } as const;
    for (let n = 0; n < 3; n += 1) await platform.act(act).catch(() => {});
    fake.mood = 'well';
    expect(done).toEqual([]);
    await fake.close();
  });
});

describe('a token that was revoked', () => {
  const settingsOf = (origin: string, token: string) =>
    ({ kind: 'nodebb', name: 'forum', origin, token, uid: 1 }) as const;

  it('is said in words, waits as long as it takes, and is taken up with a new one after a start', async () => {
    const fake = await fakeNodebb();
    const [sub] = (await room.person()) as [string];
    await room.db.updateTable('account').set({ handle: 'eve' }).where('sub', '=', sub).execute();
    fake.letIn.set(sub, 5);
    await impose(sub);
    const teller = room.teller(through(settingsOf(fake.origin, 'revoked-token')));
    for (let day = 0; day < 5; day += 1) {
      await settled(teller, sub);
      room.clock.advance({ days: 1 });
    }
    const [said] = await undone();
    expect(said).toMatchObject({ platform: 'forum', handle: 'eve', what: 'suspend-account', state: 'waits' });
    expect(said!.words).toContain('Put a new one into the settings of the gateway and start it again');
    await settled(teller, sub);
    await teller.stop();
    expect(fake.state.user.banned).toBe(false);
    // Started again with what is in the settings now: at once, not when the wait would be over.
    const again = room.teller(through(settingsOf(fake.origin, nodebbToken)));
    await again.resume();
    await settled(again, sub);
    expect(fake.state.user.banned).toBe(true);
    // Who is banned reads there where the reasons are.
    const { body } = fake.asked.find(({ path }) => path.includes('/ban'))!;
    expect(body.reason).toMatch(/Your wallet has the reasons, and takes an appeal\.$/);
    expect(await undone()).toEqual([]);
    expect(fake.changes()).toHaveLength(1);
    await fake.close();
  });

  it('with the old token after the start it waits on', async () => {
    const fake = await fakeNodebb();
    const [sub] = (await room.person()) as [string];
    await impose(sub);
    const teller = room.teller(through(settingsOf(fake.origin, 'revoked-token')));
    await teller.resume();
    await settled(teller, sub);
    expect(await room.acts(sub)).toEqual(['suspend-account pending']);
    expect(fake.state.user.banned).toBe(false);
    await fake.close();
  });
});

describe('what could not be done', () => {
  it('is left to a person after three days, in words; ticked off it is gone', async () => {
    const [sub] = (await room.person()) as [string];
    await impose(sub);
    const teller = room.teller(async ({ way }) => {
      if (way === 'sign-out') return told;
      throw new Refusal('unavailable');
    });
    await settled(teller, sub);
    for (let day = 0; day < 4; day += 1) {
      room.clock.advance({ days: 1 });
      await settled(teller, sub);
    }
    const [said] = await undone();
    expect(said).toMatchObject({ state: 'by-hand', what: 'suspend-account' });
    expect(said!.words).toBe('The platform did not do this. Suspend this account, without deleting it.');
    expect(await room.tellings.tickOff(said!.act)).toBe(true);
    expect(await room.tellings.tickOff(said!.act)).toBe(false);
    expect(await undone()).toEqual([]);
  });

  it('an account that is not found there is looked for a while, then left to a person', async () => {
    const fake = await fakeNodebb();
    const [sub] = (await room.person()) as [string];
    await impose(sub);
    const settings = {
      kind: 'nodebb',
      name: 'forum',
      origin: fake.origin,
      token: nodebbToken,
      uid: 1,
    } as const;
    const teller = room.teller(through(settings));
    await settled(teller, sub);
    expect(await room.acts(sub)).toEqual(['suspend-account pending']);
    room.clock.advance({ minutes: 20 });
    await settled(teller, sub);
    expect((await undone())[0]!.words).toMatch(/^No account there is known to be this one\./);
    expect(fake.changes()).toEqual([]);
    await fake.close();
  });

  it('says nothing of anybody in the journal', async () => {
    const [sub] = (await room.person()) as [string];
    await impose(sub);
    const teller = room.teller(async () => {
      throw new Error(`a bug about ${sub}`);
    });
    await settled(teller, sub);
    expect(room.journal.length).toBeGreaterThan(0);
    expect(room.journal.join('')).not.toContain(sub);
  });
});

describe('order and patience', () => {
  it('a platform that asks for patience gets it', async () => {
    const [sub] = (await room.person()) as [string];
    await impose(sub);
    let asked = 0;
    const teller = room.teller(async ({ way }) => {
      if (way === 'sign-out') return told;
      asked += 1;
      if (asked === 1) throw new TryLater(600);
      return told;
    });
    await settled(teller, sub);
    room.clock.advance({ seconds: 590 });
    await settled(teller, sub);
    expect(asked).toBe(1);
    room.clock.advance({ seconds: 11 });
    await settled(teller, sub);
    expect(await room.acts(sub)).toEqual(['suspend-account done']);
  });

  it('lifted before it was ever told: neither is told', async () => {
    const [sub] = (await room.person()) as [string];
    const id = await impose(sub);
    await room.store.lift(id, room.clock.now());
    expect(await room.acts(sub)).toEqual(['suspend-account dropped']);
  });

  it('lifted after a try whose answer was lost: it is undone, and not done again', async () => {
    const [sub] = (await room.person()) as [string];
    const id = await impose(sub);
    const kinds: unknown[] = [];
    const teller = room.teller(async ({ way, kind }) => {
      if (way === 'sign-out') return told;
      kinds.push(kind);
      if (kinds.length === 1) throw new Refusal('unavailable');
      return told;
    });
    await settled(teller, sub);
    await room.store.lift(id, room.clock.now());
    room.clock.advance({ minutes: 1 });
    await settled(teller, sub);
    expect(kinds).toEqual(['suspend-account', 'restore-account']);
  });

  it('left to a person and not done yet when it is lifted: nobody has to do anything', async () => {
    const [sub] = (await room.person()) as [string];
    const id = await impose(sub);
    const teller = room.teller(async ({ way }) =>
      way === 'sign-out' ? told : { done: false, could: 'By hand.' },
    );
    await settled(teller, sub);
    expect(await undone()).toHaveLength(1);
    await room.store.lift(id, room.clock.now());
    expect(await undone()).toEqual([]);
    expect(await room.acts(sub)).toEqual(['suspend-account dropped']);
  });
});

describe('two gateways on one outbox', () => {
  const persons = 30;
  async function run(over: Parameters<Room['teller']>[1] = {}) {
    const done: string[] = [];
    const perform = async ({ act }: Telling) => {
      done.push(act);
      await new Promise((resolve) => setTimeout(resolve, 2));
      return told;
    };
    const subs: string[] = [];
    for (let n = 0; n < persons; n += 1) subs.push(...(await room.person()));
    for (const sub of subs) await impose(sub);
    const two = [room.teller(perform, over), room.teller(perform, over)];
    await Promise.all(two.map((one) => one.settle(subs, patienceMs)));
    await Promise.all(two.map((one) => one.stop()));
    return done;
  }

  it('tell each thing once', async () => {
    const done = await run();
    expect(done).toHaveLength(2 * persons);
    expect(new Set(done).size).toBe(2 * persons);
    expect(await room.states()).toEqual({ done: 2 * persons });
  });

  it('without the lease they tell things twice', async () => {
    const done = await run({
      lease: async ({ way, target }, _now, max) =>
        room.db
          .selectFrom('telling')
          .selectAll()
          .where('state', '=', 'pending')
          .where('way', '=', way)
          .where('target', '=', target)
          .orderBy('id')
          .limit(max)
          .execute(),
    });
    expect(done.length).toBeGreaterThan(2 * persons);
  });

  it('what one had in hand when it died the other takes after the lease, under the same id', async () => {
    const [sub] = (await room.person()) as [string];
    await impose(sub);
    const acts: string[] = [];
    const dying = room.teller(
      async ({ act, way }) => {
        if (way === 'act') acts.push(act);
        return told;
      },
      {
        finish: () => Promise.reject(new Refusal('unavailable')),
        postpone: () => Promise.reject(new Refusal('unavailable')),
      },
    );
    // It has told, and never comes to note it: nothing settles here.
    await dying.settle([sub], 0);
    await expect.poll(() => acts).toHaveLength(1);
    const other = room.teller(async ({ act, way }) => {
      if (way === 'act') acts.push(act);
      return told;
    });
    await other.settle([sub], 100);
    expect(acts).toHaveLength(1);
    room.clock.advance({ seconds: 31 });
    await other.settle([sub], patienceMs);
    expect(acts).toHaveLength(2);
    expect(new Set(acts).size).toBe(1);
    expect(await room.states()).toEqual({ done: 2 });
  });
});
