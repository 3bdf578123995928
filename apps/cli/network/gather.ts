/**
 * Gathers the signatures that every party shows, under the policy that we signed ourselves, and puts the file in
 * place once all are there and hold. Nobody hands the file to anybody: each organisation makes it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile, writeJsonFile } from '@answerable/kit/durable-json';
import { callJson } from '@answerable/kit/http-client';
import { verifyGenesis } from '@answerable/kit/policy-source';
import { messageLabels } from '@answerable/protocol/labels';
import { signedPolicy } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicy,
  trustPolicyHash,
} from '@answerable/protocol/trust-policy';
import { NotAgreed, type Seat, signersOf } from './ask-parties.ts';
import type { Home } from './home.ts';

const lookedPath = ({ dir }: Home) => join(dir, 'looked-at.policy');

/** The policy that somebody here looked at and agreed to; from then on we take no other. */
export const keepLookedAt = (home: Home, policy: TrustPolicy): void =>
  writeJsonFile(lookedPath(home), policy);

/** Signed here, and not in place yet. */
export const isSigned = (home: Home): boolean => existsSync(lookedPath(home)) && !existsSync(home.policyPath);

type Heard = TrustPolicyFile['signatures'][number] | { waiting: Seat };

/** Who has not signed yet; nobody, when the file is in place. Throws NotAgreed: somebody signed another policy. */
export async function gatherSignatures(home: Home): Promise<Seat[]> {
  const policy = trustPolicy.parse(readJsonFile(lookedPath(home)));
  const heard = await Promise.all(signersOf(home.plan).map((seat) => signatureOf(seat, policy)));
  const waiting = heard.flatMap((one) => ('waiting' in one ? [one.waiting] : []));
  if (waiting.length > 0) return waiting;
  const file = { policy, signatures: heard.flatMap((one) => ('waiting' in one ? [] : [one])) };
  verifyGenesis(file);
  writeJsonFile(home.policyPath, file);
  return [];
}

/** Whether it is there now. Who signed another is told where somebody looks, in `sign`. */
export async function placeIfSigned(home: Home): Promise<boolean> {
  try {
    return (await gatherSignatures(home)).length === 0;
  } catch (error) {
    if (error instanceof NotAgreed) return false;
    throw error;
  }
}

async function signatureOf(seat: Seat, policy: TrustPolicy): Promise<Heard> {
  let said: { policy: string; party: string; signature: string };
  try {
    said = await callJson(`${seat.origin}/ceremony/signed`, { schema: signedPolicy });
  } catch (error) {
    if (error instanceof Refusal) return { waiting: seat };
    throw error;
  }
  const { party, signature } = said;
  if (said.policy !== trustPolicyHash(policy))
    throw new NotAgreed(
      `The ${seat.role} of ${seat.of.title} has signed another policy than we have. Stop, and telephone.`,
    );
  if (party !== seat.name || !holds(seat, policy, signature))
    throw new NotAgreed(
      `The signature of the ${seat.role} of ${seat.of.title} does not hold. Stop, and telephone.`,
    );
  return { party, signature };
}

function holds({ name }: Seat, policy: TrustPolicy, signature: string): boolean {
  const { registrar, opening, tags, gateways } = policy;
  const parties = [registrar, ...opening.guardians, ...tags.keepers, ...gateways];
  const key = parties.find((party) => party.name === name)?.signingKey ?? '';
  try {
    openSigned(key, messageLabels.trustPolicy, { message: policy, signature });
    return true;
  } catch {
    return false;
  }
}
