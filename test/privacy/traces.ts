/**
 * What to look for in the cupboards: everything that says who somebody is, or that two things are one person's,
 * taken from the wallets and from the identity provider's people, who know the truth.
 */
import { fromBase64url, toBase64url, toHex } from '@answerable/core/bytes';
import { encodeG1 } from '@answerable/core/curve';
import { calculatePseudonym } from '@answerable/core/nym/pseudonym';
import { deriveAccount } from '@answerable/core/presentation/account';
import {
  type Credential,
  decodeCredential,
  nymSecret,
  nymSecretOctets,
  recordKeyOf,
} from '@answerable/core/presentation/credential';
import { withConnection } from '@answerable/kit/database';
import { type Person, people } from '@answerable/practice-identity-provider/people';
import type { Player } from '@answerable/practice-story/cast';
import type { World } from '@answerable/practice-story/world';
import { scopeId } from '@answerable/protocol/scope';

export const kinds = [
  'words',
  'wallet secrets',
  'entropy',
  'record keys',
  'pseudonyms at Commons',
  'pseudonyms at Lantern',
  'account keys at Commons',
  'account keys at Lantern',
  'subs at Commons',
  'subs at Lantern',
  'handles at Commons',
  'handles at Lantern',
] as const;
export type Kind = (typeof kinds)[number];
export type Trace = string | Uint8Array;
export type Traces = Record<Kind, Trace[]>;

/** Somewhere to look: everything as text, and everything packed as octets in latin1. */
export interface Searched {
  text: string;
  octets: string;
}

/** Whether a trace stands somewhere: as it is, as base64url, as hex, or packed in something longer. */
export function holds({ text, octets }: Searched, trace: Trace): boolean {
  if (typeof trace === 'string') return text.includes(trace) || octets.includes(trace);
  const forms = [toBase64url(trace), toHex(trace), Buffer.from(trace).toString('base64')];
  return forms.some((form) => text.includes(form)) || octets.includes(Buffer.from(trace).toString('latin1'));
}

/** Who of these practice people stands somewhere, by name, birth date, document or address. */
export function namedIn(place: Searched, among: readonly string[]): string[] {
  return among.filter((id) => {
    const person = people.find((one) => one.id === id)!;
    return tracesOf(person).some((trace) => holds(place, trace));
  });
}

/** Which kinds of trace stand somewhere. */
export const kindsIn = (place: Searched, traces: Traces): Kind[] =>
  kinds.filter((kind) => traces[kind].some((trace) => holds(place, trace)));

const documentsOf = ({ passport, secondDocument }: Person): string[] =>
  [passport, secondDocument.passport, secondDocument.drivingPermit].flatMap((one) => {
    if (!one) return [];
    return 'documentNumber' in one ? [one.documentNumber] : [one.personalNumber];
  });

function tracesOf(person: Person): string[] {
  const { givenName, familyName, birthDate, address } = person;
  return [
    familyName,
    familyName.toUpperCase(),
    `${givenName} ${familyName}`.toLowerCase(),
    birthDate,
    address.streetName,
    `${address.addressLocality} ${address.postalCode}`,
    ...documentsOf(person),
  ];
}

/** Every kind of trace that these people left, from their own devices. */
export async function tracesLeft(world: World, players: readonly Player[]): Promise<Traces> {
  const traces = Object.fromEntries(kinds.map((kind) => [kind, [] as Trace[]])) as Traces;
  for (const who of players) await addTracesOf(world, who, traces);
  return traces;
}

async function addTracesOf(world: World, who: Player, traces: Traces): Promise<void> {
  const state = await who.device.load();
  if (!state?.holding) return;
  const credential = decodeCredential(fromBase64url(state.holding.credential));
  if (who.words.length > 0) traces.words.push(...[' ', '-', ', ', '","'].map((by) => who.words.join(by)));
  traces['wallet secrets'].push(credential.secret, credential.blind, nymSecretOctets(credential));
  if (state.holding.recall) traces['wallet secrets'].push(fromBase64url(state.holding.recall.seed));
  traces.entropy.push(credential.entropy);
  traces['record keys'].push(recordKeyOf(credential));
  for (const { forum, slot, handle, id } of who.seats) {
    if (forum !== 'commons' && forum !== 'lantern') continue;
    const at = forum === 'commons' ? 'Commons' : 'Lantern';
    const scope = scopeOf(world, forum);
    const account = deriveAccount(credential, scope, slot);
    traces['wallet secrets'].push(account.secretKey, account.noticeKey);
    traces[`pseudonyms at ${at}`].push(pseudonymOf(credential, scope));
    traces[`account keys at ${at}`].push(account.publicKey);
    traces[`subs at ${at}`].push(await subOf(world, forum, id));
    traces[`handles at ${at}`].push(handle);
  }
}

const scopeOf = ({ network }: World, forum: 'commons' | 'lantern'): Uint8Array =>
  scopeId({
    protocol: 'openid',
    kind: 'platform',
    origin: network.roles[`gateway-${forum}`].origin,
    platform: forum,
  });

const pseudonymOf = (credential: Credential, scope: Uint8Array): Uint8Array =>
  encodeG1(calculatePseudonym(scope, [nymSecret(credential)]));

async function subOf({ network }: World, forum: 'commons' | 'lantern', id: string): Promise<string> {
  const [row] = await withConnection(network.roles[forum].databaseUrl!, (run) =>
    run('select subject from account where id = $1', [id]),
  );
  return String(row?.subject);
}
