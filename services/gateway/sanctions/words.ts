/** What people who run a gateway read about what could not be told to a platform, and what they do about it. */
import { handWords } from '@answerable/connector/by-hand';
import type { ActKind } from '@answerable/connector/platform';
import type { Way } from './sanctions-schema.ts';

const signOutByHand = 'Sign this account out at the platform.';

/** After it was tried for days, or refused for good. */
export const wordsOfGivingUp = (way: Way, kind: ActKind | null): string =>
  `The platform did not do this. ${way === 'sign-out' || kind === null ? signOutByHand : handWords[kind]}`;

export const noConnector = (kind: ActKind): string =>
  `The settings have no connector for this platform any more. ${handWords[kind]}`;
export const noClient = `This platform is not in the settings any more. ${signOutByHand}`;
export const notFoundThere = (kind: ActKind): string =>
  `No account there is known to be this one. If you find it: ${handWords[kind]}`;

/** Of what still waits. */
export function wordsOfWaiting(code: string | null): string {
  if (code === 'unauthorised')
    return 'The platform does not take our token. Put a new one into the settings of the gateway and start it again: what waits is done then.';
  if (code === 'too_many_requests')
    return 'The platform asks to be asked later. It is asked again by itself.';
  return 'The platform does not answer. It is asked again by itself, for three days.';
}
