/**
 * Asks every party of a plan who it is, and composes the first trust policy from the answers. Each organisation
 * does this itself, so nobody takes a draft from anybody. An answer that is not what was agreed is named.
 */

import { composePolicy, type PartyIdentities } from '@answerable/kit/compose-policy';
import { callJson } from '@answerable/kit/http-client';
import { type PartyIdentity, partyIdentity } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import {
  holdersOf,
  type NetworkPlan,
  type Organisation,
  partyName,
  publisherOf,
  type RoleName,
  thresholdOf,
  witnessQuorumOf,
} from './plan.ts';

const daySeconds = 86_400;
const hourSeconds = 3_600;
const recallBudget = 20;
const recallPerDay = 5;

/** Something that was not agreed. The sentence names who, and is for the person at the machine. */
export class NotAgreed extends Error {}

/** Who speaks in a network: role, organisation, address. The order is that of the policy's signatures. */
export interface Seat {
  role: RoleName;
  of: Organisation;
  name: string;
  origin: string;
}

/** Parties that sign the policy. */
export const signersOf = (plan: NetworkPlan): Seat[] =>
  (['registrar', 'guardian', 'keeper', 'gateway'] as const).flatMap((role) => seatsOf(plan, role));

export const seatsOf = (plan: NetworkPlan, role: RoleName): Seat[] =>
  holdersOf(plan, role).map(({ of, origin }) => ({ role, of, origin, name: partyName(of.name, role) }));

/** Throws NotAgreed: one does not answer, or says something else than was agreed, or speaks with another's key. */
export async function askParties(plan: NetworkPlan): Promise<PartyIdentities> {
  const heard: [Seat, PartyIdentity][] = [];
  const ask = (role: RoleName) =>
    Promise.all(
      seatsOf(plan, role).map(async (seat) => {
        const identity = await identityAt(seat);
        refuseOther(seat, identity);
        heard.push([seat, identity]);
        return identity;
      }),
    );
  const [[registrar], [logbook], keepers, guardians, gateways] = await Promise.all([
    ask('registrar'),
    ask('logbook'),
    ask('keeper'),
    ask('guardian'),
    ask('gateway'),
  ]);
  refuseSharedKeys(heard);
  return { registrar: registrar!, logbook: logbook!, keepers, guardians, gateways, authorities: [] };
}

/** Throws NotAgreed: before the ceremony, or when somebody's share is not of the agreed one. */
export function composeFor(plan: NetworkPlan, effective: string, parties: PartyIdentities): TrustPolicy {
  const releases = parties.guardians.find(
    ({ name }) => name === partyName(publisherOf(plan).name, 'guardian'),
  )?.releases;
  if (!releases)
    throw new NotAgreed(`${publisherOf(plan).title} does not say with which key it publishes the wallet.`);
  for (const [role, holders] of [
    ['opening', parties.guardians],
    ['tag', parties.keepers],
  ] as const)
    for (const { title, share } of holders) {
      if (!share)
        throw new NotAgreed(`The ceremony of the ${role} key is not over: ${title} has no share yet.`);
      if (share.threshold !== thresholdOf(holders.length) || share.verificationKeys.length !== holders.length)
        throw new NotAgreed(`${title} has a share of another ceremony than was agreed.`);
    }
  const { clocks } = plan;
  const epochSeconds = clocks.epochDays * daySeconds;
  try {
    return composePolicy(
      {
        network: plan.name,
        effective,
        epochSeconds,
        graceSeconds: clocks.graceDays * daySeconds,
        evidence: plan.evidence,
        referees: plan.referees,
        wallets: seatsOf(plan, 'wallet').map(({ origin }) => origin),
        releases,
        grounds: plan.grounds.map((ground) => ({ ...ground, authorities: [] })),
        limits: {
          recallBudget,
          recallPerDay,
          resetWaitSeconds: clocks.resetWaitDays * daySeconds,
          hearingSeconds: clocks.hearingDays * daySeconds,
          noticeSeconds: clocks.noticeDays * daySeconds,
          checkpointAgeSeconds: clocks.checkpointHours * hourSeconds,
        },
        witnessQuorum: witnessQuorumOf(plan),
        issuerKeysFrom: Math.floor(Date.parse(effective) / 1000 / epochSeconds),
      },
      parties,
    );
  } catch {
    throw new NotAgreed('What the parties say of themselves does not make a trust policy.');
  }
}

async function identityAt({ origin, of, role }: Seat): Promise<PartyIdentity> {
  try {
    return await callJson(`${origin}/ceremony/identity`, { schema: partyIdentity });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new NotAgreed(
      `The ${role} of ${of.title} does not answer at ${origin}. Is it running, behind TLS?`,
    );
  }
}

function refuseOther({ role, of, name, origin }: Seat, said: PartyIdentity): void {
  const platforms = role === 'gateway' ? of.forums.map((forum) => forum.name) : undefined;
  const same =
    said.name === name &&
    said.title === of.title &&
    said.origin === origin &&
    (platforms === undefined || said.platforms?.toSorted().join() === platforms.toSorted().join()) &&
    (role !== 'guardian' || (said.sealingKey && said.witnessKey)) &&
    (role !== 'keeper' || said.witnessKey) &&
    (role !== 'logbook' || said.logKey) &&
    (role !== 'registrar' || said.issuerKey);
  if (!same)
    throw new NotAgreed(`At ${origin} answers somebody else than the ${role} of ${of.title} as agreed.`);
}

/** One key in two hands is one hand. */
function refuseSharedKeys(heard: readonly [Seat, PartyIdentity][]): void {
  const seen = new Map<string, Seat>();
  for (const [seat, { signingKey, sealingKey, witnessKey }] of heard)
    for (const key of [signingKey, sealingKey, witnessKey?.split('+').at(-1)]) {
      const other = key === undefined ? undefined : seen.get(key);
      if (other)
        throw new NotAgreed(
          `The ${seat.role} of ${seat.of.title} answers with the key of the ${other.role} of ${other.of.title}.`,
        );
      if (key !== undefined) seen.set(key, seat);
    }
}
