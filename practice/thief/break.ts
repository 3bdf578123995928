/**
 * Beyond joining rows: the thief knows the protocol and has every key of those he robbed. He tries each stolen
 * number as a key against every pseudonym, every escrow, every tag and every sealed identity, and hashes the
 * whole list of names in the hope that somebody stored a plain hash. What a try finds becomes a claim.
 */
import { createHash, createHmac } from 'node:crypto';
import { fromBase64url, toHex } from '@answerable/core/bytes';
import { decodeG1, decodeScalar, encodeG1, type G1, mulG1, type Scalar, subG1 } from '@answerable/core/curve';
import { inspectIdentity, verifySealedIdentity } from '@answerable/core/escrow/sealed-identity';
import { originPoint } from '@answerable/core/nym/pseudonym';
import type { ListedPerson } from './names.ts';

/** Curve tries on names cost a fifth of a millisecond each; this is how long he has. */
const tagSecondsMax = 3;
const secretBytes = 32;

export interface StolenAdmission {
  forum: string;
  account: string;
  /** All base64url: P, and E0 and E1 of its escrow. */
  pseudonym: string;
  E0: string;
  E1: string;
  /** context_id of the pseudonym. */
  scope: Uint8Array;
}
export interface StolenRecord {
  record: string;
  recordPoint: string;
  entropy: string;
  sealed: string;
  tags: string[];
}

export interface Break {
  named: { record: string; name: string }[];
  records: { forum: string; account: string; record: string }[];
  linked: { one: string; other: string }[];
  tries: number;
  namesTriedOnTags: number;
}

export interface BreakInput {
  admissions: readonly StolenAdmission[];
  records: readonly StolenRecord[];
  /** Every 32-byte string found in keys and tables. */
  numbers: readonly Uint8Array[];
  openingKey: Uint8Array;
  list: readonly ListedPerson[];
  /** The tag's input for one listed person, as the registrar's public source makes it: a point of G1. */
  tagInput: (person: ListedPerson) => G1;
}

export function breakOpen(input: BreakInput): Break {
  const result: Break = { named: [], records: [], linked: [], tries: 0, namesTriedOnTags: 0 };
  const keys = input.numbers.flatMap(asScalar);
  escrowsUnder(keys, input, result);
  pseudonymsUnder(keys, input, result);
  identitiesUnder(input, result);
  namesUnder(keys, input, result);
  return result;
}

function escrowsUnder(keys: readonly Scalar[], { admissions, records }: BreakInput, result: Break): void {
  const owners = new Map(records.map(({ record, recordPoint }) => [recordPoint, record]));
  for (const { forum, account, E0, E1 } of admissions) {
    const [e0, e1] = [decodeG1(fromBase64url(E0)), decodeG1(fromBase64url(E1))];
    for (const key of keys) {
      result.tries += 1;
      const record = owners.get(text(subG1(e1, mulG1(e0, key))));
      if (record !== undefined) result.records.push({ forum, account, record });
    }
  }
}

function pseudonymsUnder(keys: readonly Scalar[], { admissions }: BreakInput, result: Break): void {
  const byKey = new Map<number, string>();
  for (const { account, pseudonym, scope } of admissions) {
    const OP = originPoint(scope);
    keys.forEach((key, at) => {
      result.tries += 1;
      if (text(mulG1(OP, key)) !== pseudonym) return;
      const other = byKey.get(at);
      if (other !== undefined && other !== account) result.linked.push({ one: other, other: account });
      byKey.set(at, account);
    });
  }
}

function identitiesUnder({ records, numbers, openingKey }: BreakInput, result: Break): void {
  for (const { record, recordPoint, sealed } of records) {
    const identity = verifySealedIdentity(openingKey, fromBase64url(recordPoint), fromBase64url(sealed));
    for (const number of numbers) {
      result.tries += 1;
      try {
        const plain = new TextDecoder().decode(inspectIdentity(identity, number));
        result.named.push({ record, name: plain });
      } catch {
        // this was not the key
      }
    }
  }
}

/** k⁻¹·tag for every stolen k would be the name's point; and a plain or keyed hash would be in the tables. */
function namesUnder(keys: readonly Scalar[], input: BreakInput, result: Break): void {
  const wanted = new Map<string, string>();
  for (const { record, tags } of input.records) for (const tag of tags) wanted.set(tag, record);
  const hashes = new Map(input.numbers.map((number) => [toHex(number), true]));
  const macKeys = input.numbers.slice(0, 3);
  for (const person of input.list) {
    for (const spelling of [person.name, person.name.toLowerCase(), `${person.name}|${person.birthDate}`]) {
      const tries = [
        createHash('sha256').update(spelling).digest('hex'),
        ...macKeys.map((key) => createHmac('sha256', key).update(spelling).digest('hex')),
      ];
      result.tries += tries.length;
      for (const hash of tries) if (hashes.has(hash)) result.named.push({ record: hash, name: person.name });
    }
  }
  const until = Date.now() + tagSecondsMax * 1000;
  for (const person of input.list) {
    if (Date.now() > until) break;
    const point = input.tagInput(person);
    result.namesTriedOnTags += 1;
    for (const candidate of [point, ...keys.slice(0, 8).map((key) => mulG1(point, key))]) {
      result.tries += 1;
      const record = wanted.get(text(candidate));
      if (record !== undefined) result.named.push({ record, name: person.name });
    }
  }
}

const text = (point: G1): string => Buffer.from(encodeG1(point)).toString('base64url');

function asScalar(number: Uint8Array): Scalar[] {
  if (number.length !== secretBytes) return [];
  try {
    return [decodeScalar(number, 'number')];
  } catch {
    return [];
  }
}
