/**
 * How far the visitor came: which steps ran, what they told on the way and how they ended. One step runs at a
 * time; what it needs runs first. Outcomes are kept in a file, so that reloads and restarts show them; the
 * story itself remembers what its steps leave for each other, so it goes on where it was.
 * Must never: run a step whose needs did not hold.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome, Step } from '@answerable/practice-story/step';
import type { World } from '@answerable/practice-story/world';
import { z } from 'zod';

const toldLinesMax = 200;

export type StepStatus = 'idle' | 'waiting' | 'running' | 'done';

export interface StepState {
  status: StepStatus;
  /** lines told so far in this run */
  told: readonly string[];
  outcome?: Outcome;
  /** the outcome is of an earlier start of this process */
  earlier: boolean;
}

/** `line` is the newest line told, absent when the status changed. */
export type ProgressListener = (step: Step, state: StepState, line?: string) => void;

export interface Progress {
  steps: readonly Step[];
  stateOf(id: string): StepState;
  /** Runs the step and what it needs; resolves when it is done. Does nothing if it ran well already. */
  run(id: string): Promise<StepState>;
  listen(listener: ProgressListener): () => void;
}

export interface ProgressOptions {
  world: World;
  steps: readonly Step[];
  /** the file that remembers */
  path: string;
  /** called before a step runs */
  prepare?: () => Promise<void>;
}

const keptOutcome = z.object({
  ok: z.boolean(),
  lines: z.array(z.string()),
  learned: z.array(z.object({ party: z.string(), what: z.string() })),
  figures: z.record(z.string(), z.number()).optional(),
});
const keptFile = z.record(z.string(), keptOutcome);

export function createProgress({ world, steps, path, prepare }: ProgressOptions): Progress {
  const states = new Map<string, StepState>(
    Object.entries(readKept(path)).map(([id, outcome]) => [
      id,
      { status: 'done', told: [], outcome, earlier: true },
    ]),
  );
  const listeners = new Set<ProgressListener>();
  const stateOf = (id: string): StepState => states.get(id) ?? { status: 'idle', told: [], earlier: false };
  const change = (step: Step, state: StepState, line?: string) => {
    states.set(step.id, state);
    for (const listener of listeners) listener(step, state, line);
  };
  const ranWell = ({ status, outcome }: StepState) => status === 'done' && outcome?.ok;

  async function runOne(step: Step): Promise<void> {
    const broken = step.needs.find((need) => !ranWell(stateOf(need)));
    if (broken !== undefined)
      return settle(step, notOk(`It rests on “${titleOf(steps, broken)}”, which did not go as promised.`));
    change(step, { status: 'running', told: [], earlier: false });
    const tell = (line: string) => {
      const told = [...stateOf(step.id).told, line].slice(-toldLinesMax);
      change(step, { status: 'running', told, earlier: false }, line);
    };
    try {
      settle(step, await step.run(world, tell));
    } catch (error) {
      if (process.env.ANSWERABLE_DEBUG === '1') console.error(error);
      settle(step, notOk(error instanceof Error ? error.message : 'It broke off.'));
    }
  }

  function settle(step: Step, ended: Outcome): void {
    change(step, { status: 'done', told: stateOf(step.id).told, outcome: ended, earlier: false });
    keep(path, states);
  }

  let queue: Promise<unknown> = Promise.resolve();
  return {
    steps,
    stateOf,
    run(id) {
      const order = withNeeds(steps, id);
      for (const step of order)
        if (!ranWell(stateOf(step.id)) && stateOf(step.id).status !== 'running')
          change(step, { status: 'waiting', told: [], earlier: false });
      const turn = queue.then(async () => {
        await prepare?.();
        for (const step of order) if (!ranWell(stateOf(step.id))) await runOne(step);
        return stateOf(id);
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The step and everything it needs, each after its own needs. Throws for a name that is no step. */
export function withNeeds(steps: readonly Step[], id: string): Step[] {
  const order: Step[] = [];
  const visit = (name: string, path: readonly string[]) => {
    if (path.includes(name)) throw new Error(`The step ${name} needs itself`);
    const step = steps.find((one) => one.id === name);
    if (!step) throw new Error(`There is no step ${name}`);
    if (order.includes(step)) return;
    for (const need of step.needs) visit(need, [...path, name]);
    order.push(step);
  };
  visit(id, []);
  return order;
}

const titleOf = (steps: readonly Step[], id: string) => steps.find((step) => step.id === id)?.title ?? id;
const notOk = (line: string): Outcome => ({ ok: false, lines: [line], learned: [] });

function readKept(path: string): Record<string, Outcome> {
  try {
    return keptFile.parse(JSON.parse(readFileSync(path, 'utf8'))) as Record<string, Outcome>;
  } catch {
    return {}; // none yet, or not ours: the tour begins at its beginning
  }
}

function keep(path: string, states: ReadonlyMap<string, StepState>): void {
  const outcomes = [...states].flatMap(([id, { outcome }]) => (outcome ? [[id, outcome]] : []));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.draft`, JSON.stringify(Object.fromEntries(outcomes)), { mode: 0o600 });
  renameSync(`${path}.draft`, path);
}
