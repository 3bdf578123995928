/**
 * The emergency sign-in from the console: record who wants it and why, in the console's record → arm or end, with the
 * line that everybody reads → tell. Who it was stands in the console's record only.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { recordAlone } from '../console/record.ts';
import { type GatewayParts, platformOf } from '../parts.ts';
import { breakGlassSub } from './account.ts';
import { hasEmergency } from './arming.ts';

/** Whoever waits for the answer is a person at a console; a platform that hangs is not waited for. */
const tellMsMax = 1_500;

export interface Arming {
  platform: string;
  minutes: number;
  reason: string;
}

/** The code, shown once. Refuses `not_found` for a platform that has none. */
export async function armByHand(parts: GatewayParts, who: string, arming: Arming): Promise<string> {
  const { platform, minutes, reason } = arming;
  const now = requirePlatform(parts, platform);
  await recordAlone(parts.console.db, now, who, { kind: 'emergency-armed', platform, minutes, reason });
  // From here on it is on the record who wanted it; a crash now leaves no code, and one is armed anew.
  return parts.breakGlass.arm(platform, minutes, reason, now);
}

/** Whether or not a code was used: it opens nothing any more, and who came in by it is signed out. */
export async function endByHand(
  parts: GatewayParts,
  who: string,
  { platform, reason }: Omit<Arming, 'minutes'>,
): Promise<void> {
  const { breakGlass, config, sanctions } = parts;
  const now = requirePlatform(parts, platform);
  await recordAlone(parts.console.db, now, who, { kind: 'emergency-ended', platform, reason });
  const sub = breakGlassSub(config, platform);
  const { clientId } = platformOf(config, { name: platform });
  await breakGlass.end({ platform, sub, clientId }, reason, now);
  await sanctions.teller.settle([sub], tellMsMax).catch(() => {});
}

function requirePlatform({ config, clock }: GatewayParts, platform: string): Date {
  if (!hasEmergency(config, platform)) throw new Refusal('not_found');
  return clock.now();
}
