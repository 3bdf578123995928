/** The verbs of the command, in the order of the overview. */
import { auditVerb } from './audit.ts';
import { startVerb } from './start.ts';
import { storyVerb } from './story.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [startVerb, storyVerb, auditVerb];
