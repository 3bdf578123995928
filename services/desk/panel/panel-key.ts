/** The key with which this desk signs for the panel, and what it signs: each message under a label of its own. */
import { join } from 'node:path';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import type { PanelAnswerMessage, PanelRequestMessage } from '@answerable/protocol/report/panel';
import { openSigned, type Signed, signMessage, verifyingKeyOf } from '@answerable/protocol/signed';

const labels = {
  request: messageLabels.panelRequest,
  answer: messageLabels.panelAnswer,
  withdrawal: messageLabels.panelWithdrawal,
};
type Kind = keyof typeof labels;

export interface PanelKey {
  publicKey: string;
  sign<T>(kind: Kind, message: T): Signed<T>;
}

export function panelKey(dataDir: string): PanelKey {
  const { seed } = loadOrCreateSigningKey(join(dataDir, 'keys', 'panel.key'));
  return {
    publicKey: verifyingKeyOf(seed),
    sign: (kind, message) => signMessage(seed, labels[kind], message),
  };
}

/** Throws Refusal `signature_refused`. */
export const opened = <T>(kind: Kind, publicKey: string, message: Signed<T>): T =>
  openSigned(publicKey, labels[kind], message);

export const askedHash = (message: PanelRequestMessage): string =>
  hashOf(messageLabels.panelRequest, message);

/** Whether two answers are the same one, sent twice. */
export const answerHash = (message: PanelAnswerMessage): string => hashOf(messageLabels.panelAnswer, message);
