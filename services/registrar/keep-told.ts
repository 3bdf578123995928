/** Tells keepers that missed it which version of a recall key is in force. Run again and again, and at start. */
import type { RegistrarStore } from './store.ts';
import type { TellKeepers } from './tell-keepers.ts';

/** True when every keeper knows everything. */
export async function keepTold(store: RegistrarStore, tellKeepers: TellKeepers): Promise<boolean> {
  const untold = await store.untoldRecalls();
  let all = true;
  for (const { id, recall_id: recallId, recall_version: version, refill_key, setup_signature } of untold) {
    const signed = { refillKey: refill_key!, setupSignature: setup_signature! };
    const told = await tellKeepers.inForce({ recallId, version, ...signed });
    if (told) await store.markTold(id, version);
    else all = false;
  }
  return all;
}
