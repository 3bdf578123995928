/**
 * What the window may ask about opening this wallet, about its history, and about a visit. What a passkey
 * answered and what somebody typed goes in; nothing secret comes out.
 */
import type { AccountAt } from './actions.ts';
import type { Proof } from './vault-record.ts';

/** What can be known without opening anything: which ways there are, and no name of them. */
export interface GateView {
  locked: boolean;
  passkeys: { id: string; salt: Uint8Array }[];
  passphrase: boolean;
  /** Seconds until a passphrase is tried again. */
  waitSeconds: number;
  lock: LockChoice;
  /** A locked wallet was put away here. */
  aside: boolean;
}

export interface LockChoice {
  afterMinutes: number;
  whenHidden: boolean;
}

/** One way of the person's own. */
export interface WayView {
  id: string;
  kind: 'passkey' | 'passphrase';
  name: string;
  day: string;
}

/** One line of the history: `found` is an account that its gateway told of. */
export interface HistoryLine extends AccountAt {
  way: 'new' | 'sign-in' | 'found';
  disclosed: string[];
  /** UTC, yyyy-mm-dd. */
  day: string;
}

export interface PasskeyMade {
  id: string;
  salt: Uint8Array;
  secret: Uint8Array;
  name: string;
}

type WithProof = { proof: Proof | undefined };

export interface VaultActions {
  gate: [undefined, GateView];
  unlock: [{ proof: Proof }, null];
  ways: [undefined, WayView[]];
  addPasskey: [WithProof & { made: PasskeyMade }, null];
  setPassphrase: [WithProof & { passphrase: string }, null];
  removeWay: [WithProof & { id: string }, null];
  openByItself: [WithProof, null];
  setLock: [LockChoice, null];
  setAside: [undefined, null];
  takeBack: [undefined, null];
  beVisitor: [undefined, null];
  openHistory: [{ passphrase: string }, HistoryLine[]];
  startHistory: [{ passphrase: string }, null];
  eraseHistory: [undefined, null];
  /** Asks every gateway about every account that could be there. */
  findAccounts: [undefined, AccountAt[]];
}
