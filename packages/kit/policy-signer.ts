/**
 * A party's part in the first trust policy: says its public facts, and signs a policy that says the same of it.
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
import { requireBearer } from './bearer.ts';
import { createSecretFile, readSecretFile, type SigningKey } from './keys.ts';
import { readJson } from './read-json.ts';

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
}

/** Adds GET /ceremony/identity, POST /ceremony/sign-policy and GET /ceremony/signed to an app. */
export function mountPolicySigner<E extends Env>(app: Hono<E>, options: PolicySignerOptions): void {
  app.get('/ceremony/identity', (c) => c.json(options.identity()));
  const { operatorToken, ceremonyToken } = options;
  const guard = requireBearer(operatorToken, ...(ceremonyToken ? [ceremonyToken] : []));
  app.post('/ceremony/sign-policy', guard, async (c) => {
    const { policy } = await readJson(c, signPolicyRequest, policyBytesMax);
    return c.json(signPolicy(policy, options));
  });
  app.get('/ceremony/signed', (c) => {
    const signed = readSecretFile(join(options.keysDir, `${signedName}.json`));
    if (signed === undefined) throw new Refusal('not_found');
    return c.json(JSON.parse(signed) as SignedPolicy);
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
  const signedBefore = createSecretFile(join(keysDir, signedName), hash);
  if (signedBefore !== hash) throw new Refusal('policy_mismatch');
  const { signature } = signMessage(signingKey.seed, messageLabels.trustPolicy, policy);
  const signed: SignedPolicy = { policy: hash, party: self.name, signature };
  // From here on anybody may read what we signed; asked again, the same is written again.
  createSecretFile(join(keysDir, `${signedName}.json`), JSON.stringify(signed));
  return { party: self.name, signature };
}

/** Whether every fact that `policy` states about the party `self` is as the party itself states it. */
export function says(policy: TrustPolicy, self: PartyIdentity): boolean {
  const { opening, tags } = policy;
  const holds = [
    ...[policy.registrar]
      .filter(named(self))
      .map((p) => p.issuerKey === self.issuerKey && sameLater(p, self)),
    ...opening.guardians
      .filter(named(self))
      .map(
        (p) => p.sealingKey === self.sealingKey && hasShare('opening', opening, opening.guardians, p, self),
      ),
    ...tags.keepers.filter(named(self)).map((p) => hasShare('tag', tags, tags.keepers, p, self)),
    ...policy.gateways
      .filter(named(self))
      .map((p) => p.platforms.every((platform) => self.platforms?.includes(platform))),
    ...policy.authorities.filter(named(self)).map((p) => p.sealingKey === self.sealingKey),
  ];
  const parties = [
    policy.registrar,
    ...opening.guardians,
    ...tags.keepers,
    ...policy.gateways,
    ...policy.authorities,
  ];
  const own = parties.filter(named(self));
  const sameParty = own.every(
    (p) => p.origin === self.origin && p.title === self.title && p.signingKey === self.signingKey,
  );
  const witness = policy.witnesses.list.filter(named(self));
  const sameWitness = witness.every((w) => w.verifierKey === self.witnessKey && w.origin === self.origin);
  const { releases = policy.releases } = self;
  const sameReleases =
    releases.publisher === policy.releases.publisher && releases.signingKey === policy.releases.signingKey;
  const sameLog = policy.log.name !== self.name || policy.log.verifierKey === self.logKey;
  return own.length === 1 && holds.every(Boolean) && sameParty && sameWitness && sameLog && sameReleases;
}

const named =
  (self: PartyIdentity) =>
  (party: { name: string }): boolean =>
    party.name === self.name;

// Every key that was drawn, in its order, and no other: one that is left out would never sign.
function sameLater({ nextIssuerKeys = [] }: TrustPolicy['registrar'], self: PartyIdentity): boolean {
  const own = self.nextIssuerKeys ?? [];
  return own.length === nextIssuerKeys.length && nextIssuerKeys.every((key, i) => key.issuerKey === own[i]);
}

function hasShare(
  role: 'opening' | 'tag',
  key: { threshold: number; publicKey: string; transcript: string },
  parties: readonly { index: number; verificationKey: string }[],
  party: { index: number },
  { share }: PartyIdentity,
): boolean {
  return (
    share !== undefined &&
    share.role === role &&
    share.index === party.index &&
    share.threshold === key.threshold &&
    share.publicKey === key.publicKey &&
    share.transcript === key.transcript &&
    share.verificationKeys.length === parties.length &&
    parties.every((p) => p.verificationKey === share.verificationKeys[p.index - 1])
  );
}
