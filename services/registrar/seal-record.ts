/**
 * Seals who somebody is under the opening key, and makes the leaf that ties name, record key and ε together
 * for ever (PROTOCOL §3.4). After this nothing of the name is left here but the seal.
 */
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { identityLeaf, sealIdentity } from '@answerable/core/escrow/sealed-identity';
import { recordBucket } from '@answerable/core/presentation/record';
import { tagCommitment } from '@answerable/core/tag/tag';
import type { IdentityDocument, RecordResponse } from '@answerable/protocol/enrolment/session';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { type Evidence, fullName } from './evidence/evidence.ts';
import { randomSalt } from './random-id.ts';
import type { Identified, NewLeaf } from './store.ts';

/** Digits of H(R) that are stored; how many may be asked for is policy.ts. */
const bucketStoredBits = 32;
/** Of the tag key that the policy names; rotation will count it up. */
const tagKeyVersion = 1;

export interface SealedRecord {
  leaf: NewLeaf;
  identity: RecordResponse['identity'];
  /** r, for the wallet's one look. */
  sealRandomness: string;
}

export interface RecordToSeal {
  evidence: Evidence;
  who: Identified;
  recordKey: Uint8Array;
  entropy: Uint8Array;
  day: string;
}

export function sealRecord(policy: TrustPolicy, record: RecordToSeal): SealedRecord {
  const { evidence, who, recordKey, entropy, day } = record;
  const document: IdentityDocument = {
    v: 1,
    name: fullName(evidence),
    birthDate: evidence.birthDate,
    evidence: summaryOf(evidence),
    enrolled: day,
  };
  const { sealed, randomness } = sealIdentity(
    fromBase64url(policy.opening.publicKey),
    recordKey,
    utf8(JSON.stringify(document)),
  );
  const identity = {
    sealed: toBase64url(sealed),
    tag: toBase64url(tagCommitment(fromBase64url(who.strong[0] ?? who.weak[0]!), tagKeyVersion)),
    salt: randomSalt(),
  };
  const leaf = identityLeaf({
    tag: fromBase64url(identity.tag),
    salt: fromBase64url(identity.salt),
    recordKey,
    entropy,
    sealed,
  });
  return {
    identity,
    sealRandomness: toBase64url(randomness),
    leaf: {
      ...identity,
      leaf: toBase64url(leaf),
      record_point: toBase64url(recordKey),
      bucket: recordBucket(recordKey, bucketStoredBits),
    },
  };
}

function summaryOf({ documents, assurance, issuer, vouched }: Evidence): string {
  const shown = documents.map(({ kind, issuer: by, number }) => `${kind} ${by} ${number}`).join('; ');
  const by = vouched ? `vouched for by ${vouched.kind} ${vouched.name}, ${vouched.known}` : issuer;
  return `${shown || 'no document'} (${assurance}; ${by})`.slice(0, 400);
}
