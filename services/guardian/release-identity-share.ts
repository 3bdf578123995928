/**
 * authority → guardian, POST /cases/:caseId/identity-shares (PROTOCOL §6.6): the second share, for the sealed
 * identity. We compute the record key ourselves from t shares with their proofs, and take nothing on the
 * registrar's word: the record's leaf must be in the log below the checkpoint that the wallet saw when the
 * account was taken in, and the KEM point must come with its proof.
 * Must never: multiply a point that was not proven to be the KEM point of this record; open two records in a case.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { openEscrow } from '@answerable/core/escrow/open-escrow';
import {
  identityLeaf,
  releaseIdentityShare as release,
  type SealedIdentity,
  verifySealedIdentity,
} from '@answerable/core/escrow/sealed-identity';
import { sha256 } from '@answerable/core/hash';
import type { Proven } from '@answerable/core/proven';
import { leafHash, verifyInclusion } from '@answerable/log/verify/merkle';
import { decodeShare, encodeShare, openingBinding } from '@answerable/protocol/disclosure/bindings';
import type { IdentityShareRequest, RecordItem, SealedShare } from '@answerable/protocol/disclosure/opening';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import type { GuardianParts } from './parts.ts';
import { openCase, requireAsker, sealShare } from './release-share.ts';

export async function releaseIdentityShare(
  parts: GuardianParts,
  caseId: string,
  request: IdentityShareRequest,
): Promise<SealedShare> {
  const policy = parts.policies.current();
  const file = await parts.store.find(caseId);
  if (!file) throw new Refusal('case_unknown');
  const ask = requireAsker(policy, file, caseId, request);
  if (!(await parts.store.release(caseId))) throw new Refusal('not_enough_approvals');
  const { casePackage, admission } = openCase(parts, file);
  const { share, keys } = parts.share();
  const binding = openingBinding(caseId, file.filingCommitment);
  const given = ask.shares.map((one) => ({ index: one.index, share: decodeShare(one) }));
  const opening = openEscrow(keys, admission.escrow, binding, given);
  if (!opening.ok) throw new Refusal('not_enough_approvals');

  const { checkpoint } = casePackage.admission.answer;
  const log = await parts.log.look();
  await log.requireEarlier({ size: checkpoint.size, root: fromBase64url(checkpoint.root) });
  // What the wallet had seen when the account was taken in: a record sealed later is somebody's afterthought.
  if (ask.item.receipt.entryIndex >= checkpoint.size) throw new Refusal('record_refused');
  requireLeaf(ask.item, opening.recordKey, await log.entryAt(ask.item.receipt.entryIndex));
  const identity = verifyIdentity(keys.publicKey, opening.recordKey, ask.item);

  const sealedHash = toBase64url(sha256(identity.sealed));
  if (!(await parts.store.recordIdentityRelease(caseId, sealedHash))) throw new Refusal('share_released');
  // From here on this case is about this record only; a crash now is repaired by asking again.
  const octets = release(share, identity, binding);
  parts.events.released('identity');
  return sealShare(parts, policy, file.filing.message, 'identity', encodeShare(parts.name, octets));
}

/** Refuses `record_refused` unless the record's leaf is in the batch that `entry` commits to. */
function requireLeaf(
  { entropy, identity, receipt }: RecordItem,
  recordKey: Uint8Array,
  entry: LogEntry,
): void {
  const leaf = identityLeaf({
    tag: fromBase64url(identity.tag, 'tag'),
    salt: fromBase64url(identity.salt, 'salt'),
    recordKey,
    entropy: fromBase64url(entropy, 'entropy'),
    sealed: fromBase64url(identity.sealed, 'sealed'),
  });
  const included =
    entry.kind === 'record-root' &&
    entry.leaves === receipt.leaves &&
    verifyInclusion({
      index: receipt.leafIndex,
      size: receipt.leaves,
      leaf: leafHash(leaf),
      proof: receipt.batchProof.map((hash) => fromBase64url(hash, 'batchProof')),
      root: fromBase64url(entry.root, 'root'),
    });
  if (!included) throw new Refusal('record_refused');
}

/** Refuses `record_refused`: sealed for another record, under another key, or a point that is no KEM point. */
function verifyIdentity(
  openingKey: Uint8Array,
  recordKey: Uint8Array,
  { identity }: RecordItem,
): Proven<SealedIdentity> {
  try {
    return verifySealedIdentity(openingKey, recordKey, fromBase64url(identity.sealed, 'sealed'));
  } catch (error) {
    if (error instanceof Malformed || error instanceof ProofFailed) throw new Refusal('record_refused');
    throw error;
  }
}
