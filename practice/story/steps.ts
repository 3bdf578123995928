/** All steps in the order of the story. */
import { abuseSteps } from './abuse.ts';
import { careSteps } from './care.ts';
import { joinSteps } from './join.ts';
import { openSteps } from './open.ts';
import { returnSteps } from './return.ts';
import { stealSteps } from './steal.ts';
import type { Step } from './step.ts';

export const steps: readonly Step[] = [
  ...joinSteps,
  ...abuseSteps,
  ...careSteps,
  ...returnSteps,
  ...stealSteps,
  ...openSteps,
];
