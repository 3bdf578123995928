/**
 * What the thief says after reading his loot: this account is that name, these two accounts are one person,
 * this account belongs to that record. Whether he is right is for somebody else to judge, who knows the truth.
 */
import { type NameFinder, nameFinder } from './find-names.ts';
import { type Piece, reach, type Start } from './join.ts';
import type { Loot, Row } from './loot.ts';
import type { ListedPerson } from './names.ts';
import { read } from './read.ts';

export interface Account {
  forum: string;
  account: string;
}
export interface Claims {
  named: (Account & { name: string })[];
  linked: { one: Account; other: Account }[];
  records: (Account & { record: string })[];
}

/** Where the thief expects accounts and records to be: he knows the tables, the source is public. */
export interface Treasure {
  accounts: { owner: string; table: string; column: string }[];
  records: { owner: string; table: string; column: string }[];
  /** Which accounts of a forum are one person's, as its gateway knows: `column` is one value for them. */
  persons?: { owner: string; table: string; column: string; account: string; forum: string }[];
}

interface Sighting {
  accounts: Account[];
  records: string[];
  names: string[];
}

export function claimsFrom(
  loot: Loot,
  list: readonly ListedPerson[],
  treasure: Treasure,
  known: ReadonlySet<string>,
): Claims {
  const finder = nameFinder(list);
  const pieces: Piece<Sighting>[] = [
    ...loot.rows.map((row) => ({ is: sight(row, finder, treasure), value: row.value })),
    ...loot.journals.flatMap(({ text }) =>
      text.split('\n').map((line) => ({
        is: { accounts: [], records: [], names: finder.in(line) },
        value: line,
      })),
    ),
  ];
  const claims: Claims = { named: [], linked: [], records: [] };
  const starts = startsOf(loot, pieces, treasure);
  for (const [who, members] of reach(pieces, starts, known).entries()) {
    const own = starts[who]!.pieces.flatMap((index) => pieces[index]!.is.accounts);
    claimFrom(
      own,
      [...members].map((index) => pieces[index]!.is),
      claims,
    );
  }
  joinByName(claims);
  return claims;
}

/** Every account and every record; accounts of one person together, as far as a gateway says so. */
function startsOf(loot: Loot, pieces: readonly Piece<Sighting>[], { persons = [] }: Treasure): Start[] {
  const personOf = new Map<string, string>();
  for (const { owner, table, column, account, forum } of persons)
    for (const row of loot.rows.filter((one) => one.owner === owner && one.table === table)) {
      const value = row.value as Record<string, unknown>;
      personOf.set(`${forum} ${String(value[account])}`, String(value[column]));
    }
  const starts = new Map<string, { place: string; pieces: number[] }>();
  loot.rows.forEach(({ owner, value }, index) => {
    for (const record of pieces[index]!.is.records)
      starts.set(`${owner} ${record}`, { place: owner, pieces: [index] });
    for (const { forum, account } of pieces[index]!.is.accounts) {
      const texts = Object.values(value as object).map((one) => personOf.get(`${forum} ${String(one)}`));
      const key = `${forum} ${texts.find(Boolean) ?? account}`;
      const start = starts.get(key);
      if (start) start.pieces.push(index);
      else starts.set(key, { place: forum, pieces: [index] });
    }
  });
  return [...starts.values()];
}

/** Two accounts with one name are one person: the thief needs no more than that. */
function joinByName(claims: Claims): void {
  const { named } = claims;
  for (const [at, one] of named.entries())
    for (const other of named.slice(at + 1))
      if (one.name === other.name && one.forum !== other.forum)
        link(claims, accountOf(one), accountOf(other));
}

const accountOf = ({ forum, account }: Account): Account => ({ forum, account });

function sight(row: Row, finder: NameFinder, treasure: Treasure): Sighting {
  const value = row.value as Record<string, unknown>;
  const pick = (places: Treasure['accounts']) =>
    places
      .filter((place) => place.owner === row.owner && place.table === row.table)
      .map((place) => String(value[place.column]));
  return {
    accounts: pick(treasure.accounts).map((account) => ({ forum: row.owner, account })),
    records: pick(treasure.records),
    names: read(row.value).texts.flatMap((text) => finder.in(text)),
  };
}

function claimFrom(own: readonly Account[], members: readonly Sighting[], claims: Claims): void {
  const names = new Set(members.flatMap((member) => member.names));
  const records = new Set(members.flatMap((member) => member.records));
  const others = members.flatMap((member) => member.accounts);
  for (const one of own) {
    for (const name of names) claims.named.push({ ...one, name });
    for (const record of records) claims.records.push({ ...one, record });
    for (const other of others) if (one.forum !== other.forum) link(claims, one, other);
  }
}

/** A pair once, whichever end he came from. */
function link({ linked }: Claims, one: Account, other: Account): void {
  const same = (a: Account, b: Account) => a.forum === b.forum && a.account === b.account;
  const known = linked.some(
    (pair) =>
      (same(pair.one, one) && same(pair.other, other)) || (same(pair.one, other) && same(pair.other, one)),
  );
  if (!known) linked.push({ one, other });
}
