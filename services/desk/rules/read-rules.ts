/**
 * Reads rules as people write them. One statement a paragraph; `#` begins a remark:
 *
 *     list denials: "never", "not"
 *     list goading: "do it already", "nobody would miss you"
 *
 *     rule goading-at-a-person
 *       says "Somebody may be goaded into harming themselves"
 *       when words goading unless after denials and not kind care
 *       pull 12 hours
 *       label goading for 7 days
 *       mode shadow
 *
 * Refuses with the line and what should stand there. Must never: take a rule that it does not wholly understand.
 */
import {
  type Condition,
  labelDaysMax,
  listsMax,
  phrasesMax,
  pullHoursMax,
  type Rule,
  type RuleSet,
  rulesMax,
} from './rule.ts';

const textCharsMax = 100_000;
const saysCharsMax = 200;
const phraseCharsMax = 100;
const depthMax = 20;
const nameForm = /^[a-z][a-z0-9-]{0,39}$/;
const countWords = ['reports', 'accounts', 'persons', 'messages'] as const;

/** Something in the text is not a rule. `line` counts from 1. */
export class RuleFault extends Error {
  readonly line: number;
  constructor(line: number, should: string) {
    super(`Line ${line}: ${should}`);
    this.name = 'RuleFault';
    this.line = line;
  }
}

interface Token {
  text: string;
  /** a text in quotation marks */
  quoted: boolean;
  line: number;
}

/** Throws RuleFault. */
export function readRules(text: string): RuleSet {
  if (text.length > textCharsMax) throw new RuleFault(1, 'the rules are too long');
  const reader = new Reader(tokensOf(text));
  const lists = new Map<string, readonly string[]>();
  const rules: Rule[] = [];
  const labels = new Set<string>();
  while (!reader.atEnd()) {
    if (reader.takes('list')) {
      const name = reader.name('a name for the list');
      if (lists.has(name)) reader.fail('this list stands here already');
      reader.need(':');
      lists.set(name, phrases(reader));
      if (lists.size > listsMax) reader.fail(`at most ${listsMax} lists`);
    } else if (reader.takes('rule')) {
      const rule = readRule(reader, { lists, labels });
      if (rules.some((one) => one.name === rule.name)) reader.fail('a rule of this name stands here already');
      rules.push(rule);
      if (rule.label) labels.add(rule.label.name);
      if (rules.length > rulesMax) reader.fail(`at most ${rulesMax} rules`);
    } else reader.fail('“list” or “rule” should stand here');
  }
  return { lists, rules };
}

function phrases(reader: Reader): string[] {
  const found: string[] = [];
  do {
    found.push(reader.quoted('a phrase in quotation marks', phraseCharsMax));
    if (found.length > phrasesMax) reader.fail(`at most ${phrasesMax} phrases`);
  } while (reader.takes(','));
  return found;
}

interface Known {
  lists: ReadonlyMap<string, readonly string[]>;
  labels: ReadonlySet<string>;
}

function readRule(reader: Reader, known: Known): Rule {
  const name = reader.name('a name for the rule');
  reader.need('says');
  const says = reader.quoted('why, in quotation marks', saysCharsMax);
  reader.need('when');
  const when = anyOf(reader, known, 0);
  let pull = 0;
  if (reader.takes('pull')) {
    pull = reader.number(pullHoursMax);
    if (!reader.takes('hour')) reader.need('hours');
  }
  let label: Rule['label'] = null;
  if (reader.takes('label')) {
    const labelName = reader.name('a name for the label');
    reader.need('for');
    label = { name: labelName, days: reader.number(labelDaysMax) };
    if (!reader.takes('day')) reader.need('days');
  }
  reader.need('mode');
  const mode = reader.oneOf(['shadow', 'live'] as const);
  return { name, says, when, pull, label, mode };
}

function anyOf(reader: Reader, known: Known, depth: number): Condition {
  const parts = [allOf(reader, known, depth)];
  while (reader.takes('or')) parts.push(allOf(reader, known, depth));
  return parts.length === 1 ? parts[0]! : { any: parts };
}

function allOf(reader: Reader, known: Known, depth: number): Condition {
  const parts = [one(reader, known, depth)];
  while (reader.takes('and')) parts.push(one(reader, known, depth));
  return parts.length === 1 ? parts[0]! : { all: parts };
}

function one(reader: Reader, known: Known, depth: number): Condition {
  if (depth > depthMax) reader.fail('too many brackets');
  if (reader.takes('not')) return { not: one(reader, known, depth + 1) };
  if (reader.takes('(')) {
    const inner = anyOf(reader, known, depth + 1);
    reader.need(')');
    return inner;
  }
  if (reader.takes('words')) return words(reader, known, false);
  if (reader.takes('quoted')) {
    reader.need('words');
    return words(reader, known, true);
  }
  if (reader.takes('reason')) return { reason: reader.name('a reason') };
  if (reader.takes('characteristic')) return { characteristic: reader.name('a characteristic') };
  if (reader.takes('kind')) return { kind: reader.name('a kind of case') };
  if (reader.takes('language')) return { language: reader.name('a language') };
  if (reader.takes('label')) {
    const label = reader.name('a label');
    if (!known.labels.has(label)) reader.fail('no rule above gives this label');
    return { label };
  }
  const count = reader.oneOf(countWords, 'a condition');
  reader.need('>=');
  return { count, atLeast: reader.number(1_000_000) };
}

function words(reader: Reader, { lists }: Known, quoted: boolean): Condition {
  const list = reader.name('the name of a list');
  if (!lists.has(list)) reader.fail('no list of this name stands above');
  let unlessAfter: string | null = null;
  if (reader.takes('unless')) {
    reader.need('after');
    unlessAfter = reader.name('the name of a list');
    if (!lists.has(unlessAfter)) reader.fail('no list of this name stands above');
  }
  return { words: list, quoted, unlessAfter };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    let rest = line;
    for (;;) {
      const found = /^\s*("(?<phrase>[^"]*)"|#.*|>=|[:,()]|[a-z0-9-]+)/u.exec(rest);
      if (!found) break;
      rest = rest.slice(found[0].length);
      const { phrase } = found.groups ?? {};
      const word = found[1] ?? '';
      if (!word.startsWith('#'))
        tokens.push({ text: phrase ?? word, quoted: phrase !== undefined, line: index + 1 });
    }
    if (rest.trim() !== '') throw new RuleFault(index + 1, 'something here is no word of a rule');
  }
  return tokens;
}

class Reader {
  #tokens: Token[];
  #at = 0;
  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }
  atEnd = () => this.#at >= this.#tokens.length;
  fail(should: string): never {
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)];
    throw new RuleFault(token?.line ?? 1, should);
  }
  takes(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.quoted !== false || token.text !== word) return false;
    this.#at += 1;
    return true;
  }
  need(word: string): void {
    if (!this.takes(word)) this.fail(`“${word}” should stand here`);
  }
  #next(should: string, quoted: boolean): string {
    const token = this.#tokens[this.#at];
    if (token?.quoted !== quoted) this.fail(`${should} should stand here`);
    this.#at += 1;
    return token.text;
  }
  name(should: string): string {
    const text = this.#next(should, false);
    if (nameForm.test(text)) return text;
    this.#at -= 1;
    return this.fail(`${should} should stand here: small letters, digits and hyphens`);
  }
  quoted(should: string, charsMax: number): string {
    const text = this.#next(should, true).trim();
    if (text !== '' && text.length <= charsMax) return text;
    this.#at -= 1;
    return this.fail(`${should} should stand here, at most ${charsMax} characters`);
  }
  number(max: number): number {
    const text = this.#next('a number', false);
    if (/^\d{1,7}$/.test(text) && Number(text) <= max) return Number(text);
    this.#at -= 1;
    return this.fail(`a number up to ${max} should stand here`);
  }
  oneOf<T extends string>(words: readonly T[], should = `one of ${words.join(', ')}`): T {
    for (const word of words) if (this.takes(word)) return word;
    return this.fail(`${should} should stand here`);
  }
}
