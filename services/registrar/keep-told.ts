/** Tells keepers that missed it which version of a recall key is in force. Run again and again, and at start. */
import type { RegistrarStore } from './store.ts';
import type { TellKeepers } from './tell-keepers.ts';

/** True when every keeper knows everything. */
export async function keepTold(store: RegistrarStore, tellKeepers: TellKeepers): Promise<boolean> {
  const untold = await store.untoldRecalls();
  let all = true;
  for (const { id, recall_id, recall_version, refill_key } of untold) {
    const told = await tellKeepers.refillKey(recall_id, recall_version, refill_key!);
    if (told) await store.markTold(id, recall_version);
    else all = false;
  }
  return all;
}
