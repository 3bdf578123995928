/** The rules: read as they are written or refused by line, total, without circles; they rank, explain and never decide. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { evaluate, pulledHours, withoutQuotes } from './evaluate.ts';
import { measureRules } from './measure-rules.ts';
import { RuleFault, readRules } from './read-rules.ts';
import { type Facts, pullHoursMax } from './rule.ts';

const facts = (text: string, more: Partial<Facts> = {}): Facts => ({
  texts: [text],
  languages: ['en'],
  reasons: [],
  characteristics: [],
  kind: 'content',
  counts: { reports: 1, accounts: 1, persons: 1, messages: 1 },
  ...more,
});
const rule = (when: string, mode = 'live') => `list bad: "go and die"
rule one
  says "Why"
  when ${when}
  pull 5 hours
  label bad for 3 days
  mode ${mode}`;

describe('a rule', () => {
  it('is read as it is written', () => {
    const set = readRules(rule('words bad and not (kind care or reports >= 10)'));
    expect(set.rules[0]).toMatchObject({
      name: 'one',
      pull: 5,
      mode: 'live',
      label: { name: 'bad', days: 3 },
    });
    const [finding] = evaluate(set, facts('Go and die, will you'));
    expect(finding).toMatchObject({ says: 'Why', words: ['go and die'] });
    expect(evaluate(set, facts('Go and die', { kind: 'care' }))).toEqual([]);
  });

  it.each([
    ['without a reason to show', 'rule a when reason hate mode live', 1],
    ['that looks at a list that is not there', 'rule a says "x" when words bad mode live', 1],
    ['that rests on a label below it', rule('label later'), 4],
    ['that rests on its own label', rule('label bad'), 4],
    ['with a bracket that does not end', rule('(words bad'), 5],
    ['with a condition nobody knows', rule('astrology'), 4],
    ['that pulls by a week', rule('words bad').replace('5 hours', '168 hours'), 5],
    ['in a mode that decides', rule('words bad', 'decide'), 7],
    ['of a name that stands already', `${rule('words bad')}\nrule one says "x" when words bad mode live`, 8],
    ['with a script for a name', 'rule <script> says "x" when reason hate mode live', 1],
    ['with a thousand brackets', rule(`${'('.repeat(1000)}words bad${')'.repeat(1000)}`), 4],
    ['that excepts what no list says', rule('words bad unless after nothing'), 5],
    ['with an empty phrase', 'list bad: " "', 1],
  ])('%s is refused, by its line', (_sin, text, line) => {
    try {
      readRules(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RuleFault);
      expect((error as RuleFault).line).toBeGreaterThanOrEqual(line - 1);
    }
  });

  it('ends for every text: it is read, or refused', () => {
    const words = fc.constantFrom(
      ...'list rule : , ( ) says when and or not words quoted label pull hours for days mode live shadow >= 3 one "x"'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), fc.string(), (parts, noise) => {
        for (const text of [parts.join(' '), parts.join(' ') + noise, noise]) {
          try {
            readRules(text);
          } catch (error) {
            expect(error).toBeInstanceOf(RuleFault);
          }
        }
      }),
    );
  });

  it('in shadow moves nothing, and no live rule can rest on it', () => {
    const set = readRules(
      `${rule('words bad', 'shadow')}\nrule two says "y" when label bad pull 9 hours mode live`,
    );
    const findings = evaluate(set, facts('go and die'));
    expect(findings.map((one) => one.rule)).toEqual(['one']);
    expect(pulledHours(findings)).toBe(0);
  });

  it('together with all others pulls by a day at most', () => {
    const many = Array.from(
      { length: 20 },
      (_, n) => `rule r${n} says "x" when reports >= 1 pull 24 hours mode live`,
    ).join('\n');
    expect(pulledHours(evaluate(readRules(many), facts('')))).toBe(pullHoursMax);
  });
});

describe('words', () => {
  it.each(['k1ll y0urself', 'KILL yourself', 'kìll your\u200Bself', 'kill... yourself'])(
    'are found in disguise: %s',
    (text) => {
      const set = readRules('list bad: "kill yourself" rule a says "x" when words bad mode live');
      expect(evaluate(set, facts(text))).toHaveLength(1);
    },
  );
  it('after a denial in the same sentence are not said, and in the next they are', () => {
    const set = readRules(`list denials: "never"\n${rule('words bad unless after denials')}`);
    expect(evaluate(set, facts('I would never say go and die.'))).toEqual([]);
    expect(evaluate(set, facts('I never lie. Go and die.'))).toHaveLength(1);
  });
  it('in quotation marks are somebody else’s', () =>
    expect(withoutQuotes('He wrote “go and die” and\n> go and die\nI am sad')).not.toContain('go and die'));
  it('of a long text are found in the time of a long text', () => {
    const text = `${'“'.repeat(5000)}go and die${'"'.repeat(5000)}`;
    expect(evaluate(readRules(rule('words bad')), facts(text))).toBeDefined();
  });
});

describe('the example', () => {
  const set = readRules(readFileSync(new URL('./example.rules', import.meta.url), 'utf8'));
  it('is all in shadow', () => expect(set.rules.every((one) => one.mode === 'shadow')).toBe(true));
  it.each(measureRules(set).filter((one) => !one.against))('lets $name be, for the most part', (one) => {
    expect(one.held / one.sentences).toBeLessThan(0.5);
  });
  it.each(measureRules(set).filter((one) => one.against))('finds $name', (one) => {
    expect(one.held / one.sentences).toBeGreaterThan(0.5);
  });
});

describe('the queue', () => {
  let world: DeskWorld;
  let ada: Moderator;
  beforeAll(async () => {
    world = await deskWorld('rules');
    ada = await world.signIn('Ada', ['admin']);
    await world.report([snapshot('post/first', subOf('a'), 'Buy my watches')], { reasons: ['other'] });
    world.clock.advance({ hours: 1 });
    await world.report([snapshot('post/second', subOf('b'), 'Go and die.')], { reasons: ['other'] });
  });
  beforeEach(async () => {
    ada = await world.signIn('Ada', ['admin']);
  });
  afterAll(() => world.close());
  const order = async () => {
    const { body } = await ada.get('/');
    return Promise.all(
      body.cases.map(async (one: { caseId: string }) => (await ada.get(`/cases/${one.caseId}`)).body),
    );
  };

  it('is not moved by a rule in shadow, and is by a live one, which says why', async () => {
    await ada.post('/rules', { text: rule('words bad', 'shadow') });
    await world.desk.tick();
    const [before] = await order();
    expect(before.items[0].locator).toBe('post/first');
    await ada.post('/rules', { text: rule('words bad') });
    await world.desk.tick();
    const [after] = await order();
    expect(after.items[0].locator).toBe('post/second');
    expect(after.ranked).toMatchObject([{ rule: 'one', words: ['go and die'] }]);
    // It ranks: nothing was decided, held or found.
    expect(after).toMatchObject({ phase: 'queued', decided: null, assessment: null, holds: [] });
  });

  it('is looked at again when a case changes', async () => {
    await ada.post('/rules', { text: 'rule many says "Many" when reports >= 2 pull 9 hours mode live' });
    await world.report([snapshot('post/first', subOf('a'), 'Buy my watches')], { reasons: ['other'] });
    await world.desk.tick();
    const [first] = await order();
    expect(first.items[0].locator).toBe('post/first');
    expect(first.ranked).toMatchObject([{ rule: 'many' }]);
  });

  it('is not for a moderator to rule over, and a wrong rule changes nothing', async () => {
    const robin = await world.signIn('Robin');
    expect((await robin.post('/rules', { text: '' })).status).toBe(403);
    const wrong = await ada.post('/rules', { text: 'rule' });
    expect(wrong.body).toMatchObject({ code: 'malformed' });
    expect((await ada.get('/rules')).body.text).toContain('rule many');
  });
});
