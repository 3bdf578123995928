/**
 * A party's part in a trust policy: says its public facts, and signs a policy that says the same of it. A successor
 * is signed by guardians, and by who comes in or changes (sign-successor.ts).
 * Its operator's token asks for the signature; which policy was signed is recorded before the signature leaves,
 * and no other policy of that serial is signed ever after. What was signed is public from then on, so that every
 * party can gather the signatures of all itself.
 * Must never: sign what contradicts its own keys, or two policies with one serial (PROTOCOL §2).
 */
import { join } from 'node:path';
import { messageLabels } from '@answerable/protocol/labels';
import {
  type PartyIdentity,
  type SignedPolicy,
  signPolicyRequest,
  type signPolicyResponse,
} from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { checkTrustPolicy } from '@answerable/protocol/trust-policy-check';
import type { Env, Hono } from 'hono';
import type { z } from 'zod';
import { broughtToken, requireBearer, tokenBook } from './bearer.ts';
import type { Clock } from './clock.ts';
import { createSecretFile, readSecretFile, type SigningKey } from './keys.ts';
import type { PolicySource } from './policy-source.ts';
import { readJson } from './read-json.ts';
import { says } from './says.ts';
import { signedBefore, signSuccessor } from './sign-successor.ts';

const policyBytesMax = 128 * 1024;
/** Beside the keys: the hash of the one policy of serial 1 that this party signs, and its signature. */
const signedName = 'signed-policy-1';

export interface PolicySignerOptions {
  /** asked anew each time: a share may have come since */
  identity: () => PartyIdentity;
  signingKey: SigningKey;
  operatorToken: string;
  /** opens the signing and nothing else, for another organisation that conducts the founding */
  ceremonyToken?: string | undefined;
  /** the folder of the service's key files, where it notes what it signed */
  keysDir: string;
  /** what successors follow */
  policies: PolicySource;
  clock: Clock;
}

/** Adds GET /ceremony/identity, POST /ceremony/sign-policy and GET /ceremony/signed, /signed/:serial to an app. */
export function mountPolicySigner<E extends Env>(app: Hono<E>, options: PolicySignerOptions): void {
  app.get('/ceremony/identity', (c) => c.json(options.identity()));
  const { operatorToken, ceremonyToken } = options;
  // Who conducts the founding has no say afterwards.
  const isOperator = tokenBook([[operatorToken, true]]);
  const guard = requireBearer(operatorToken, ...(ceremonyToken ? [ceremonyToken] : []));
  app.post('/ceremony/sign-policy', guard, async (c) => {
    const { policy } = await readJson(c, signPolicyRequest, policyBytesMax);
    if (policy.serial === 1) return c.json(signPolicy(policy, options));
    if (!isOperator(broughtToken(c))) throw new Refusal('unauthorised');
    return c.json(await signSuccessor(policy, options));
  });
  app.get('/ceremony/signed', (c) => {
    const signed = readSecretFile(join(options.keysDir, `${signedName}.json`));
    if (signed === undefined) throw new Refusal('not_found');
    return c.json(JSON.parse(signed) as SignedPolicy);
  });
  app.get('/ceremony/signed/:serial', (c) => {
    const signed = signedBefore(options.keysDir, c.req.param('serial'));
    if (!signed) throw new Refusal('not_found');
    return c.json({ policy: signed.policy, party: signed.party, signature: signed.signature });
  });
}

/** Refuses `policy_mismatch` for a policy that says something else of us, whose keys are none, or another of this serial. */
function signPolicy(
  policy: TrustPolicy,
  { identity, signingKey, keysDir }: Omit<PolicySignerOptions, 'operatorToken' | 'ceremonyToken'>,
): z.infer<typeof signPolicyResponse> {
  const self = identity();
  if (policy.serial !== 1 || policy.previous !== null || !says(policy, self))
    throw new Refusal('policy_mismatch');
  checkTrustPolicy(policy);
  const hash = trustPolicyHash(policy);
  if (createSecretFile(join(keysDir, signedName), hash) !== hash) throw new Refusal('policy_mismatch');
  const { signature } = signMessage(signingKey.seed, messageLabels.trustPolicy, policy);
  const signed: SignedPolicy = { policy: hash, party: self.name, signature };
  // From here on anybody may read what we signed; asked again, the same is written again.
  createSecretFile(join(keysDir, `${signedName}.json`), JSON.stringify(signed));
  return { party: self.name, signature };
}
