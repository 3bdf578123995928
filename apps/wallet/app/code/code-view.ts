/** What the window gets to see of the wallet's own code, and why an update can be refused. */

/**
 * `unlogged`: the log has no such release. `older`: it stands before the one that runs. `altered`: a file is not
 * the one that the release lists. `log`, `policy`, `manifest`: what was served is not what it should be.
 */
export type CodeDoubt = 'unlogged' | 'older' | 'altered' | 'log' | 'policy' | 'manifest';

export interface CodeAsk {
  /** A guard is registered here and the person's choice allows it: a release that holds is kept. */
  keep: boolean;
  /** This page was answered for by the guard. */
  guarded: boolean;
  /** Ask the log now, however lately it was asked. */
  now?: boolean;
}

export interface ReleaseView {
  /** The release's hash, as people compare it: sixteen groups of four. */
  release: string;
  version: string;
  /** Index of its entry in the log. */
  index: number;
}

export interface CodeView {
  /** The release that this page is of, where that is known. */
  running: ReleaseView | null;
  /** A newer one that was verified and taken; it runs from the next start on. */
  next: ReleaseView | null;
  /** The code is kept on this device, and no other runs. */
  kept: boolean;
  /** When that was last checked. */
  checked: string | null;
  /** What the host serves was not taken. */
  refused: { why: CodeDoubt; at: string } | null;
  /** The last look reached the host and the log. */
  reached: boolean;
  alarm: string | null;
}
