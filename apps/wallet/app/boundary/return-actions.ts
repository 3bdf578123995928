/** What the window may ask about coming back: trying the words, and looking after them. */

/** A keeper that did not answer well, by the title people read. */
export interface KeeperFaultView {
  keeper: string;
  fault: 'silent' | 'wrong' | 'refused';
}

/** After the words were right. */
export interface BackView {
  /** Tries that were not made on this device, since the last success. */
  othersTries: number;
}

export interface ReturnWatchView {
  /** Since the person last looked. */
  news: { tries: number; returns: number };
  /** Null where no words are set, or too few keepers answered. */
  words: {
    tries: number;
    since: string | null;
    triesLeft: number;
    lastTry: string | null;
    lastReturn: string | null;
  } | null;
  reset: { asked: string; ends: string } | null;
}

export interface ReturnActions {
  recall: [{ words: string[] }, BackView];
  /** Ends when the last keeper of that recall has spoken or its time is over. */
  keeperFaults: [undefined, KeeperFaultView[]];
  objectToReset: [undefined, null];
  /** Asks registrar and keepers now. */
  watchReturn: [undefined, ReturnWatchView];
  /** The person has seen what was told. */
  noteWatched: [undefined, null];
}
