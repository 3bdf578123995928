// What an audit reports: the file, the place in it, and what should have stood there. Written for people who
// have never seen a log, and for the page that paints the place red.

export type FindingKind =
  | 'checkpoint-malformed'
  | 'checkpoint-signature'
  | 'quorum-missing'
  | 'file-missing'
  | 'file-length'
  | 'hash-altered'
  | 'entry-altered'
  | 'entry-form'
  | 'tree-irreconcilable'
  | 'history-rewritten'
  | 'two-histories'
  | 'rule-broken';

export interface Finding {
  readonly kind: FindingKind;
  /** Path under the log's prefix. */
  readonly file: string;
  /** One plain sentence. */
  readonly says: string;
  /** Index of the entry concerned, in the log. */
  readonly entry?: number;
  /** First byte of the file that the finding covers, counted from 0, and how many. */
  readonly byte?: number;
  readonly bytes?: number;
  /** What the rest of the log proves should be there, and what is; hex. */
  readonly expected?: string;
  readonly found?: string;
}

/** The result of an audit. `ok` exactly when there is no finding. */
export interface AuditReport {
  readonly ok: boolean;
  readonly origin: string | undefined;
  readonly size: number;
  /** Root that the log signed, hex. */
  readonly root: string | undefined;
  /** Witnesses that cosigned; time in POSIX seconds. */
  readonly witnesses: readonly { readonly name: string; readonly time: number }[];
  readonly filesRead: number;
  readonly bytesRead: number;
  readonly findings: readonly Finding[];
}
