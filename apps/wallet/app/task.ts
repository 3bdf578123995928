/** One thing under way at a time: what step it is at, and how it was refused. */
import { useState } from 'preact/hooks';
import type { Step } from './boundary/actions.ts';
import { Refused } from './boundary/rpc.ts';

export interface Task {
  busy: boolean;
  steps: Step[];
  refused: Refused | undefined;
  onStep(step: Step): void;
  /** Runs `act`; a refusal is kept to be shown. Does nothing while something runs. */
  run(act: () => Promise<void>): Promise<void>;
  clear(): void;
}

export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [steps, setSteps] = useState<Step[]>([]);
  const [refused, setRefused] = useState<Refused>();
  return {
    busy,
    steps,
    refused,
    onStep: (step) => setSteps((before) => (before.includes(step) ? before : [...before, step])),
    clear: () => setRefused(undefined),
    async run(act) {
      if (busy) return;
      setBusy(true);
      setSteps([]);
      setRefused(undefined);
      try {
        await act();
      } catch (error) {
        setRefused(error instanceof Refused ? error : new Refused('internal'));
      } finally {
        setBusy(false);
      }
    },
  };
}
