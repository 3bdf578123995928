/**
 * The rule language of the desk, as data: what a rule looks at, and what it may do, which is to pull a case
 * forward in its queue and to say why (SAFETY, "Hate and abuse": detection ranks and explains, and never
 * decides). Every rule ends: there are no loops and nothing is looked up. A rule may look at labels of rules
 * above it only, so that they cannot go in circles.
 */

export const rulesMax = 100;
export const listsMax = 50;
export const phrasesMax = 500;
/** Together, rules pull a case forward by this at most: no flood of flagged reports hides the others for good. */
export const pullHoursMax = 24;
export const labelDaysMax = 90;

export type Condition =
  | { any: Condition[] }
  | { all: Condition[] }
  | { not: Condition }
  /**
   * one of the phrases of a list stands in an item: outside quotation marks unless `quoted`, and not in a sentence
   * in which a phrase of the list `unlessAfter` comes before it ("I would never say …")
   */
  | { words: string; quoted: boolean; unlessAfter: string | null }
  | { reason: string }
  | { characteristic: string }
  | { kind: string }
  | { language: string }
  | { count: 'reports' | 'accounts' | 'persons' | 'messages'; atLeast: number }
  | { label: string };

export interface Rule {
  name: string;
  /** shown to moderators: why the case stands where it stands */
  says: string;
  when: Condition;
  /** hours, 0 to 24 */
  pull: number;
  /** given to the case, for so many days */
  label: { name: string; days: number } | null;
  /** `shadow`: counted and shown to admins, moves nothing */
  mode: 'shadow' | 'live';
}

export interface RuleSet {
  lists: ReadonlyMap<string, readonly string[]>;
  rules: readonly Rule[];
}

/** What rules see of a case. */
export interface Facts {
  texts: readonly string[];
  languages: readonly string[];
  reasons: readonly string[];
  characteristics: readonly string[];
  kind: string;
  counts: { reports: number; accounts: number; persons: number | null; messages: number };
}

/** One rule that held, with the words that moved it. */
export interface Finding {
  rule: string;
  says: string;
  pull: number;
  mode: 'shadow' | 'live';
  label: { name: string; days: number } | null;
  words: string[];
}
