/**
 * Waits until the record's leaf is in the log, and verifies it (PROTOCOL §3.4). Only then does the wallet
 * answer any place: a name that was hung on R later would have a later index than the checkpoint of the
 * first admission.
 */
import { receiptResponse } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import { verifyReceipt } from './log-view.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { callInSession, requireSession } from './session.ts';

const pollMsDefault = 500;
const looksMax = 1_500;

/** Throws Distrust for a receipt that does not hold, Refusal `not_ready` after about 1,500 looks. */
export async function waitForReceipt(parts: WalletParts): Promise<void> {
  for (let looks = 1; ; looks++) {
    try {
      return await fetchReceipt(parts);
    } catch (error) {
      const early = error instanceof Refusal && (error.code === 'not_ready' || error.code === 'unavailable');
      if (!early || looks === looksMax) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, parts.pollMs ?? pollMsDefault));
  }
}

async function fetchReceipt(parts: WalletParts): Promise<void> {
  const state = await stateOf(parts);
  const { holding } = state;
  if (!holding?.leaf || holding.receipt) return;
  const call = { path: '/enrolment/receipt', call: 'receipt', body: {} };
  const receipt = await callInSession(parts, requireSession(state), call, receiptResponse);
  await verifyReceipt(parts, holding.leaf, receipt);
  await parts.store.save({ ...(await stateOf(parts)), holding: { ...holding, receipt } });
}
