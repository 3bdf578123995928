/** What the rules say of a case: pure and total, in the order in which they are written. */
import { foldWords } from '../vigil/fold-words.ts';
import type { Condition, Facts, Finding, Rule, RuleSet } from './rule.ts';
import { pullHoursMax } from './rule.ts';

const wordsShownMax = 8;

/** Every rule that holds. A rule in shadow gives no label, so that a live rule cannot rest on it. */
export function evaluate({ rules, lists }: RuleSet, facts: Facts): Finding[] {
  const texts = facts.texts.map((text) => ({
    all: sentencesOf(text),
    own: sentencesOf(withoutQuotes(text)),
  }));
  const labels = new Set<string>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    const words: string[] = [];
    if (!holds(rule.when, { facts, texts, labels, lists, words })) continue;
    if (rule.label && rule.mode === 'live') labels.add(rule.label.name);
    findings.push(findingOf(rule, words));
  }
  return findings;
}

/** Hours by which live rules pull the case forward. */
export const pulledHours = (findings: readonly Finding[]): number =>
  Math.min(
    pullHoursMax,
    findings.reduce((sum, one) => sum + (one.mode === 'live' ? one.pull : 0), 0),
  );

const findingOf = ({ name, says, pull, mode, label }: Rule, words: string[]): Finding => ({
  rule: name,
  says,
  pull,
  mode,
  label,
  words: [...new Set(words)].slice(0, wordsShownMax),
});

interface Looking {
  facts: Facts;
  /** sentences, folded: all of them, and those that are the author's own */
  texts: readonly { all: readonly string[]; own: readonly string[] }[];
  labels: ReadonlySet<string>;
  lists: RuleSet['lists'];
  /** the words that were found, for the explanation */
  words: string[];
}

function holds(condition: Condition, looking: Looking): boolean {
  const { facts, labels } = looking;
  if ('any' in condition) return condition.any.some((one) => holds(one, looking));
  if ('all' in condition) return condition.all.every((one) => holds(one, looking));
  // What is found below a "not" explains nothing.
  if ('not' in condition) return !holds(condition.not, { ...looking, words: [] });
  if ('words' in condition) return findWords(condition, looking);
  if ('reason' in condition) return facts.reasons.includes(condition.reason);
  if ('characteristic' in condition) return facts.characteristics.includes(condition.characteristic);
  if ('kind' in condition) return facts.kind === condition.kind;
  if ('language' in condition) return facts.languages.includes(condition.language);
  if ('label' in condition) return labels.has(condition.label);
  return (facts.counts[condition.count] ?? 0) >= condition.atLeast;
}

function findWords(condition: Extract<Condition, { words: string }>, looking: Looking): boolean {
  const { texts, lists, words } = looking;
  const denials = (lists.get(condition.unlessAfter ?? '') ?? []).map(fold);
  const found = (lists.get(condition.words) ?? []).filter((phrase) => {
    const folded = fold(phrase);
    return texts.some(({ all, own }) =>
      (condition.quoted ? all : own).some((sentence) => saysIt(sentence, folded, denials)),
    );
  });
  words.push(...found);
  return found.length > 0;
}

function saysIt(sentence: string, phrase: string, denials: readonly string[]): boolean {
  const at = sentence.indexOf(phrase);
  if (at < 0) return false;
  const before = sentence.slice(0, at + 1);
  return !denials.some((denial) => before.includes(denial));
}

/** Folded sentence by sentence: what is denied in one is not denied in the next. */
const sentencesOf = (text: string): string[] => text.split(/(?<![.])[.!?](?![.])\s+|\n+/).map(fold);

/** The words as they are compared, with one space at each side. */
const fold = (text: string): string => ` ${foldWords(text).join(' ')} `;

/** Without what stands in quotation marks or in lines that begin with `>`: that is somebody else's word. */
export function withoutQuotes(text: string): string {
  return text
    .replaceAll(/^\s*>.*$/gm, ' … ')
    .replaceAll(/“[^”]{0,2000}”|„[^“”]{0,2000}[“”]|«[^»]{0,2000}»|"[^"\n]{0,2000}"/g, ' … ');
}
