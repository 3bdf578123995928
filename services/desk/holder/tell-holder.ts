/**
 * Does the effect `letter`: the words are kept for the holder of the account, and the platform tells the account
 * where they are. Where it cannot, the case shows it, and a moderator hands the address over.
 */
import type { InboxRequest } from '@answerable/protocol/report/sanction';
import type { DeskParts } from '../parts.ts';
import { actOnPlatform } from '../platforms/act-on-platform.ts';
import { tellActOf } from './letter-store.ts';

/** Of `connectorAct`. */
const noticeCharsMax = 400;

export async function tellHolder(
  parts: Pick<DeskParts, 'config' | 'clock' | 'letters' | 'platform' | 'platformStore'>,
  request: InboxRequest,
): Promise<unknown> {
  const { config, clock, letters } = parts;
  const code = await letters.keep(request, clock.now().toISOString());
  // From here on whoever has the address can read it; a crash now is repaired by telling once more.
  // What the connector cannot say, a person says: it stands on the list of what is done by hand.
  const told = await actOnPlatform(parts, request.item.caseId, {
    act: tellActOf(request.message),
    kind: 'tell-account',
    target: `account/${request.sub}`,
    notice: noticeWords(request, addressOf(config.origin, code)),
  });
  await letters.markTold(request.message, told.done, told.could);
  return told;
}

export const addressOf = (origin: string, code: string): string => `${origin}/decisions/${code}`;

/** Help stands in the words themselves; anything else on the page. */
function noticeWords({ item }: InboxRequest, address: string): string {
  if (item.kind === 'help') {
    // As many whole lines as fit: a number is never cut, and those that work everywhere come first.
    const more = `More: ${address}`;
    const lines = item.body.split('\n').filter((line) => line !== '');
    const taken = lines.filter((_, n) => [...lines.slice(0, n + 1), more].join(' ').length <= noticeCharsMax);
    if (taken.length > 0) return [...taken, more].join(' ');
  }
  const how = item.kind === 'statement' ? 'Read what, why, and how to appeal' : 'Read it here';
  return `${item.title}. ${how}: ${address}`;
}
