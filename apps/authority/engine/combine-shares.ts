/**
 * From shares to one record key, and from second shares to one identity. A share that does not hold is named
 * and left out; the rest open, if they are t.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { openEscrow, type ShareOf } from '@answerable/core/escrow/open-escrow';
import {
  openIdentity as openSealed,
  type SealedIdentity,
  verifySealedIdentity,
} from '@answerable/core/escrow/sealed-identity';
import type { Proven } from '@answerable/core/proven';
import { decodeShare, openingBinding } from '@answerable/protocol/disclosure/bindings';
import { ciphertextHash, filingCommitment } from '@answerable/protocol/disclosure/case-file';
import type { FiledDisclosure } from '@answerable/protocol/disclosure/filing';
import type { OpeningShare, RecordItem, ReleasedShare } from '@answerable/protocol/disclosure/opening';
import { type IdentityDocument, identityDocument } from '@answerable/protocol/enrolment/session';
import { openingKeysOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { guardianAt } from './parts.ts';

export type Combined<T> =
  /** `bad`: guardians whose share does not hold */
  { ok: true; value: T; bad: string[] } | { ok: false; bad: string[]; missing: number };

const bindingOf = ({ filing, salt }: FiledDisclosure): Uint8Array =>
  openingBinding(filing.message.caseId, filingCommitment(filing.message, salt));

/** R, 48 bytes, from t good shares of the ciphertext that the filing names. */
export function combineShares(
  policy: TrustPolicy,
  filed: FiledDisclosure,
  released: readonly ReleasedShare[],
): Combined<Uint8Array> {
  const isOfFiling = ({ escrow }: ReleasedShare) =>
    ciphertextHash(fromBase64url(escrow, 'escrow')) === filed.filing.message.ciphertextHash;
  const fitting = released.filter(isOfFiling);
  const strangers = released.filter((one) => !isOfFiling(one)).map(({ share }) => share.guardian);
  const [first] = fitting;
  if (!first) return { ok: false, bad: strangers, missing: policy.opening.threshold };
  const escrow = fromBase64url(first.escrow, 'escrow');
  const shares = fitting.map(({ share }) => shareOf(share));
  const opened = openEscrow(openingKeysOf(policy), escrow, bindingOf(filed), shares);
  const bad = [...strangers, ...opened.bad.map((index) => guardianAt(policy, index))];
  return opened.ok ? { ok: true, value: opened.recordKey, bad } : { ok: false, bad, missing: opened.missing };
}

/** Who it is, from t good second shares. Refuses `record_refused` for a record that is not sealed as it should be. */
export function openIdentity(
  policy: TrustPolicy,
  filed: FiledDisclosure,
  recordKey: Uint8Array,
  item: RecordItem,
  shares: readonly OpeningShare[],
): Combined<IdentityDocument> {
  return asRefusal(() => {
    const keys = openingKeysOf(policy);
    const sealed = fromBase64url(item.identity.sealed, 'sealed');
    const identity: Proven<SealedIdentity> = verifySealedIdentity(keys.publicKey, recordKey, sealed);
    const opened = openSealed(keys, identity, bindingOf(filed), shares.map(shareOf));
    const bad = opened.bad.map((index) => guardianAt(policy, index));
    if (!opened.ok) return { ok: false, bad, missing: opened.missing };
    return { ok: true, value: readDocument(opened.identity), bad };
  });
}

const shareOf = (share: OpeningShare): ShareOf => ({ index: share.index, share: decodeShare(share) });

function readDocument(octets: Uint8Array): IdentityDocument {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets));
  } catch {
    throw new Malformed('identity', 'JSON');
  }
  const result = identityDocument.safeParse(value);
  if (!result.success) throw new Malformed('identity', 'an identity document');
  return result.data;
}

function asRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Malformed || error instanceof ProofFailed) throw new Refusal('record_refused');
    throw error;
  }
}
