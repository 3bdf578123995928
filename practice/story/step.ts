/**
 * The story of the debate in steps, each walked for real over HTTP. The same steps run in the command line
 * (`answerable story`), in the flow tests and behind the buttons of the tour. A step says what it promises,
 * does it, checks it, and says what each party learned.
 */
import type { World } from './world.ts';

export const chapters = {
  join: 'Join',
  abuse: 'Abuse, and an answer',
  return: 'Come back',
  steal: 'Steal everything',
  open: 'One account, in public',
} as const;
export type Chapter = keyof typeof chapters;

/** What one party learned in a step: `nothing` is worth saying too. */
export interface Learned {
  party: string;
  what: string;
}

export interface Outcome {
  /** Whether everything was as the step promises. */
  ok: boolean;
  /** What happened, a sentence a line. */
  lines: string[];
  learned: Learned[];
  /** Counted or measured in this run, by name. */
  figures?: Record<string, number>;
}

export interface Step {
  id: string;
  chapter: Chapter;
  title: string;
  /** The promise, in one or two plain sentences. */
  says: string;
  /** Steps that must have run before; the tour runs them first. */
  needs: readonly string[];
  /** `tell` reports progress, a short sentence at a time. */
  run(world: World, tell: (line: string) => void): Promise<Outcome>;
}
