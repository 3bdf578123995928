/** GET <desk>/disclosures/:caseId: what the gateway filed, checked before anything rests on it. */
import { utf8 } from '@answerable/core/bytes';
import { encodeEntry } from '@answerable/log/verify/entry';
import { LogUnverified, MalformedLogData } from '@answerable/log/verify/errors';
import { parseProof, verifyProof } from '@answerable/log/verify/proof';
import { parseLogTrust } from '@answerable/log/verify/trust';
import { commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import { filingCommitment } from '@answerable/protocol/disclosure/case-file';
import { type FiledDisclosure, filedDisclosure } from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { call } from './call.ts';
import type { Setting } from './parts.ts';

/** Refuses `party_unknown`, `signature_refused`, `not_logged`, and what the desk refuses. */
export async function fetchFiling(setting: Setting, desk: string, caseId: string): Promise<FiledDisclosure> {
  const { policy, keys, fetch } = setting;
  const filed = await call(`${desk}/disclosures/${caseId}`, { schema: filedDisclosure, fetch });
  const gateway = policy.gateways.find(({ name }) => name === filed.filing.message.gateway);
  if (!gateway) throw new Refusal('party_unknown');
  const filing = openSigned(gateway.signingKey, messageLabels.filingMessage, filed.filing);
  if (filing.caseId !== caseId || filing.authority !== keys.name) throw new Refusal('signature_refused');
  requireLogged(policy, filingCommitment(filing, filed.salt), filed.filingProof);
  return filed;
}

/** The place in the log that `proof` shows for a commitment. Refuses `not_logged`. */
export function requireLogged(policy: TrustPolicy, commitment: string, proof: string): number {
  const { log, witnesses } = policy;
  const trust = parseLogTrust({
    log: log.verifierKey,
    witnesses: witnesses.list.map(({ verifierKey }) => verifierKey),
    quorum: witnesses.quorum,
  });
  try {
    return verifyProof(parseProof(utf8(proof)), encodeEntry(commitmentEntryOf(commitment)), trust).index;
  } catch (error) {
    if (error instanceof LogUnverified || error instanceof MalformedLogData) throw new Refusal('not_logged');
    throw error;
  }
}
