/** Chapter four: a thief steals everything, in both worlds. */
import type { Step } from './step.ts';

export const stealSteps: readonly Step[] = [];
