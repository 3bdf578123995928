/** GET <desk>/disclosures/:caseId: what the gateway filed, checked before anything rests on it. */
import { commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import { filingCommitment } from '@answerable/protocol/disclosure/case-file';
import { type FiledDisclosure, filedDisclosure } from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { logTrustOf, placeShown } from '@answerable/protocol/log/trust';
import { gatewayOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import { call } from './call.ts';
import type { Setting } from './parts.ts';

/** Refuses `party_unknown`, `signature_refused`, `not_logged`, and what the desk refuses. */
export async function fetchFiling(setting: Setting, desk: string, caseId: string): Promise<FiledDisclosure> {
  const { policy, keys, fetch } = setting;
  const filed = await call(`${desk}/disclosures/${caseId}`, { schema: filedDisclosure, fetch });
  const gateway = gatewayOf(policy, filed.filing.message.gateway, filed.filing.message.platform);
  const filing = openSigned(gateway.signingKey, messageLabels.filingMessage, filed.filing);
  if (filing.caseId !== caseId || filing.authority !== keys.name) throw new Refusal('signature_refused');
  const entry = commitmentEntryOf(filingCommitment(filing, filed.salt));
  placeShown(logTrustOf(policy), entry, filed.filingProof);
  return filed;
}
