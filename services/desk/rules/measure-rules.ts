/** How a rule set does on each functional class: what share of the sentences some rule holds for. */
import { classes, type FunctionalClass } from './classes.ts';
import { evaluate } from './evaluate.ts';
import type { Facts, RuleSet } from './rule.ts';

export interface ClassResult extends Pick<FunctionalClass, 'name' | 'against'> {
  sentences: number;
  held: number;
}

/** In the order of `classes`: those that are against nobody first. */
export const measureRules = (set: RuleSet): ClassResult[] =>
  classes.map(({ name, against, sentences }) => ({
    name,
    against,
    sentences: sentences.length,
    held: sentences.filter((sentence) => evaluate(set, factsOf(sentence)).length > 0).length,
  }));

const factsOf = (text: string): Facts => ({
  texts: [text],
  languages: ['en'],
  reasons: [],
  characteristics: [],
  kind: 'content',
  counts: { reports: 1, accounts: 1, persons: 1, messages: 1 },
});
