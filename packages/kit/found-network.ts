/**
 * The first trust policy where one hand runs every party, as in the practice network and in tests: hold both
 * ceremonies, compose what every party says of itself, have all of them sign, and put the file in place
 * (PROTOCOL §2, §10). Parties check it against their own keys and sign one policy only; so the draft is kept,
 * and an interrupted genesis goes on with the same one. Several hands: `answerable network`.
 */
import { rmSync } from 'node:fs';
import { type PartyIdentity, signPolicyResponse } from '@answerable/protocol/party-identity';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicy,
  trustPolicyFile,
} from '@answerable/protocol/trust-policy';
import { composePolicy, type PolicyPlan } from './compose-policy.ts';
import { readJsonFile, writeJsonFile } from './durable-json.ts';
import { holdCeremony, identityOf, type Operated, step } from './hold-ceremony.ts';
import { verifyGenesis } from './policy-source.ts';

export interface GenesisParties {
  registrar: Operated;
  logbook: Pick<Operated, 'origin'>;
  keepers: readonly Operated[];
  guardians: readonly Operated[];
  gateways: readonly Operated[];
  authorities: readonly Operated[];
}

export interface GenesisPlan extends Omit<PolicyPlan, 'issuerKeysFrom'> {
  parties: GenesisParties;
  openingThreshold: number;
  tagThreshold: number;
  /** where the signed policy goes; every service reads it there */
  policyPath: string;
}

/** The network's first policy: the one in place, or a new one. Throws Refusal when a party will not. */
export async function foundNetwork(plan: GenesisPlan): Promise<TrustPolicyFile> {
  const present = readJsonFile(plan.policyPath);
  if (present !== undefined) return checked(trustPolicyFile.parse(present));
  const draftPath = `${plan.policyPath}.draft`;
  const kept = readJsonFile(draftPath);
  const policy = kept === undefined ? await agreedPolicy(plan) : trustPolicy.parse(kept);
  if (kept === undefined) writeJsonFile(draftPath, policy);
  // From here on this is the policy of serial 1: whoever has signed it signs no other.
  const file = checked({ policy, signatures: await signaturesOf(plan.parties, policy) });
  writeJsonFile(plan.policyPath, file);
  rmSync(draftPath, { force: true });
  return file;
}

function checked(file: TrustPolicyFile): TrustPolicyFile {
  verifyGenesis(file);
  return file;
}

function signaturesOf(parties: GenesisParties, policy: TrustPolicy): Promise<TrustPolicyFile['signatures']> {
  const { registrar, guardians, keepers, gateways, authorities } = parties;
  const all = [registrar, ...guardians, ...keepers, ...gateways, ...authorities];
  return Promise.all(all.map((party) => step(party, 'sign-policy', { policy }, signPolicyResponse)));
}

/** Holds the ceremonies that are still to be held, and asks everybody who they are. */
async function agreedPolicy(plan: GenesisPlan): Promise<TrustPolicy> {
  const { parties, network } = plan;
  const { guardians, keepers, gateways, authorities } = parties;
  await holdCeremony({ role: 'opening', network, threshold: plan.openingThreshold, participants: guardians });
  await holdCeremony({ role: 'tag', network, threshold: plan.tagThreshold, participants: keepers });
  const all = (list: readonly Pick<Operated, 'origin'>[]) => Promise.all(list.map(identityOf));
  const [registrar, logbook] = (await all([parties.registrar, parties.logbook])) as [
    PartyIdentity,
    PartyIdentity,
  ];
  const issuerKeysFrom = Math.floor(Date.now() / 1000 / plan.epochSeconds);
  return composePolicy(
    { ...plan, issuerKeysFrom },
    {
      registrar,
      logbook,
      keepers: await all(keepers),
      guardians: await all(guardians),
      gateways: await all(gateways),
      authorities: await all(authorities),
    },
  );
}
