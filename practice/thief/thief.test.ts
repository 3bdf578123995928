/** The thief's tools, each on loot made for it. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimsFrom } from './claims.ts';
import { nameFinder } from './find-names.ts';
import type { Loot } from './loot.ts';
import { listOfNames } from './names.ts';

const real = [
  { name: 'Mia Example', birthDate: '1990-02-03' },
  { name: 'Noah Sample', birthDate: '1985-05-06' },
];
const treasure = {
  accounts: [
    { owner: 'one', table: 'account', column: 'id' },
    { owner: 'two', table: 'account', column: 'id' },
  ],
  records: [{ owner: 'registrar', table: 'record', column: 'id' }],
};
const random = (n: number) => createHash('sha256').update(String(n)).digest('base64url');

function lootOf(rows: [string, string, object][]): Loot {
  return { rows: rows.map(([owner, table, value]) => ({ owner, table, value })), secrets: [], journals: [] };
}

describe('the list', () => {
  it('holds 100,000 people and every real one among them', () => {
    const list = listOfNames(real);
    expect(list.length).toBeGreaterThanOrEqual(100_000);
    for (const person of real) expect(list.some((p) => p.name === person.name)).toBe(true);
  });

  it('finds a name in either order inside other text', () => {
    const finder = nameFinder(real);
    expect(finder.in('EXAMPLE, Mia; born long ago')).toEqual(['Mia Example']);
    expect(finder.in('mia and an example')).toEqual([]);
  });
});

describe('joining', () => {
  it('names an account whose row holds the name', () => {
    const loot = lootOf([['one', 'account', { id: 'a1', legal_name: 'Mia Example' }]]);
    expect(claimsFrom(loot, real, treasure, new Set()).named).toEqual([
      { forum: 'one', account: 'a1', name: 'Mia Example' },
    ]);
  });

  it('links two forums that hold the same name', () => {
    const loot = lootOf([
      ['one', 'account', { id: 'a1', legal_name: 'Mia Example' }],
      ['two', 'account', { id: 'b1', realName: 'Mia Example' }],
      ['two', 'account', { id: 'b2', realName: 'Noah Sample' }],
    ]);
    expect(claimsFrom(loot, real, treasure, new Set()).linked).toEqual([
      { one: { forum: 'one', account: 'a1' }, other: { forum: 'two', account: 'b1' } },
    ]);
  });

  it('links two forums by a value that both hold, also inside a longer one', () => {
    const inner = Buffer.from(random(1), 'base64url');
    const longer = Buffer.concat([Buffer.from([1, 2, 3]), inner]).toString('base64url');
    const loot = lootOf([
      ['one', 'account', { id: 'a1', key: random(1) }],
      ['two', 'account', { id: 'b1', blob: longer }],
      ['two', 'account', { id: 'b2', blob: random(9) }],
    ]);
    expect(claimsFrom(loot, real, treasure, new Set()).linked).toEqual([
      { one: { forum: 'one', account: 'a1' }, other: { forum: 'two', account: 'b1' } },
    ]);
  });

  it('follows a chain through a third store to a record', () => {
    const loot = lootOf([
      ['one', 'account', { id: 'a1', key: random(1) }],
      ['gateway', 'admission', { key: random(1), point: random(2) }],
      ['registrar', 'record', { id: 'r1', point: random(2) }],
    ]);
    expect(claimsFrom(loot, real, treasure, new Set()).records).toEqual([
      { forum: 'one', account: 'a1', record: 'r1' },
    ]);
  });

  it('takes a value that every row has for a constant', () => {
    const rows: [string, string, object][] = Array.from({ length: 12 }, (_, i) => [
      i % 2 ? 'one' : 'two',
      'account',
      { id: `x${i}`, policy: random(5), own: random(100 + i) },
    ]);
    expect(claimsFrom(lootOf(rows), real, treasure, new Set()).linked).toEqual([]);
  });

  it('finds one link among many people who all share the constants of a protocol', () => {
    const rows: [string, string, object][] = Array.from({ length: 20 }, (_, i) => [
      i % 2 ? 'one' : 'two',
      'account',
      { id: `account-number-${i}`, policy: random(5), word: 'authorization_code', own: random(100 + i) },
    ]);
    rows.push(['desk', 'note', { seen: 'account-number-3', also: random(104) }]);
    expect(claimsFrom(lootOf(rows), real, treasure, new Set()).linked).toEqual([
      {
        one: { forum: 'one', account: 'account-number-3' },
        other: { forum: 'two', account: 'account-number-4' },
      },
    ]);
  });

  it('takes the accounts of one person at one forum together, where the gateway does', () => {
    const shared = random(7);
    const loot = lootOf(
      (['one', 'two'] as const).flatMap((forum) =>
        [1, 2].flatMap((n): [string, string, object][] => [
          [forum, 'account', { id: `${forum}-${n}`, subject: `subject-${n}-at-${forum}` }],
          [`gateway-${forum}`, 'account', { sub: `subject-${n}-at-${forum}`, person: forum, key: shared }],
        ]),
      ),
    );
    const persons = ['one', 'two'].map((forum) => ({
      owner: `gateway-${forum}`,
      table: 'account',
      column: 'person',
      account: 'sub',
      forum,
    }));
    expect(claimsFrom(loot, real, treasure, new Set()).linked).toEqual([]);
    expect(claimsFrom(loot, real, { ...treasure, persons }, new Set()).linked).toHaveLength(4);
  });
});
