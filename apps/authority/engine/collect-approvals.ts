/** GET <guardian>/cases/:caseId/approval of every guardian: who agreed, who refused and why, who has not spoken. */
import { approvalCommitment, commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import { filingCommitment } from '@answerable/protocol/disclosure/case-file';
import type { FiledDisclosure } from '@answerable/protocol/disclosure/filing';
import { type Approval, type LoggedApproval, loggedApproval } from '@answerable/protocol/disclosure/opening';
import { messageLabels } from '@answerable/protocol/labels';
import { logTrustOf, placeShown } from '@answerable/protocol/log/trust';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import { call } from './call.ts';
import { askEach, type Setting } from './parts.ts';

export interface Judgements {
  approvals: LoggedApproval[];
  refusals: { guardian: string; reason: Approval['reason'] }[];
  /** no judgement that holds yet: the code says why */
  waiting: { guardian: string; code: string }[];
}

export async function collectApprovals(setting: Setting, filed: FiledDisclosure): Promise<Judgements> {
  const { policy, fetch } = setting;
  const { caseId } = filed.filing.message;
  const commitment = filingCommitment(filed.filing.message, filed.salt);
  const trust = logTrustOf(policy);
  const names = policy.opening.guardians.map(({ name }) => name);
  const answers = await askEach(policy, names, async (guardian) => {
    const url = `${guardian.origin}/cases/${caseId}/approval`;
    const logged = await call(url, { schema: loggedApproval, fetch });
    const judged = openSigned(guardian.signingKey, messageLabels.approvalMessage, logged.approval);
    const ours =
      judged.caseId === caseId && judged.guardian === guardian.name && judged.filingCommitment === commitment;
    if (!ours) throw new Refusal('signature_refused');
    placeShown(trust, commitmentEntryOf(approvalCommitment(judged, logged.salt)), logged.proof);
    return logged;
  });
  const given = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const decided = (decision: Approval['decision']) =>
    given.filter(({ approval }) => approval.message.decision === decision);
  return {
    approvals: decided('approve'),
    refusals: decided('refuse').map(({ approval }) => ({
      guardian: approval.message.guardian,
      reason: approval.message.reason,
    })),
    waiting: answers.flatMap((answer) =>
      answer.ok ? [] : [{ guardian: answer.guardian, code: answer.code }],
    ),
  };
}
