/**
 * What the window may ask of the worker, and what it gets to see. Screens know this file and nothing of keys,
 * proofs or messages; the worker keeps every secret on its own side.
 * Must never: name a secret in a result, except the four words, which exist to be read by their person.
 */
import type { InboxResponse } from '@answerable/protocol/admission/account-call';
import type { EnrolmentPurpose } from '@answerable/protocol/enrolment/session';
import type { CodeAsk, CodeView } from '../code/code-view.ts';
import type { AccountActions, AccountAt } from './account-actions.ts';
import type { RecordActions, RecordNews } from './record-actions.ts';
import type { ReturnActions, ReturnWatchView } from './return-actions.ts';
import type { LockChoice, VaultActions } from './vault-actions.ts';

/** What a person may be told about the network before they trust it with anything. */
export interface NetworkView {
  network: string;
  /** Where people prove who they are, by title. */
  evidence: string;
  /** Providers where people show who they are, the usual one first. */
  routes: RouteView[];
  registrar: string;
  /** Whether somebody without documents can be vouched for. */
  referees: boolean;
  guardians: string[];
  /** How many guardians must agree. */
  threshold: number;
  keepers: number;
  places: PlaceView[];
  limits: { recallBudget: number; recallPerDay: number; resetWaitSeconds: number };
}

/** How a look by two people stands; `session` and `code` lead on once it is settled. */
export interface ReviewView {
  state: 'waiting' | 'different' | 'same' | 'more';
  until: string;
  session: string;
  code?: string;
}

/** A provider where one can show who one is: an `id` of the trust policy. Who vouches is apart (`referees`). */
export interface RouteView {
  id: string;
  title: string;
  /** as the sealed document names it */
  issuer?: string;
}

/** One platform, by the gateway that answers for it. */
export interface PlaceView {
  gateway: string;
  platform: string;
  title: string;
}

/** A place used in this tab. */
export interface RecentPlace extends AccountAt {
  title: string;
}

export interface Situation {
  /** What was last seen of the record. */
  record?: RecordNews;
  mode: 'production' | 'practice';
  network: NetworkView;
  /** `nothing`, or a credential for this device's person. */
  holds: 'nothing' | 'credential';
  /** Of the credential, in the closed vocabulary; empty if there is none. */
  attributes: Record<string, string>;
  wordsSet: boolean;
  /** A proven session is open, so words can be set without signing in again. */
  wordsPossible: boolean;
  /** An evidence session whose words were not typed yet. */
  recallOpen: boolean;
  /** A place that waits for an answer: the title of the platform and the request as it came. */
  waiting: { title: string; request: string } | null;
  /** What was last seen of who tries to come back as this person. */
  wayBack?: ReturnWatchView;
  /** When it locks; null where it opens by itself. */
  lock: LockChoice | null;
  /** On a computer that is not theirs: everything in memory. */
  visiting: boolean;
  /** A locked wallet was put away here, to come back with words. */
  aside: boolean;
  /** Until when this wallet makes no new account, by choice: a UTC instant. */
  waitUntil: string | null;
  /** Accounts of this person that were opened, as the wallet found by itself. */
  noticesFound: number;
  recent: RecentPlace[];
}

export interface AskView {
  title: string;
  gatewayTitle: string;
  gatewayOrigin: string;
  gateway: string;
  platform: string;
  accountsMax: number;
  /** Attributes that the place will see, with this person's values. */
  discloses: { name: string; value: string | null }[];
  /** Titles of the grounds on which an account here can be opened. */
  grounds: string[];
  sanctionsHoldThePerson: boolean;
  /** After a reset, a person of the platform looks first. */
  resetNeedsModerator: boolean;
  /** The place gets an e-mail address made for it alone. */
  relayAddress: boolean;
  /** What can be done where. */
  rooms: { title: string; lines: string[] }[];
  /** The account from before that a new one would be. */
  claims: string | null;
  /** The person chooses the name there, afterwards. */
  namedThere: boolean;
  vouched: 'accepted' | 'refused';
  guardians: string[];
  threshold: number;
  /** false: join first. */
  ready: boolean;
}

export interface AnswerGiven {
  /** Where the browser goes on to, with the answer in its fragment. */
  address: string;
  /** Places used in this tab, sealed, for it to keep. */
  recent?: string;
}

export type AskAnswer =
  | { way: 'new'; slot: number; handle: string }
  /** `agreed`: the person has read the rules that changed since the account last presented. */
  | { way: 'sign-in'; slot: number; agreed?: true };

/** What was sealed about the person, for them to read once. */
export interface IdentityView {
  name: string;
  birthDate: string;
  evidence: string;
}

export type EnrolmentEnd =
  | { end: 'joined'; identity: IdentityView }
  /** Signed in; the proof goes on at this address. */
  | { end: 'go-on'; authorizationUrl: string }
  | { end: 'words-wanted' }
  /** This device still had the secret. */
  | { end: 'returned'; named?: true }
  /** A reset was asked for. */
  | { end: 'waiting'; ends: string };

export interface NoticeView {
  platform: string;
  slot: number;
  authority: string;
  ground: string;
  guardians: string[];
  /** Index of the first of its entries in the log. */
  index: number;
  /** Names of the witnesses that saw the log with it. */
  witnesses: string[];
  /** For others to check, as a file: every entry with its proof. */
  proof: string;
}

/** What the wallet counted in the log. */
export interface CountsView {
  /** Accounts opened in the last year. */
  opened: number;
  /** Requests refused in the last four quarters. */
  refused: { least: number; most: number };
  /** The last day of the newest quarter that is over. */
  until: string;
  /** Guardians that did not say how many they refused. */
  silent: string[];
  people: number;
  /** Of them at the platform that was asked about; null if its gateway has not said. */
  here: number | null;
  /** Entries read. */
  read: number;
}

/** Messages of one account; `slot` is the one that exists, if the asked one does not. */
export type InboxView = InboxResponse & { slot: number };

export interface NoticesView {
  entriesRead: number;
  notices: NoticeView[];
}

/** Steps that a long action reports, in words of text/. */
export type Step = 'evidence' | 'credential' | 'log' | 'keepers' | 'proof' | 'reading';

/** Every action: what goes in, what comes out. */
export type { AccountAt };

export interface Actions extends VaultActions, ReturnActions, RecordActions, AccountActions {
  look: [{ recent: string | undefined }, Situation];
  begin: [{ purpose: EnrolmentPurpose; route?: string; named?: boolean }, { authorizationUrl: string }];
  finish: [{ session: string; code?: string }, EnrolmentEnd];
  beVouched: [{ purpose: EnrolmentPurpose }, { session: string; code: string }];
  vouchedYet: [{ session: string }, { vouched: boolean }];
  askReview: [undefined, ReviewView];
  proposeWords: [undefined, { words: string[] }];
  checkWord: [{ word: string }, { known: boolean; near: string[] }];
  setWords: [{ words: string[] }, null];
  ask: [{ request: string }, AskView];
  answer: [{ request: string; answer: AskAnswer; recent: string | undefined }, AnswerGiven];
  decline: [{ request: string }, { address: string }];
  inbox: [AccountAt, InboxView];
  appeal: [AccountAt & { caseId: string; track: AppealTrack; grounds: string }, null];
  reply: [AccountAt & { caseId: string; reply: string }, null];
  wish: [AccountAt & { caseId: string; wish: Wish }, null];
  findNotices: [undefined, NoticesView];
  /** `fresh`: reads on in the log first; else what is known, null if that is nothing. */
  counts: [{ platform?: string; fresh: boolean }, CountsView | null];
  proposeHandle: [{ request: string; slot: number; n: number }, { handle: string }];
  handleUsed: [{ request: string; handle: string }, { elsewhere: boolean }];
  wait: [{ days: number }, { until: string }];
  stopWaiting: [undefined, null];
  forget: [undefined, null];
  /** Looks at what the host serves, and keeps it if it holds. */
  code: [CodeAsk, CodeView];
}
export type Wish = 'get-in-touch' | 'leave-alone';
export type AppealTrack = 'normal' | 'journalism' | 'intimate-image';
export type ActionName = keyof Actions;
export type Input<A extends ActionName> = Actions[A][0];
export type Output<A extends ActionName> = Actions[A][1];
