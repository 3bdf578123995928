/** Whose an account of a server is, by the code that it came with. Pure. */
import type { CameWith } from '@answerable/connector/bluesky-server';
import type { Revoked } from './bluesky-schema.ts';

/** The clock of the server may be ahead of ours by this much. */
const leewayMs = 60_000;

export interface Invitation {
  platform: string;
  brings: string | null;
  /** while it is open */
  expires_at: Date | null;
  /** over: ended at the server, and whoever had used it until then is read back */
  state: 'open' | 'used' | 'over';
}

export interface Newcomer {
  platform: string;
  did: string;
  cameWith: CameWith | undefined;
  /** that of the code's mark, if it is one of ours */
  invitation: Invitation | undefined;
}

/** Why the account cannot stay; undefined: it belongs to whom the code was for. */
export function whyRevoked({ platform, did, cameWith, invitation }: Newcomer): Revoked | undefined {
  if (!cameWith) return 'no-code';
  if (invitation?.platform !== platform) return 'foreign-code';
  if (invitation.state === 'used' || cameWith.uses[0]?.did !== did) return 'code-used-before';
  const end = invitation.expires_at?.getTime() ?? 0;
  if (invitation.state === 'over' || cameWith.uses[0].at.getTime() > end + leewayMs) return 'code-over';
  if (invitation.brings !== null && invitation.brings !== did) return 'other-account';
  return undefined;
}
