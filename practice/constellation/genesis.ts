/**
 * The first trust policy of a network: hold both ceremonies, write down what every party says of itself, have
 * all of them sign, and put the file in place (PROTOCOL §2, §10). Parties check it against their own keys and
 * sign one policy only; so the draft is kept, and an interrupted genesis goes on with the same one.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigRefused } from '@answerable/kit/config';
import { verifyGenesis } from '@answerable/kit/policy-source';
import {
  type CeremonyOutcome,
  type PartyIdentity,
  signPolicyResponse,
} from '@answerable/protocol/party-identity';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicy,
  trustPolicyFile,
} from '@answerable/protocol/trust-policy';
import { holdCeremony, identityOf, type Operated, step } from './ceremony.ts';

const issuerKeyEpochsDefault = 12;

export interface GenesisParties {
  registrar: Operated;
  logbook: Pick<Operated, 'origin'>;
  keepers: readonly Operated[];
  guardians: readonly Operated[];
  gateways: readonly Operated[];
  authorities: readonly Operated[];
}

export interface GenesisPlan
  extends Pick<
    TrustPolicy,
    | 'network'
    | 'effective'
    | 'epochSeconds'
    | 'graceSeconds'
    | 'evidence'
    | 'referees'
    | 'wallets'
    | 'releases'
    | 'grounds'
    | 'limits'
  > {
  parties: GenesisParties;
  openingThreshold: number;
  /** for how many epochs each of the registrar's issuer keys signs; default 12 */
  issuerKeyEpochs?: number;
  tagThreshold: number;
  /** how many of guardians and keepers must have seen a checkpoint */
  witnessQuorum: number;
  /** where the signed policy goes; every service reads it there */
  policyPath: string;
}

/** The network's first policy: the one in place, or a new one. Throws Refusal when a party will not. */
export async function foundNetwork(plan: GenesisPlan): Promise<TrustPolicyFile> {
  const present = readJsonFile(plan.policyPath);
  if (present !== undefined) return checked(trustPolicyFile.parse(present));
  const draftPath = `${plan.policyPath}.draft`;
  const kept = readJsonFile(draftPath);
  const policy = kept === undefined ? await composePolicy(plan) : trustPolicy.parse(kept);
  if (kept === undefined) writeDurably(draftPath, policy);
  // From here on this is the policy of serial 1: whoever has signed it signs no other.
  const file = checked({ policy, signatures: await signaturesOf(plan.parties, policy) });
  writeDurably(plan.policyPath, file);
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
async function composePolicy(plan: GenesisPlan): Promise<TrustPolicy> {
  const { parties, network } = plan;
  const opening = await holdCeremony({
    role: 'opening',
    network,
    threshold: plan.openingThreshold,
    participants: parties.guardians,
  });
  const tags = await holdCeremony({
    role: 'tag',
    network,
    threshold: plan.tagThreshold,
    participants: parties.keepers,
  });
  const all = (list: readonly Pick<Operated, 'origin'>[]) => Promise.all(list.map(identityOf));
  const [guardians, keepers, gateways, authorities] = await Promise.all([
    all(parties.guardians),
    all(parties.keepers),
    all(parties.gateways),
    all(parties.authorities),
  ]);
  const [registrar, logbook] = (await all([parties.registrar, parties.logbook])) as [
    PartyIdentity,
    PartyIdentity,
  ];
  return trustPolicy.parse({
    v: 1,
    network,
    serial: 1,
    previous: null,
    effective: plan.effective,
    schema: 'answerable-person-1',
    epochSeconds: plan.epochSeconds,
    graceSeconds: plan.graceSeconds,
    registrar: { ...factsOf(registrar), ...issuersOf(registrar, plan) },
    evidence: plan.evidence,
    referees: plan.referees,
    opening: {
      ...keyOf(opening),
      guardians: guardians.map((guardian) => ({ ...shareOf(guardian), sealingKey: guardian.sealingKey })),
    },
    tags: { ...keyOf(tags), keepers: keepers.map(shareOf) },
    log: { name: logbook.name, origin: logbook.origin, verifierKey: logbook.logKey },
    witnesses: { quorum: plan.witnessQuorum, list: witnessesAmong([...guardians, ...keepers]) },
    gateways: gateways.map((gateway) => ({
      ...factsOf(gateway),
      platforms: gateway.platforms,
      ...(gateway.atproto ? { atproto: gateway.atproto } : {}),
    })),
    wallets: plan.wallets,
    releases: plan.releases,
    authorities: authorities.map((authority) => ({
      ...factsOf(authority),
      sealingKey: authority.sealingKey,
    })),
    grounds: plan.grounds,
    limits: plan.limits,
  });
}

const factsOf = ({ name, title, origin, signingKey }: PartyIdentity) => ({ name, title, origin, signingKey });

/** The first key signs from now on; each other one follows after `issuerKeyEpochs`. */
function issuersOf({ issuerKey, nextIssuerKeys }: PartyIdentity, plan: GenesisPlan) {
  if (!nextIssuerKeys) return { issuerKey };
  const now = Math.floor(Date.now() / 1000 / plan.epochSeconds);
  const each = plan.issuerKeyEpochs ?? issuerKeyEpochsDefault;
  const later = nextIssuerKeys.map((key, i) => ({ fromEpoch: now + (i + 1) * each, issuerKey: key }));
  return { issuerKey, nextIssuerKeys: later };
}

const keyOf = ({ threshold, publicKey, transcript }: CeremonyOutcome) => ({
  threshold,
  publicKey,
  transcript,
});

function shareOf(party: PartyIdentity) {
  const { share } = party;
  return {
    ...factsOf(party),
    index: share?.index,
    verificationKey: share?.verificationKeys[share.index - 1],
  };
}

function witnessesAmong(parties: readonly PartyIdentity[]) {
  return parties
    .filter(({ witnessKey }) => witnessKey !== undefined)
    .map(({ name, origin, witnessKey }) => ({ name, origin, verifierKey: witnessKey }));
}

function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ConfigRefused(`The policy file ${path} cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigRefused(`The policy file ${path} is not JSON.`);
  }
}

/** Durable before it has its name. */
function writeDurably(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.writing`;
  const file = openSync(draft, 'w', 0o644);
  writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}
