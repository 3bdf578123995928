/** wallet → keepers, after the words were right: the tries in all start anew (PROTOCOL §3.6). */
import { toBase64url } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import { z } from 'zod';
import { type Asked, inOrder } from './ask-keepers.ts';
import { callParty } from './call.ts';
import type { WalletParts } from './parts.ts';

const nonceBytes = 16;
const accepted = z.object({ ok: z.literal(true) });

/**
 * Every keeper counts anew, each after its own answer, so that a late one does not count this try afterwards. Goes
 * on when t have; the rest, within what is returned. One that cannot be reached counts on, which harms nobody today.
 */
export async function countAnew(
  { policy, fetch }: WalletParts,
  { recallId, version }: { recallId: string; version: number },
  refillSecretKey: Uint8Array,
  { done }: Pick<Asked, 'done'>,
): Promise<{ ended: Promise<unknown> }> {
  const { threshold } = policy.tags;
  let confirmed = 0;
  let enough = () => {};
  const reached = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const all = Promise.all(
    inOrder(policy).map(async (keeper) => {
      await done.get(keeper.name);
      const nonce = toBase64url(randomBytes(nonceBytes));
      const message = { keeper: keeper.name, recallId, version, nonce };
      const body = signMessage(refillSecretKey, messageLabels.recallRefill, message);
      await callParty(fetch, keeper, '/recall/refill', body, accepted).catch(() => {});
      confirmed += 1;
      if (confirmed >= threshold) enough();
    }),
  );
  await Promise.race([reached, all]);
  return { ended: all };
}
