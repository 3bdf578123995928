/**
 * Reads on in the log from where this wallet stopped, verified, and keeps what it counts (tally.ts): whole, so
 * that nobody learns what was looked for, and once, so that the next question is answered at once.
 */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount, SLOT_MAX } from '@answerable/core/presentation/account';
import { decodeEntry } from '@answerable/log/verify/entry';
import { MalformedLogData } from '@answerable/log/verify/errors';
import { type LogEntry, logEntry, type NoticeEntry } from '@answerable/protocol/log/entries';
import { platformScope, scopeId } from '@answerable/protocol/scope';
import { credentialOf } from './holding.ts';
import { readLog, type SeenLog } from './log-view.ts';
import { stateOf, type WalletParts } from './parts.ts';
import type { Holding } from './state.ts';
import { type Counts, counted, countsOf, emptyTally, type Tally } from './tally.ts';

/** Entries fetched and verified at a time. */
const readAtOnce = 1024;

export interface AccountPlace {
  gateway: string;
  platform: string;
  slot: number;
}

export interface Survey {
  tally: Tally;
  seen: SeenLog;
  /** Everything that the log shows was read. */
  whole: boolean;
}

/** Reads on by `chunks` times 1,024 entries at most; call again until it is whole. */
export async function surveyLog(parts: WalletParts, chunks = 1): Promise<Survey> {
  const seen = await readLog(parts);
  const { size } = seen.checkpoint;
  const { holding, tally: kept } = await stateOf(parts);
  let tally = startingFrom(kept, holding);
  const own = holding ? handlesOf(parts, holding) : new Map<string, AccountPlace>();
  const isOwn = ({ handle, platform }: NoticeEntry) => own.get(handle)?.platform === platform;
  const tiles = seen.reader.tiles(seen.checkpoint);
  for (let chunk = 0; chunk < chunks && tally.read < size; chunk++) {
    const entries = await tiles.entries(tally.read, Math.min(tally.read + readAtOnce, size));
    for (const entry of entries) tally = counted(tally, read(entry), parts.policy, isOwn);
  }
  const state = await stateOf(parts);
  // Whoever was forgotten or came back meanwhile is not written about.
  if ((state.holding?.recordPoint ?? null) === tally.of) await parts.store.save({ ...state, tally });
  return { tally, seen, whole: tally.read >= size };
}

/** The whole log, to its newest entry. */
export const surveyWhole = (parts: WalletParts): Promise<Survey> =>
  surveyLog(parts, Number.POSITIVE_INFINITY);

/** What was counted when the log was last read; undefined if it never was. */
export async function countsKept(parts: WalletParts): Promise<Counts | undefined> {
  const { tally } = await stateOf(parts);
  if (!tally) return undefined;
  const today = parts.clock.now().toISOString().slice(0, 'YYYY-MM-DD'.length);
  return countsOf(tally, parts.policy, today);
}

/** How many people the gateway of this platform last counted there. */
export const peopleAt = async (parts: WalletParts, platform: string): Promise<number | undefined> =>
  (await stateOf(parts)).tally?.here[platform];

// Somebody who joined or came back after the log was read has handles that were not looked for.
function startingFrom(kept: Tally | undefined, holding: Holding | undefined): Tally {
  const of = holding?.recordPoint ?? null;
  return kept?.of === of ? kept : emptyTally(of);
}

/** ν of every account that this person could have anywhere in the network. */
export function handlesOf({ policy }: WalletParts, holding: Holding): Map<string, AccountPlace> {
  const credential = credentialOf(holding);
  const handles = new Map<string, AccountPlace>();
  for (const gateway of policy.gateways)
    for (const platform of gateway.platforms)
      for (let slot = 1; slot <= SLOT_MAX; slot++) {
        const scope = scopeId(platformScope(gateway, platform));
        const { noticeHandle } = deriveAccount(credential, scope, slot);
        handles.set(toBase64url(noticeHandle), { gateway: gateway.name, platform, slot });
      }
  return handles;
}

function read(bytes: Uint8Array): LogEntry | undefined {
  try {
    return logEntry.safeParse(decodeEntry(bytes)).data;
  } catch (error) {
    if (error instanceof MalformedLogData) return undefined;
    throw error;
  }
}
