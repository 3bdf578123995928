/** Has a day's head committed to in the log through the gateway, and keeps the proof that it stands there. */
import { Refusal } from '@answerable/protocol/refusal';
import { proofOf } from '../disclosure/perform-disclosure.ts';
import type { DeskParts } from '../parts.ts';

type Parts = Pick<DeskParts, 'heads' | 'gateway' | 'policies'>;

export async function commitHead(
  { heads, gateway, policies }: Parts,
  id: string,
  day: string,
): Promise<unknown> {
  const row = await heads.find(day);
  if (!row || !gateway) throw new Refusal('not_ready');
  const logKey = await gateway.commit(id, row.commitment);
  // From here on the commitment is on its way; asked again, the gateway gives the same key.
  await heads.keepProof(day, await proofOf(policies.current().log.origin, logKey));
  return null;
}
