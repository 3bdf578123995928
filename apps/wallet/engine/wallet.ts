/**
 * The wallet without a window: one object, one verb a file. Runs in a browser's worker and in Node alike; time,
 * network and storage are handed in. Its state is one secret object that the caller seals.
 */

import type { ReachCall } from '@answerable/protocol/admission/reach';
import type { EndStep } from '@answerable/protocol/enrolment/record-life';
import type { EnrolmentPurpose } from '@answerable/protocol/enrolment/session';
import {
  type AccountAt,
  type AppealTrack,
  appeal,
  closeAccount,
  readInbox,
  replyInHearing,
  sayWish,
  type Wish,
} from './account-calls.ts';
import { answerRequest, type Way } from './answer-request.ts';
import { askReview } from './ask-review.ts';
import { beVouched, vouchedYet } from './be-vouched.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { registerDevice, registered, removeDevice } from './devices.ts';
import { closeAccounts, endRecord } from './end-record.ts';
import { doErrands, lookInNow, planErrands, renewHere } from './errands.ts';
import { findNotices } from './find-notices.ts';
import { finishEnrolment, type Return } from './finish-enrolment.ts';
import { proposeName, usedElsewhere } from './handles.ts';
import { credentialOf } from './holding.ts';
import { objectToReset } from './object-to-reset.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { addEvidence, exportAccount, sayReach, tellName } from './reach-calls.ts';
import { viewRequest } from './read-request.ts';
import { recall } from './recall.ts';
import { proposeWords, setWords } from './set-words.ts';
import { exportRecord, showRecord } from './show-record.ts';
import type { Seen, WalletState } from './state.ts';
import { countsKept, peopleAt, surveyLog } from './survey-log.ts';
import { openedOf } from './tally.ts';
import { stopWaiting, waitBeforeUse, waitingUntil } from './wait-before-use.ts';
import { waitForReceipt } from './wait-for-receipt.ts';
import { type ReturnWatch, watched, watchReturn } from './watch-return.ts';
import { noteWatched } from './watch-words.ts';

/** What the outside may know of the state: nothing secret. */
export interface Situation {
  holds: 'nothing' | 'credential';
  /** Of the credential, in the closed vocabulary, without the lineage; empty if there is none. */
  attributes: Record<string, string>;
  epoch: number | null;
  /** The record's receipt was verified, or the record was recalled. */
  ready: boolean;
  wordsSet: boolean;
  /** A session in which the words can be tried. */
  recallOpen: boolean;
  /** A session in which new words can be set. */
  wordsCanBeSet: boolean;
  /** What was last seen of the record, if anything was. */
  seen: Seen | undefined;
  /** What was last seen of who tries to come back as this person. */
  wayBack: ReturnWatch;
  /** Why there is nothing here any more. */
  farewell: WalletState['farewell'];
  /** Until when no new account is made, by the person's choice. */
  waitUntil: string | null;
  /** Own accounts that were opened, in what was read of the log. */
  noticesFound: number;
}

export type Wallet = ReturnType<typeof createWallet>;

export function createWallet(parts: WalletParts) {
  return {
    look: () => look(parts),
    vouchedYet: (session: string) => vouchedYet(parts, session),
    askReview: () => askReview(parts),
    beVouched: (purpose: EnrolmentPurpose) => beVouched(parts, purpose),
    beginEnrolment: (purpose: EnrolmentPurpose, route?: string, named?: boolean) =>
      beginEnrolment(parts, purpose, route, named),
    finishEnrolment: (back: Return) => finishEnrolment(parts, back).then(registered(parts)),
    waitForReceipt: () => waitForReceipt(parts),
    proposeWords,
    setWords: (words: string | readonly string[]) => setWords(parts, words),
    recall: (words: string | readonly string[]) => recall(parts, words).then(registered(parts)),
    renew: () => renewHere(parts),
    planErrands: () => planErrands(parts),
    doErrands: () => doErrands(parts),
    lookIn: () => lookInNow(parts),
    showRecord: () => showRecord(parts),
    exportRecord: () => exportRecord(parts),
    endRecord: (step: EndStep) => endRecord(parts, step),
    closeAccounts: () => closeAccounts(parts),
    nameDevice: (label: string) => registerDevice(parts, label),
    removeDevice: (device: string) => removeDevice(parts, device),
    objectToReset: () => objectToReset(parts),
    watchReturn: () => watchReturn(parts),
    noteWatched: () => noteWatched(parts),
    readRequest: (text: string) => viewRequest(parts, text),
    answerRequest: (text: string, way: Way) => answerRequest(parts, text, way),
    readInbox: (at: AccountAt) => readInbox(parts, at),
    appeal: (at: AccountAt, what: { caseId: string; track: AppealTrack; grounds: string }) =>
      appeal(parts, at, what),
    replyInHearing: (at: AccountAt, what: { caseId: string; reply: string }) =>
      replyInHearing(parts, at, what),
    sayWish: (at: AccountAt, what: { caseId: string; wish: Wish }) => sayWish(parts, at, what),
    closeAccount: (at: AccountAt) => closeAccount(parts, at),
    sayReach: (at: AccountAt, call: ReachCall) => sayReach(parts, at, call),
    exportAccount: (at: AccountAt) => exportAccount(parts, at),
    tellName: (at: AccountAt, tell: boolean) => tellName(parts, at, tell),
    addEvidence: (at: AccountAt, what: { caseId: string; words: string }) => addEvidence(parts, at, what),
    findNotices: () => findNotices(parts),
    /** Reads on in the log; true when all of it was read. */
    surveyLog: async () => (await surveyLog(parts)).whole,
    counts: () => countsKept(parts),
    peopleAt: (platform: string) => peopleAt(parts, platform),
    proposeName: (text: string, slot: number, n: number) => proposeName(parts, text, slot, n),
    usedElsewhere: (text: string, handle: string) => usedElsewhere(parts, text, handle),
    waitBeforeUse: (days: number) => waitBeforeUse(parts, days),
    stopWaiting: () => stopWaiting(parts),
  };
}

async function look(parts: WalletParts): Promise<Situation> {
  const state = await stateOf(parts);
  const { holding, session, farewell, tally } = state;
  const credential = holding && credentialOf(holding);
  const { lineage: _hidden, ...attributes } = credential?.attributes ?? { lineage: '' };
  return {
    holds: holding ? 'credential' : 'nothing',
    attributes,
    epoch: credential?.epoch ?? null,
    ready: holding !== undefined && (holding.leaf === undefined || holding.receipt !== undefined),
    wordsSet: holding?.recall !== undefined,
    recallOpen: !holding && session?.recall !== undefined,
    wordsCanBeSet: holding !== undefined && session?.proven === true,
    seen: holding?.seen,
    wayBack: watched(state),
    farewell,
    waitUntil: (await waitingUntil(parts)) ?? null,
    noticesFound: tally ? openedOf(tally, holding?.recordPoint) : 0,
  };
}
