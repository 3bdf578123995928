/**
 * `network propose | agree | publish | follow`: how a network that is founded takes in another gateway or authority,
 * lets one go, or changes witnesses, grounds and limits. A proposal is a file with the whole next text in it; nothing
 * in it is secret, and nobody needs to believe who sent it: each machine compares it with the policy it has.
 * Must never: sign what was not shown here.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '@answerable/kit/clock';
import { readJsonFile, writeJsonFile } from '@answerable/kit/durable-json';
import { type Operated, step } from '@answerable/kit/hold-ceremony';
import { callJson } from '@answerable/kit/http-client';
import { policySource } from '@answerable/kit/policy-source';
import {
  composeSuccessor,
  gatherSuccessor,
  publishSuccessor,
  takeSuccessors,
} from '@answerable/kit/succession';
import { type PartyIdentity, partyIdentity, signPolicyResponse } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { type TrustPolicy, trustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { earliestDay, faultsOfText } from '@answerable/protocol/trust-succession';
import { z } from 'zod';
import { readSettings as readGatewaySettings } from '../gateway-settings.ts';
import { WrongCall } from '../wrong-call.ts';
import { NotAgreed } from './ask-parties.ts';
import { openHome, readSettings } from './home.ts';
import type { Desk } from './sign.ts';
import { successionInWords } from './succession-in-words.ts';

const originShape = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/;
const msPerDay = 86_400_000;
/** More than the notice, so that there is time to sign. */
const spareDays = 7;
const { grounds, limits, witnesses } = trustPolicy.shape;
const changes = z.strictObject({ grounds, limits, witnesses }).partial();

export interface Proposal {
  policyPath: string;
  /** origins of gateways and authorities that come in or are listed anew */
  add: readonly string[];
  /** names of those that go */
  leave: readonly string[];
  /** a JSON file with `grounds`, `limits` or `witnesses`, each whole */
  changeFile?: string | undefined;
  effective?: string | undefined;
  out: string;
}

/** Writes the next text and says what it changes. Throws NotAgreed with a sentence for each fault. */
export async function propose({
  policyPath,
  add,
  leave,
  changeFile,
  effective,
  out,
}: Proposal): Promise<string> {
  if (existsSync(out)) throw new WrongCall(`${out} is there already; nothing was changed.`);
  const before = newestAt(policyPath);
  const known = [...before.gateways, ...before.authorities].map(({ name }) => name);
  for (const name of leave)
    if (!known.includes(name)) throw new NotAgreed(`No gateway or authority is called ${name}.`);
  const read = changeFile === undefined ? { data: {} } : changes.safeParse(readJsonFile(changeFile));
  if (!read.data)
    throw new NotAgreed(`${changeFile} does not hold grounds, limits or witnesses as a policy has them.`);
  const next = composeSuccessor(before, {
    ...read.data,
    effective: effective ?? inDays(earliestDay(before, Date.now() / 1000), noticed(before) ? spareDays : 0),
    add: await Promise.all(add.map(identityAt)),
    leave,
  });
  requireFollows(before, next);
  writeJsonFile(out, next);
  return successionInWords(before, next);
}

/** Shows it, and signs with what runs here: a guardian of this organisation, or a gateway by its settings. */
export async function agree(
  given: { file: string; data: string; gatewayConfig?: string | undefined },
  desk: Desk,
): Promise<void> {
  const { policyPath, party } = given.gatewayConfig
    ? gatewayHere(given.gatewayConfig)
    : guardianHere(given.data);
  const [before, next] = [newestAt(policyPath), proposalAt(given.file)];
  requireFollows(before, next);
  if (!(await desk.agrees(successionInWords(before, next), trustPolicyHash(next))))
    throw new NotAgreed('Nothing was signed.');
  try {
    await step(party, 'sign-policy', { policy: next }, signPolicyResponse);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new NotAgreed(refusedBecause(error));
  }
  desk.say('Signed here. Anybody of the network can see it, and publish it when enough have.');
}

/** Gathers the signatures; puts it on the record when they suffice, and here. */
export async function publish(
  policyPath: string,
  path: string,
  say: (line: string) => void,
): Promise<boolean> {
  const [before, next] = [newestAt(policyPath), proposalAt(path)];
  requireFollows(before, next);
  const { file, missing } = await gatherSuccessor(before, next);
  if (missing.length > 0) {
    say(
      `Not signed yet: ${missing.join(', ')}${before.opening.threshold > 1 ? ` (of the guardians ${before.opening.threshold} are needed)` : ''}.`,
    );
    return false;
  }
  await publishSuccessor(before, file);
  await takeSuccessors(policyPath);
  say(
    `It is on the record, seen by enough witnesses. It binds from ${next.effective}; every machine that runs fetches it.`,
  );
  return true;
}

/** Fetches what is on the record. */
export async function follow(policyPath: string, say: (line: string) => void): Promise<void> {
  newestAt(policyPath);
  for (const { serial, effective } of await takeSuccessors(policyPath))
    say(`Trust policy ${serial} is here; it binds from ${effective}.`);
}

function newestAt(policyPath: string): TrustPolicy {
  if (!existsSync(policyPath)) throw new NotAgreed(`There is no trust policy at ${policyPath}.`);
  return policySource(policyPath).chain().at(-1)!;
}

function proposalAt(path: string): TrustPolicy {
  const read = trustPolicy.safeParse(readJsonFile(path));
  if (!read.success) throw new NotAgreed(`${path} is no proposal of a trust policy.`);
  return read.data;
}

function requireFollows(before: TrustPolicy, next: TrustPolicy): void {
  const faults = faultsOfText(before, next).map(({ says }) => says);
  const earliest = earliestDay(before, Date.now() / 1000);
  if (next.effective < earliest) faults.push(`It can bind from ${earliest} on at the earliest.`);
  if (faults.length > 0)
    throw new NotAgreed(`This may not follow the policy that is here.\n  ${faults.join('\n  ')}`);
}

async function identityAt(origin: string): Promise<PartyIdentity> {
  const at = origin.replace(/\/$/, '');
  if (!originShape.test(at)) throw new WrongCall('--add: an address, https://…');
  const said = await callJson(`${at}/ceremony/identity`, { schema: partyIdentity }).catch(
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      throw new NotAgreed(`Nobody says at ${at} who they are. Is it running, behind TLS?`);
    },
  );
  const comesIn = said.platforms !== undefined || (said.sealingKey !== undefined && said.share === undefined);
  if (said.origin !== at || !comesIn)
    throw new NotAgreed(`At ${at} is no gateway and no authority of that address.`);
  if (said.platforms?.length === 0) throw new NotAgreed(`The gateway at ${at} has no platform yet.`);
  return said;
}

function guardianHere(data: string): { policyPath: string; party: Operated } {
  const home = openHome(data);
  if (!home.roles.includes('guardian')) throw new NotAgreed('No guardian runs here, and guardians sign.');
  const { host, port, operatorToken } = readSettings(home, 'guardian');
  return {
    policyPath: home.policyPath,
    party: { origin: `http://${host}:${port}`, operatorToken: operatorToken ?? '' },
  };
}

function gatewayHere(path: string): { policyPath: string; party: Operated } {
  const { host, port, operatorToken, policyPath } = readGatewaySettings(path);
  return {
    policyPath: join(path, '..', policyPath),
    party: { origin: `http://${host}:${port}`, operatorToken },
  };
}

const refusedBecause = ({ code }: Refusal): string =>
  ({
    unavailable: 'What should sign here does not answer, or the record does not. Is it running?',
    party_unknown: 'This change needs no signature of what runs here.',
    policy_mismatch:
      'It refuses: the text says something else of it than it says itself, comes too late, or it has signed another one that can still come.',
  })[code as string] ?? 'It refuses to sign.';

const noticed = (before: TrustPolicy) => earliestDay(before, 0) !== '1970-01-01';
const inDays = (day: string, days: number) => dayOf(new Date(Date.parse(day) + days * msPerDay));
