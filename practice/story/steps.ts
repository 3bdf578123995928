/** All steps in the order of the story. */
import { joinSteps } from './join.ts';
import type { Step } from './step.ts';

export const steps: readonly Step[] = [...joinSteps];
