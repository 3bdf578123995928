/** desk → guardian, POST /cases: a case comes in, and is shown to nobody unless all of it holds (PROTOCOL §6.1). */

import { hashOf } from '@answerable/protocol/canonical';
import { commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import { filingCommitment } from '@answerable/protocol/disclosure/case-file';
import type { CaseDelivery } from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import type { GuardianParts } from './parts.ts';
import { verifyAsk, verifyFiling, verifyPackage } from './verify-case.ts';

/** Refuses what verify-case and log-view refuse; `other_ciphertext` for a second account under one case. */
export async function receiveCase(parts: GuardianParts, delivery: CaseDelivery): Promise<{ caseId: string }> {
  const policy = parts.policies.current();
  const filing = verifyFiling(parts.policies, delivery.filing);
  const { caseId } = filing;
  const known = await parts.store.find(caseId);
  if (known) {
    if (known.ciphertextHash !== filing.ciphertextHash) throw new Refusal('other_ciphertext');
    if (!sameFiling(known.filing.message, filing)) throw new Refusal('move_not_allowed');
    return { caseId };
  }
  const ask = verifyAsk(policy, filing, delivery.ask);
  const recipient = { guardian: parts.name, sealingSecret: parts.keys.sealing.secretKey };
  verifyPackage(parts.policies, filing, ask, delivery.sealed, recipient);
  const commitment = filingCommitment(filing, delivery.salt);
  const index = await (await parts.log.look()).requireLogged(
    commitmentEntryOf(commitment),
    delivery.filingProof,
  );

  await parts.store.add({
    case_id: caseId,
    filing: JSON.stringify(delivery.filing),
    salt: delivery.salt,
    filing_commitment: commitment,
    filing_index: index,
    ciphertext_hash: filing.ciphertextHash,
    received: parts.clock.now(),
    ask: JSON.stringify(delivery.ask),
    sealed: delivery.sealed,
    judgement: null,
    judgement_salt: null,
    judgement_key: null,
  });
  // From here on the case waits for this guardian's people; a second delivery changes nothing.
  parts.events.received();
  return { caseId };
}

export const sameFiling = (a: unknown, b: unknown): boolean =>
  hashOf(messageLabels.filingMessage, a) === hashOf(messageLabels.filingMessage, b);
