/**
 * For whom a policy holds: everybody, or those who are in the United Kingdom, and the written table of how that
 * is decided. Under the Online Safety Act 2023 a United Kingdom user is somebody who is in the United Kingdom,
 * registered or not (s.227); where a passport is from, or which language somebody speaks, is not the question.
 * So a sign is only ever a sign, and this table says in public which ones count for what. Pure data and one rule.
 * Assumes: a platform tells what it knows by its own means; nobody here looks up an address.
 */
import { z } from 'zod';

export const signs = [
  'residence',
  'account-country',
  'payment-country',
  'phone-country',
  'address-range',
  'sign-up-language',
] as const;
export type Sign = (typeof signs)[number];
export const regions = ['uk', 'elsewhere'] as const;
export type Region = (typeof regions)[number];

/** What is known of one visitor: a sign that says nothing is left out. */
export const signsSeen = z.partialRecord(z.enum(signs), z.enum(regions));
export type SignsSeen = z.infer<typeof signsSeen>;

/** One sign that says "uk" is enough where it counts alone; of those that count together it takes two. */
export const ukTable = z
  .strictObject({
    where: z.literal('uk'),
    /** Which edition of the rows below: a new meaning gets a new name, so that old policies keep theirs. */
    table: z.literal('uk-2026-11'),
    signs: z
      .array(z.strictObject({ sign: z.enum(signs), counts: z.enum(['alone', 'together']) }))
      .min(1)
      .max(signs.length),
    /** Where no sign says anything. */
    otherwise: z.enum(regions),
  })
  .refine((table) => new Set(table.signs.map(({ sign }) => sign)).size === table.signs.length, {
    path: ['signs'],
    message: 'each sign once',
  })
  .refine(
    (table) => !table.signs.some(({ sign, counts }) => sign === 'sign-up-language' && counts === 'alone'),
    { path: ['signs'], message: 'a language alone says nothing of where somebody is' },
  );
export type UkTable = z.infer<typeof ukTable>;
export const forWhom = z.union([z.literal('everybody'), ukTable]);
export type ForWhom = z.infer<typeof forWhom>;

interface Row {
  /** As a sentence of a table that people read. */
  looksAt: string;
  saysUk: string;
  whoKnows: 'the gateway' | 'the platform';
  limit: string;
}

export const ukRows: Readonly<Record<Sign, Row>> = {
  residence: {
    looksAt: 'where the wallet says that somebody lives',
    saysUk: 'the credential says: lives in the United Kingdom',
    whoKnows: 'the gateway',
    limit:
      'It says where somebody lives, not where they are today. Visitors to the country are not found by it.',
  },
  'account-country': {
    looksAt: 'the country that the account names',
    saysUk: 'the account says England, Scotland, Wales, Northern Ireland or the United Kingdom',
    whoKnows: 'the platform',
    limit: 'People can write what they like, and seldom change it when they move.',
  },
  'payment-country': {
    looksAt: 'the country of a card or bank that paid',
    saysUk: 'it was issued in the United Kingdom',
    whoKnows: 'the platform',
    limit: 'Only where something is paid for. People keep cards of countries that they have left.',
  },
  'phone-country': {
    looksAt: 'the country code of a phone number',
    saysUk: 'the number begins with +44 and is not of the Channel Islands or the Isle of Man',
    whoKnows: 'the platform',
    limit: 'Only where a number is asked for. Numbers travel with people.',
  },
  'address-range': {
    looksAt: 'the network address, in the platform’s own list of address ranges',
    saysUk: 'the list has the address in the United Kingdom',
    whoKnows: 'the platform',
    limit: 'A VPN shows another country. Such lists are sometimes wrong, on mobile networks more often.',
  },
  'sign-up-language': {
    looksAt: 'the language chosen at sign-up',
    saysUk: 'British English, Welsh or Scottish Gaelic was chosen',
    whoKnows: 'the platform',
    limit: 'Languages are spoken everywhere. It never counts alone.',
  },
};

export const ukLimit =
  'Somebody who uses a VPN seems to be where the VPN is. The table cannot see through that and does not try; a ' +
  'platform that serves people in the United Kingdom must not send them to a VPN to get round it.';

/** What the table makes of what is known of one visitor. */
export function regionOf(table: UkTable, seen: SignsSeen): Region {
  const said = table.signs.flatMap(({ sign, counts }) => {
    const region = seen[sign];
    return region === undefined ? [] : [{ region, counts }];
  });
  const uk = said.filter(({ region }) => region === 'uk');
  if (uk.some(({ counts }) => counts === 'alone') || uk.length >= 2) return 'uk';
  // A sign that counts only together decides nothing by itself, neither way.
  const elsewhere = said.some(({ region, counts }) => region === 'elsewhere' && counts === 'alone');
  return elsewhere ? 'elsewhere' : table.otherwise;
}
