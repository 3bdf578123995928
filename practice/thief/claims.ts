/**
 * What the thief says after reading his loot: this account is that name, these two accounts are one person,
 * this account belongs to that record. Whether he is right is for somebody else to judge, who knows the truth.
 */
import { type NameFinder, nameFinder } from './find-names.ts';
import { knots, type Piece } from './join.ts';
import type { Loot, Row } from './loot.ts';
import type { ListedPerson } from './names.ts';
import { read } from './read.ts';

/** A knot larger than this ties everybody to everybody and says nothing. */
const accountsInKnotMax = 12;

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
    ...loot.rows.map((row) => ({
      is: sight(row, finder, treasure),
      place: `${row.owner}/${row.table}`,
      value: row.value,
    })),
    ...loot.journals.flatMap(({ owner, text }) =>
      text.split('\n').map((line) => ({
        is: { accounts: [], records: [], names: finder.in(line) },
        place: `${owner}/journal`,
        value: line,
      })),
    ),
  ];
  const claims: Claims = { named: [], linked: [], records: [] };
  for (const { members } of knots(pieces, known)) claimFrom(members, claims);
  joinByName(claims);
  return claims;
}

/** Two accounts with one name are one person: the thief needs no more than that. */
function joinByName({ named, linked }: Claims): void {
  for (const [at, one] of named.entries())
    for (const other of named.slice(at + 1))
      if (one.name === other.name && one.forum !== other.forum)
        linked.push({ one: accountOf(one), other: accountOf(other) });
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

function claimFrom(members: readonly Sighting[], claims: Claims): void {
  const accounts = members.flatMap((member) => member.accounts);
  if (accounts.length === 0 || accounts.length > accountsInKnotMax) return;
  const names = new Set(members.flatMap((member) => member.names));
  const records = new Set(members.flatMap((member) => member.records));
  for (const account of accounts) {
    for (const name of names) claims.named.push({ ...account, name });
    for (const record of records) claims.records.push({ ...account, record });
  }
  for (const [at, one] of accounts.entries())
    for (const other of accounts.slice(at + 1))
      if (one.forum !== other.forum) claims.linked.push({ one, other });
}
