/**
 * Everything a wallet keeps: one serialisable object, secret as a whole. The caller seals it before it is put
 * anywhere. It holds no list of places or accounts (PROTOCOL §8).
 */
import type { LookInResponse } from '@answerable/protocol/enrolment/record-life';
import type {
  EnrolmentPurpose,
  EvidenceResponse,
  RecordReceipt,
} from '@answerable/protocol/enrolment/session';
import type { Tally } from './tally.ts';

/** A session at the registrar, from the first call until it is over. */
export interface OpenSession {
  id: string;
  purpose: EnrolmentPurpose;
  /** How the person shows who they are. */
  route?: string;
  /** ed25519 secret key of this session, base64url. */
  key: string;
  /** s for this session's record; absent when returning. */
  secret?: string;
  code?: string;
  /** The first request as it was sent: sent again, it gets the same answer. */
  asked?: { commitmentWithProof: string; bindingProof: string; blind: string };
  /** What is needed to try the words. */
  recall?: NonNullable<EvidenceResponse['recall']>;
  /** The person wants their name in the credential that comes of it. */
  named?: boolean;
  /** The record is this person's: words can be set. */
  proven?: boolean;
}

/** A record and its current credential. */
export interface Holding {
  /** core/presentation/credential, encoded: s, ε, attributes, signature. */
  credential: string;
  recordPoint: string;
  /** Leaf of the sealed identity; what the receipt proves. Absent after a recall on a new device. */
  leaf?: string;
  receipt?: RecordReceipt;
  /** S of the words and the version they belong to: changing the words keeps S. */
  recall?: { seed: string; version: number; recallId?: string };
  /** This device as the record lists it; its key is an ed25519 secret key, base64url. */
  device?: { key: string; label: string; registered: boolean };
  /** Times drawn at random, in milliseconds since 1970: errands.ts. */
  errands?: { renewal?: { epoch: number; at: number }; lookIn?: number };
  /** What was last seen of the record. */
  seen?: Seen;
}

/** What t keepers counted of the words, in days only. */
export interface Watch {
  /** Absent where no words are set, or too few keepers answered. */
  words?: {
    tries: number;
    since: string | null;
    triesLeft: number;
    triesEver: number;
    lastTry: string | null;
    returnsEver: number;
    lastReturn: string | null;
  };
  /** Up to here the person knows: their own tries and returns, and what they were shown. */
  known: { triesEver: number; returnsEver: number };
}

export type Seen = Omit<LookInResponse, 'removal'>;

/** Marks of a name that was given to a place: keyed hashes under a key from the secret (engine/handles.ts). */
export interface HandleMark {
  name: string;
  place: string;
}

export interface WalletState {
  v: 1;
  session?: OpenSession;
  holding?: Holding;
  /** Tries at the words that were made on this device and did not succeed. */
  triesHere?: number;
  /** How often somebody tried the words, and what of it the person has seen. */
  watch?: Watch;
  /** The newest head of the log that this wallet verified. */
  logSeen?: { size: number; root: string };
  /** A size of the log at which the record was in it, where there is no receipt (shared-checkpoint.ts). */
  recordBy?: number;
  /** Why there is nothing here any more. */
  farewell?: { why: 'removed'; day: string };
  /** What was counted in the log so far. */
  tally?: Tally;
  handles?: HandleMark[];
  /** No new account before this instant, by the person's choice. */
  waitUntil?: string;
}

/** Where the caller keeps it, sealed. */
export interface WalletStore {
  load(): Promise<WalletState | undefined>;
  save(state: WalletState): Promise<void>;
}

/** In memory: for tests and for a visit that leaves nothing behind. */
export function memoryStore(initial?: WalletState): WalletStore {
  let kept = initial;
  return {
    load: async () => structuredClone(kept),
    save: async (state) => {
      kept = structuredClone(state);
    },
  };
}
