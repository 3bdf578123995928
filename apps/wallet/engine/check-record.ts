/**
 * What the registrar answered to the first request, checked in every part (PROTOCOL §3.3–3.5): R is made of
 * our s and its ε, the credential is signed by the issuer of the policy with values of the closed vocabulary
 * and the header we computed ourselves, and what was sealed about the person is what the person can read here.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { identityLeaf, inspectIdentity, verifySealedIdentity } from '@answerable/core/escrow/sealed-identity';
import { acceptCredential, type Credential } from '@answerable/core/presentation/credential';
import {
  type CredentialGrant,
  type IdentityDocument,
  identityDocument,
  type RecordResponse,
} from '@answerable/protocol/enrolment/session';
import { epochAt, issuerKeyAt, type TrustPolicy } from '@answerable/protocol/trust-policy';
import { Distrust, orDistrust } from './distrust.ts';
import type { WalletParts } from './parts.ts';

export interface Own {
  /** s, 32 octets. */
  secret: Uint8Array;
  /** Blinding factor of this request, 32 octets. */
  blind: Uint8Array;
}

export interface CheckedRecord {
  credential: Credential;
  recordPoint: string;
  leaf: string;
  /** For the person to read once. */
  identity: IdentityDocument;
}

export function checkRecord(parts: WalletParts, own: Own, response: RecordResponse): CheckedRecord {
  const { policy } = parts;
  const recordKey = fromBase64url(response.recordPoint);
  const credential = checkGrant(parts, recordKey, own, response.grant);
  const { leaf, identity } = orDistrust(policy.registrar.name, 'sealed identity', () =>
    readSealed(policy, recordKey, response),
  );
  return { credential, recordPoint: response.recordPoint, leaf, identity };
}

/** A credential of this record for the current epoch, with a name if and only if `named`. Throws Distrust. */
export function checkGrant(
  { policy, clock }: WalletParts,
  recordKey: Uint8Array,
  own: Own,
  grant: CredentialGrant,
  named = false,
): Credential {
  const { registrar } = policy;
  const epochs = [0, 1].map((ago) => epochAt(policy, clock.now().getTime()) - ago);
  // The epoch may have turned while the answer was on its way; what is signed is what we compute for it.
  const epoch = epochs.find((candidate) => candidate === grant.epoch);
  if (epoch === undefined) throw new Distrust(registrar.name, 'credential');
  const credential = orDistrust(registrar.name, 'credential', () =>
    acceptCredential(fromBase64url(issuerKeyAt(policy, epoch)), recordKey, epoch, own, {
      epoch: grant.epoch,
      attributes: grant.attributes,
      entropy: fromBase64url(grant.entropy),
      blindSignature: fromBase64url(grant.blindSignature),
    }),
  );
  // A name that nobody asked for would be an odd value in the one field of free text.
  if ((credential.attributes.name !== '') !== named) throw new Distrust(registrar.name, 'credential');
  return credential;
}

function readSealed(policy: TrustPolicy, recordKey: Uint8Array, response: RecordResponse) {
  const { identity, grant, sealRandomness } = response;
  const sealed = fromBase64url(identity.sealed);
  const proven = verifySealedIdentity(fromBase64url(policy.opening.publicKey), recordKey, sealed);
  const octets = inspectIdentity(proven, fromBase64url(sealRandomness));
  const leaf = identityLeaf({
    tag: fromBase64url(identity.tag),
    salt: fromBase64url(identity.salt),
    recordKey,
    entropy: fromBase64url(grant.entropy),
    sealed,
  });
  const text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
  return { leaf: toBase64url(leaf), identity: identityDocument.parse(JSON.parse(text)) };
}
