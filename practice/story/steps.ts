/** All steps in the order of the story. */
import type { Step } from './step.ts';

export const steps: readonly Step[] = [];
