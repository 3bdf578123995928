/** What every verb of the command is. */
export interface Verb {
  /** The whole page that --help prints. */
  manual: string;
  /** Runs with the words after the verb; returns the exit status. */
  run(args: string[]): Promise<number>;
}
