/**
 * The log as this guardian sees it itself (PROTOCOL §6.4): the newest checkpoint with its witness quorum, fresh,
 * of one history with all it saw before and with what it cosigned; an entry counts if it stands in that one.
 * Must never: believe a proof that somebody brought, beyond the place it names.
 */
import { type Clock, unixSeconds } from '@answerable/kit/clock';
import { followingReader } from '@answerable/kit/log-reader';
import { decodeEntry, encodeEntry } from '@answerable/log/verify/entry';
import { LogUnverified, MalformedLogData } from '@answerable/log/verify/errors';
import type { LogReader } from '@answerable/log/verify/log-reader';
import type { TreeHead } from '@answerable/log/verify/merkle';
import type { LogTrust, QuorateCheckpoint } from '@answerable/log/verify/trust';
import { type LogEntry, logEntry } from '@answerable/protocol/log/entries';
import { placeShown } from '@answerable/protocol/log/trust';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

export interface LogViewOptions {
  policy: () => TrustPolicy;
  clock: Clock;
  /** what this guardian cosigned last, as a witness */
  cosigned: () => Promise<TreeHead | undefined>;
}

/** The log at one moment: every question of one decision is answered from one checkpoint. */
export interface Sight {
  /** The place of `entry`, which `proof` (C2SP text) names and the log shows. Refuses `not_logged`. */
  requireLogged(entry: LogEntry, proof: string): Promise<number>;
  /** The entry at `index`. Refuses `not_logged` if there is none. */
  entryAt(index: number): Promise<LogEntry>;
  /** A proof for others that `entry` stands at `index`. */
  prove(entry: LogEntry, index: number): Promise<string>;
  /** Refuses `not_logged` unless `head` is an earlier state of the log. */
  requireEarlier(head: TreeHead): Promise<void>;
}

export interface LogView {
  /** Refuses `not_logged` for a log that is stale, forked or without its quorum, `unavailable` for none. */
  look(): Promise<Sight>;
}

export function createLogView(options: LogViewOptions): LogView {
  const { policy, clock } = options;
  const following = followingReader(policy, () => unixSeconds(clock));
  return {
    look: () =>
      asRefusal(async () => {
        const kept = following();
        const newest = await kept.reader.latest();
        const cosigned = await options.cosigned();
        if (cosigned && !(await oneHistory(kept.reader, cosigned, newest))) throw new LogUnverified();
        return sightOf(kept.reader, kept.trust, newest);
      }),
  };
}

function sightOf(reader: LogReader, trust: LogTrust, newest: QuorateCheckpoint): Sight {
  return {
    requireLogged: (entry, proof) =>
      asRefusal(async () => {
        const index = placeShown(trust, entry, proof);
        await reader.requireIncluded(index, encodeEntry(entry), newest);
        return index;
      }),
    entryAt: (index) =>
      asRefusal(async () => {
        const { entry } = await reader.included(index, newest);
        const result = logEntry.safeParse(decodeEntry(entry));
        if (!result.success) throw new LogUnverified();
        return result.data;
      }),
    prove: (entry, index) =>
      asRefusal(async () => {
        const found = await reader.requireIncluded(index, encodeEntry(entry), newest);
        return new TextDecoder().decode(found.proof);
      }),
    requireEarlier: (head) =>
      asRefusal(async () => {
        if (!(await reader.isPrefix(head, newest))) throw new LogUnverified();
      }),
  };
}

/** A witness may have cosigned a head that is not published yet, so either may be the longer one. */
function oneHistory(reader: LogReader, a: TreeHead, b: TreeHead): Promise<boolean> {
  return a.size <= b.size ? reader.isPrefix(a, b) : reader.isPrefix(b, a);
}

async function asRefusal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LogUnverified || error instanceof MalformedLogData) throw new Refusal('not_logged');
    throw error;
  }
}
