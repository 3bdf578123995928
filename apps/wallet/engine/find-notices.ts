/**
 * Was one of my accounts opened? (PROTOCOL §6.7) The wallet reads the whole log, verified, and looks for its
 * own handles in it: nobody learns that somebody looked, or for what. A notice counts whoever published it.
 */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount, SLOT_MAX } from '@answerable/core/presentation/account';
import { decodeEntry } from '@answerable/log/verify/entry';
import { noticeEntry } from '@answerable/protocol/log/entries';
import { scopeId } from '@answerable/protocol/scope';
import { credentialOf, requireHolding } from './holding.ts';
import { readLog } from './log-view.ts';
import { stateOf, type WalletParts } from './parts.ts';

/** Entries fetched and verified at a time. */
const readAtOnce = 1024;

export interface FoundNotice {
  gateway: string;
  platform: string;
  slot: number;
  authority: string;
  ground: string;
  /** Who published it; every approving guardian does. */
  guardian: string;
  /** Index in the log. */
  index: number;
}

export async function findNotices(
  parts: WalletParts,
): Promise<{ entriesRead: number; notices: FoundNotice[] }> {
  const own = await ownHandles(parts);
  const { reader, checkpoint } = await readLog(parts);
  const tiles = reader.tiles(checkpoint);
  const notices: FoundNotice[] = [];
  for (let start = 0; start < checkpoint.size; start += readAtOnce) {
    const end = Math.min(start + readAtOnce, checkpoint.size);
    const entries = await tiles.entries(start, end);
    for (const [i, entry] of entries.entries()) {
      const notice = readNotice(entry);
      const account = notice && own.get(notice.handle);
      if (!account || account.platform !== notice.platform) continue;
      const { authority, ground, guardian } = notice;
      notices.push({ ...account, authority, ground, guardian, index: start + i });
    }
  }
  return { entriesRead: checkpoint.size, notices };
}

/** ν of every account that this person could have anywhere in the network. */
async function ownHandles(
  parts: WalletParts,
): Promise<Map<string, Pick<FoundNotice, 'gateway' | 'platform' | 'slot'>>> {
  const credential = credentialOf(requireHolding(await stateOf(parts)));
  const handles = new Map<string, Pick<FoundNotice, 'gateway' | 'platform' | 'slot'>>();
  for (const { name: gateway, origin, platforms } of parts.policy.gateways)
    for (const platform of platforms)
      for (let slot = 1; slot <= SLOT_MAX; slot++) {
        const scope = scopeId({ protocol: 'openid', kind: 'platform', origin, platform });
        const { noticeHandle } = deriveAccount(credential, scope, slot);
        handles.set(toBase64url(noticeHandle), { gateway, platform, slot });
      }
  return handles;
}

function readNotice(entry: Uint8Array) {
  const parsed = noticeEntry.safeParse(decodeEntry(entry));
  return parsed.success ? parsed.data : undefined;
}
