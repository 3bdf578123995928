/**
 * Was one of my accounts opened? (PROTOCOL §6.7) The wallet reads the whole log, verified, and looks for its
 * own handles in it: nobody learns that somebody looked, or for what. A notice counts whoever published it, and
 * comes with its proof, which holds without this wallet and without the network.
 */
import { decodeEntry } from '@answerable/log/verify/entry';
import { noticeEntry } from '@answerable/protocol/log/entries';
import { requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { type AccountPlace, handlesOf, surveyWhole } from './survey-log.ts';

export interface FoundNotice extends AccountPlace {
  authority: string;
  ground: string;
  /** Who published it; every approving guardian does. */
  guardian: string;
  /** Index in the log. */
  index: number;
  /** The entry, byte for byte as its hash stands in the log. */
  entry: Uint8Array;
  /** C2SP tlog-proof: index, inclusion, and the checkpoint with its cosignatures. */
  proof: string;
  /** Names of the witnesses whose cosignatures are in the proof. */
  witnesses: string[];
}

export async function findNotices(
  parts: WalletParts,
): Promise<{ entriesRead: number; notices: FoundNotice[] }> {
  const own = handlesOf(parts, requireHolding(await stateOf(parts)));
  const { tally, seen } = await surveyWhole(parts);
  const notices: FoundNotice[] = [];
  for (const { index } of tally.own) {
    const { entry, proof } = await seen.reader.included(index, seen.checkpoint);
    const { handle, authority, ground, guardian } = noticeEntry.parse(decodeEntry(entry));
    const account = own.get(handle);
    if (!account) continue;
    notices.push({
      ...account,
      authority,
      ground,
      guardian,
      index,
      entry,
      proof: new TextDecoder().decode(proof),
      witnesses: seen.checkpoint.cosignatures.map(({ key }) => key.name),
    });
  }
  return { entriesRead: tally.read, notices };
}
