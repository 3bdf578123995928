/** Work that is done again and again, one round at a time, whatever became of the last one. */

export interface Rounds {
  onFailure(tell: (error: unknown) => void): void;
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

/** Starts the first round at once and the next `seconds` after each. */
export function rounds(seconds: number, work: () => Promise<void>): Rounds {
  let tell: (error: unknown) => void = () => {};
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  const round = () => {
    underWay = work()
      .catch((error: unknown) => tell(error))
      .then(() => {
        if (!stopped) timer = setTimeout(round, seconds * 1000);
      });
  };
  timer = setTimeout(round, 0);
  return {
    onFailure(listener) {
      tell = listener;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
