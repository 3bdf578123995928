/** All steps in the order of the story. */
import { abuseSteps } from './abuse.ts';
import { careSteps } from './care.ts';
import { joinSteps } from './join.ts';
import { remember } from './memory.ts';
import { openSteps } from './open.ts';
import { returnSteps } from './return.ts';
import { stealSteps } from './steal.ts';
import type { Step } from './step.ts';

const told: readonly Step[] = [
  ...joinSteps,
  ...abuseSteps,
  ...careSteps,
  ...returnSteps,
  ...stealSteps,
  ...openSteps,
];

/** Each remembers what it did, so that the story goes on after a restart. */
export const steps: readonly Step[] = told.map((step) => ({
  ...step,
  async run(world, tell) {
    const outcome = await step.run(world, tell);
    await remember(world);
    return outcome;
  },
}));
