/** Sanctions in time: begun when they are due, over on their day, lifted to exactly what was before; each once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoom, type Room } from './testing/room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.close());

const inDays = (n: number) => new Date(room.clock.now().getTime() + n * 86_400_000);
const day = (n: number) => inDays(n).toISOString().slice(0, 10);
const impose = (...of: Parameters<Room['sanction']>) => {
  const request = room.sanction(...of);
  return room.store.impose(request, room.clock.now()).then(() => request.sanction);
};
const lift = (id: string) => room.store.lift(id, room.clock.now());
const look = () => room.store.look(room.clock.now());
/** As a teller does who finds every platform well. */
const tellAll = () => room.db.updateTable('telling').set({ state: 'done', attempts: 1 }).execute();
const signOuts = async (sub: string) =>
  (
    await room.db
      .selectFrom('telling')
      .select('id')
      .where('sub', '=', sub)
      .where('way', '=', 'sign-out')
      .execute()
  ).length;
const inbox = async (sub: string) =>
  (await room.db.selectFrom('inbox').select('item').where('sub', '=', sub).execute()).map(
    ({ item }) => item.title,
  );
const one = async () => (await room.person())[0]!;

it('under the number of another one is refused, and holds nobody; asked again, it is the same', async () => {
  const [sub, other] = [await one(), await one()];
  const request = room.sanction(sub, 'bar', {});
  await room.store.impose(request, room.clock.now());
  await room.store.impose(request, room.clock.now());
  const taken = { ...request, sub: other };
  await expect(room.store.impose(taken, room.clock.now())).rejects.toMatchObject({ code: 'key_taken' });
  expect(await room.acts(other)).toEqual([]);
  expect(await room.acts(sub)).toEqual(['suspend-account pending']);
});

describe('a sanction that begins later', () => {
  it('changes nothing before, and begins once though two gateways look', async () => {
    const sub = await one();
    const id = await impose(sub, 'suspend', { from: inDays(1).toISOString(), until: day(5) });
    await look();
    expect(await room.acts(sub)).toEqual([]);
    expect((await room.store.row(id))?.phase).toBe('scheduled');
    room.clock.advance({ days: 1, seconds: 1 });
    await Promise.all([look(), look(), look()]);
    expect(await room.acts(sub)).toEqual(['suspend-account pending']);
    expect(await signOuts(sub)).toBe(1);
  });

  it('never begins if it is lifted before', async () => {
    const sub = await one();
    await lift(await impose(sub, 'bar', { from: day(2) }));
    room.clock.advance({ days: 3 });
    await look();
    expect(await room.acts(sub)).toEqual([]);
    expect(await signOuts(sub)).toBe(0);
  });

  it('of the past begins at once', async () => {
    const sub = await one();
    await impose(sub, 'bar', { from: day(-3) });
    expect(await room.acts(sub)).toEqual(['suspend-account pending']);
  });
});

describe('a sanction that ends', () => {
  it('restores the account there and tells the holder, once', async () => {
    const sub = await one();
    await impose(sub, 'suspend', { until: day(3) });
    await tellAll();
    room.clock.advance({ days: 2 });
    await look();
    expect(await inbox(sub)).toEqual([]);
    room.clock.advance({ days: 1 });
    await Promise.all([look(), look()]);
    await look();
    expect(await room.acts(sub)).toEqual(['suspend-account done', 'restore-account pending']);
    expect(await inbox(sub)).toEqual(['Your suspension has ended']);
  });

  it('does nothing and says nothing while another one holds', async () => {
    const sub = await one();
    await impose(sub, 'suspend', { until: day(3) });
    const bar = await impose(sub, 'bar');
    await tellAll();
    room.clock.advance({ days: 4 });
    await look();
    expect(await room.acts(sub)).toEqual(['suspend-account done']);
    expect(await inbox(sub)).toEqual([]);
    await lift(bar);
    expect(await room.acts(sub)).toEqual(['suspend-account done', 'restore-account pending']);
  });

  it('of one account leaves the person’s others as they were', async () => {
    const [first, second] = (await room.person(2)) as [string, string];
    await impose(first, 'suspend', { until: day(3), holds: 'account' });
    expect(await room.acts(second)).toEqual([]);
    expect(await signOuts(second)).toBe(0);
  });

  it('with a restriction beneath it: the account is open again and still restricted', async () => {
    const sub = await one();
    await impose(sub, 'restrict', { until: day(20) });
    await impose(sub, 'suspend', { until: day(3) });
    await tellAll();
    room.clock.advance({ days: 4 });
    await look();
    expect(await room.acts(sub)).toEqual([
      'restrict-account done',
      'suspend-account done',
      'restore-account pending',
    ]);
    room.clock.advance({ days: 20 });
    await look();
    expect((await room.acts(sub)).at(-1)).toBe('end-restriction pending');
  });
});

describe('one that is lifted', () => {
  it('gives back the earlier position, in whatever order two are lifted', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const sub = await one();
      const both = [await impose(sub, 'suspend', { until: day(9) }), await impose(sub, 'bar')];
      await tellAll();
      await lift(both[order[0]!]!);
      expect(await room.acts(sub)).toEqual(['suspend-account done']);
      await lift(both[order[1]!]!);
      expect(await room.acts(sub)).toEqual(['suspend-account done', 'restore-account pending']);
    }
  });

  it('is lifted once, and cannot be brought back by saying it again', async () => {
    const sub = await one();
    const request = room.sanction(sub, 'bar');
    await room.store.impose(request, room.clock.now());
    await tellAll();
    await Promise.all(Array.from({ length: 5 }, () => lift(request.sanction)));
    await room.store.impose(request, room.clock.now());
    expect(await room.acts(sub)).toEqual(['suspend-account done', 'restore-account pending']);
    expect(await signOuts(sub)).toBe(1);
  });

  it('nobody has heard of is refused', async () => {
    await expect(lift('A'.repeat(22))).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('twenty times the same at once is one', async () => {
  const subs = await room.person(3);
  const request = room.sanction(subs[0]!, 'bar');
  const said = await Promise.all(
    Array.from({ length: 20 }, () => room.store.impose(request, room.clock.now())),
  );
  for (const accounts of said) expect(accounts).toEqual(subs);
  for (const sub of subs) {
    expect(await room.acts(sub)).toEqual(['suspend-account pending']);
    expect(await signOuts(sub)).toBe(1);
  }
});

it('is refused for an account that is not there', async () => {
  await expect(impose('z'.repeat(52), 'bar')).rejects.toMatchObject({ code: 'account_unknown' });
});
