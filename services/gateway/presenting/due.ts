/**
 * Whether an account is to present again (PROTOCOL §3.8, DIVERGENCES D20): when its last presentation is of an epoch that counts
 * no more, grace included. So nobody is asked in the days in which some wallets have the new credential and some
 * have not, and who is away for long is asked once, when they come back; nothing is taken away meanwhile.
 */
import { platformPolicyHash } from '@answerable/protocol/platform-policy';
import type { GatewayParts } from '../parts.ts';
import { epochAccepted } from '../policy.ts';
import type { Account } from '../store.ts';

type Parts = Pick<GatewayParts, 'policies' | 'clock' | 'presenting'>;

/** `epoch`: of the credential that the account was taken in with. */
export async function isDue(
  { sub, epoch }: { sub: string; epoch: number },
  { policies, clock, presenting }: Parts,
): Promise<boolean> {
  const [policy, now] = [policies.current(), clock.now().getTime()];
  if (epochAccepted(policy, epoch, now)) return false;
  const last = await presenting.last(sub);
  return !last || !epochAccepted(policy, last.answer.epoch, now);
}

/** Hash of the platform policy that the holder last agreed to. */
export async function agreedTo({ sub, admission }: Account, { presenting }: Parts): Promise<string> {
  return platformPolicyHash(((await presenting.last(sub)) ?? admission).request.platformPolicy);
}
