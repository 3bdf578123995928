/** What the window may ask about one account: who may reach it, a copy of what is kept, its name, its end. */
import type { ReachCall, ReachView } from '@answerable/protocol/admission/reach';

/** One account of this person: slot 1..k at a place. */
export interface AccountAt {
  gateway: string;
  platform: string;
  slot: number;
}

export type ReachSaid = ReachCall;
export type ReachShown = ReachView;

export interface AccountActions {
  reach: [AccountAt & { call: ReachSaid }, ReachShown];
  /** One file, to be saved. */
  exportAccount: [AccountAt, { name: string; text: string; named: boolean }];
  tellName: [AccountAt & { tell: boolean }, null];
  addEvidence: [AccountAt & { caseId: string; words: string }, null];
  closeAccount: [AccountAt, null];
}
