import { type Database, openDatabase } from '@answerable/kit/database';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { EMPTY_EDGE, grow, headOf } from '@answerable/log/append/edge';
import { encodeEntry } from '@answerable/log/verify/entry';
import { EMPTY_ROOT } from '@answerable/log/verify/merkle';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LogbookTables, migrations } from './schema.ts';
import { type LogbookStore, logbookStore } from './store.ts';
import { newKey } from './testing/logbook.ts';

const entry = (name: string) => encodeEntry({ v: 1, kind: 'commitment', commitment: name });
const headWith = (entries: Uint8Array[]) => ({ ...headOf(grow(EMPTY_EDGE, entries).edge), appendedAt: 5 });

let place: TestDatabase;
let database: Database<LogbookTables>;
let store: LogbookStore;
beforeEach(async () => {
  place = await testDatabase('logbook_store');
  database = await openDatabase<LogbookTables>({ url: place.url, migrations });
  store = logbookStore(database.db);
});
afterEach(async () => {
  await database.close();
  await place.drop();
});

const waiting = () => store.sequence.withHead((transaction) => transaction.waiting(100));
const append = (entries: Uint8Array[]) =>
  store.sequence.withHead((transaction) => transaction.append(entries, headWith(entries)));

it('begins with the empty tree', async () => {
  const head = await store.sequence.withHead(async (transaction) => transaction.head);
  expect(head).toEqual({ size: 0, root: EMPTY_ROOT, appendedAt: 0 });
});

it('takes a key once, in order, also from twenty at the same instant', async () => {
  const [a, b] = [newKey(), newKey()];
  await store.submit({ key: a, bytes: entry('a') });
  await Promise.all(Array.from({ length: 20 }, () => store.submit({ key: b, bytes: entry('b') })));
  await store.submit({ key: a, bytes: entry('a') });
  expect(await waiting()).toEqual([entry('a'), entry('b')]);
});

it('refuses a key that was used for another entry', async () => {
  const key = newKey();
  await store.submit({ key, bytes: entry('a') });
  await expect(store.submit({ key, bytes: entry('b') })).rejects.toMatchObject({ code: 'key_taken' });
  expect(await waiting()).toEqual([entry('a')]);
});

it('gives a key that follows from an entry to that entry, whoever took it before', async () => {
  const key = newKey();
  await store.submit({ key, bytes: entry('a') });
  for (const _again of [1, 2]) await store.submit({ key, bytes: entry('b'), isOwnKey: true });
  await expect(store.submit({ key, bytes: entry('a') })).rejects.toMatchObject({ code: 'key_taken' });
  await append([entry('a'), entry('b')]);
  expect(await store.placeOf(key)).toBe(1);
});

it('refuses a second policy with one serial, and takes the same one again', async () => {
  const serial = { network: 'uk', serial: 1 };
  await store.submit({ key: newKey(), bytes: entry('a'), serial });
  await store.submit({ key: newKey(), bytes: entry('a'), serial });
  const second = store.submit({ key: newKey(), bytes: entry('b'), serial });
  await expect(second).rejects.toMatchObject({ code: 'policy_mismatch' });
  await store.submit({ key: newKey(), bytes: entry('b'), serial: { network: 'uk', serial: 2 } });
  expect(await waiting()).toHaveLength(2);
});

it('gives indices without gaps, settles what waited, and finds them by key', async () => {
  const key = newKey();
  await store.submit({ key, bytes: entry('b') });
  expect(await store.placeOf(key)).toBeUndefined();
  await append([entry('a'), entry('b')]);
  expect(await store.placeOf(key)).toBe(1);
  expect(await waiting()).toEqual([]);
  const read = await store.sequence.withHead((transaction) => transaction.entries(0, 9));
  expect(read).toEqual([entry('a'), entry('b')]);
});

it('puts the same bytes in once, under however many keys', async () => {
  const [first, second, third] = [newKey(), newKey(), newKey()];
  await store.submit({ key: first, bytes: entry('a') });
  await store.submit({ key: second, bytes: entry('a') });
  await append([entry('a')]);
  await store.submit({ key: third, bytes: entry('a') });
  expect(await waiting()).toEqual([]);
  expect(await Promise.all([first, second, third].map(store.placeOf))).toEqual([0, 0, 0]);
});

it('forgets waiting entries that a restored backup brought back', async () => {
  await append([entry('a')]);
  const [bytes, { leaf }] = [
    Buffer.from(entry('a')),
    await database.db.selectFrom('entry').select('leaf').executeTakeFirstOrThrow(),
  ];
  await database.db.insertInto('waiting').values({ leaf, bytes }).execute();
  expect(await waiting()).toEqual([]);
});

it('leaves everything as it was when the work throws', async () => {
  const failing = store.sequence.withHead(async (transaction) => {
    await transaction.append([entry('a')], headWith([entry('a')]));
    throw new Error('killed');
  });
  await expect(failing).rejects.toThrow('killed');
  const head = await store.sequence.withHead(async (transaction) => transaction.head);
  expect(head.size).toBe(0);
});

it('lets one work at a time hold the head', async () => {
  const sizes = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      store.sequence.withHead(async (transaction) => {
        const { size } = transaction.head;
        const all = [...(await transaction.entries(0, size)), entry(`e${i}`)];
        await transaction.append([entry(`e${i}`)], headWith(all));
        return size;
      }),
    ),
  );
  expect(sizes.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
});

it('belongs to one log key for ever', async () => {
  expect(await store.claimForKey('one')).toBe(true);
  expect(await store.claimForKey('two')).toBe(false);
  expect(await store.claimForKey('one')).toBe(true);
});

it('keeps the newest checkpoint of a size', async () => {
  await store.keepCheckpoint(4, Uint8Array.of(1));
  await store.keepCheckpoint(4, Uint8Array.of(2));
  expect(await store.checkpointAt(4)).toEqual(Uint8Array.of(2));
  expect(await store.checkpointAt(5)).toBeUndefined();
});
