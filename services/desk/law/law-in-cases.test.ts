import { Refusal } from '@answerable/protocol/refusal';
import { describe, expect, it } from 'vitest';
import { appealUntil, dueAt, dueUnder } from '../casework/deadline.ts';
import type { Assessment, ConductDecision } from '../casework/decision.ts';
import type { CaseRules, EventBody } from '../casework/event.ts';
import { fold, transition } from '../casework/transition.ts';
import type { DeskConfig } from '../config.ts';
import { writeConduct } from '../deciding/write-decision.ts';
import {
  byDesk,
  byHuman,
  conductDecision,
  conductFinding,
  idOf,
  item,
  moderator,
  must,
  refusalOf,
  startOfCase,
  subOf,
} from '../testing/example-case.ts';
import { createLaw } from './law.ts';
import { loadPacks } from './load-packs.ts';
import type { LawPack } from './pack.ts';
import type { Profile } from './profile.ts';

const profile: Profile = {
  size: 'small',
  countries: ['GB'],
  functions: ['posts'],
  risks: [],
  childrenLikely: false,
  moderators: 'several',
};
const packs = loadPacks();
const law = createLaw(packs, () => profile);
const [opened, later] = ['2026-11-23', '2027-03-02'];
const base = { barNeedsSecond: true, holdsPersons: true, holdHours: 12 };
const post = item('post/1', subOf('a'));
const a = moderator('Ada');

function caseUnder(rules: CaseRules, reasons: 'intimate-image'[] = ['intimate-image']) {
  const reporter = { role: 'reporter', name: 'reporter' } as const;
  const report = { kind: 'reported', report: idOf('r'), capacity: 'subject', reasons } as const;
  return [
    byDesk(startOfCase, { kind: 'opened', caseId: idOf('case'), caseKind: 'content', rules }),
    byHuman(reporter, startOfCase, { ...report, characteristics: [], items: [post] }),
    byDesk(startOfCase, { kind: 'queued' }),
  ];
}
const hide: ConductDecision = conductDecision(
  ['post/1'],
  [{ measure: idOf('hide'), kind: 'hide-item', target: 'post/1' }],
);
const { incompatible_content_ground: _, incompatible_content_explanation: __, ...rest } = hide.statement;
const illegal: ConductDecision = {
  ...hide,
  statement: {
    ...rest,
    decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
    illegal_content_legal_ground: 'Sexual Offences Act 2003, s.66B',
    illegal_content_explanation: 'Shared without consent.',
  },
};
const image = { showsSomebody: 'yes', withoutConsent: 'yes', noReasonableBelief: 'yes' } as const;
const found = (more: object): Assessment =>
  conductFinding(['post/1'], { limb: 'illegal', offence: 'intimate-image', elements: image, ...more });

function decidedUnder(rules: CaseRules, assessment: Assessment) {
  const at = '2026-11-23T09:00:00.000Z';
  const bodies: EventBody[] = [{ kind: 'claimed' }, { kind: 'assessed', assessment }];
  const state = bodies.reduce((now, body) => must(now, byHuman(a, at, body)), fold(caseUnder(rules)));
  return { state, event: byHuman(a, at, { kind: 'decided', decision: illegal }) };
}

describe('a change of law mid-case does not change the case', () => {
  const first = packs[1] as LawPack;
  const stricter = {
    ...first,
    compared: '2027-01-10',
    from: '2027-03-01',
    clocks: first.clocks.map((one) => (one.until === 'decision' ? { ...one, hours: 12 } : one)),
    offences: first.offences.map((one) =>
      one.id === 'intimate-image'
        ? { ...one, elements: [...one.elements, { id: 'forGain', ask: 'For gain?' }] }
        : one,
    ),
  };
  const changed = createLaw([...packs, stricter], () => profile);
  it('its clock, the name of its law, and its elements stay', () => {
    const rules = { ...base, ...changed.rules(opened) };
    const state = fold(caseUnder(rules));
    expect(dueAt(state)).toBe('2026-11-25T08:00:00.000Z');
    expect(dueUnder(state)).toBe('Online Safety Act s.10(3A), s.20A');
    expect(changed.offences(rules).find(({ id }) => id === 'intimate-image')?.elements).toHaveLength(3);
    expect(() => changed.requireFinding(rules, found({}))).not.toThrow();
  });
  it('a case opened after it has the new ones', () => {
    const rules = { ...base, ...changed.rules(later) };
    expect(dueAt(fold(caseUnder(rules)))).toBe('2026-11-23T20:00:00.000Z');
    expect(rules.packs).toEqual(['uk-osa 2027-01-10']);
    expect(() => changed.requireFinding(rules, found({}))).toThrow(Refusal);
    expect(() =>
      changed.requireFinding(rules, found({ elements: { ...image, forGain: 'yes' } })),
    ).not.toThrow();
  });
});

describe('which clock', () => {
  it('the desk’s own names no law', () => {
    const state = fold(caseUnder(base));
    expect(dueAt(state)).toBe('2026-11-25T08:00:00.000Z');
    expect(dueUnder(state)).toBeNull();
  });
  it('appeals close after half a year, later where a law says so', () => {
    expect(appealUntil(startOfCase, { rules: base })).toBe('2027-05-25');
    const union = createLaw(packs, () => ({ ...profile, size: 'medium', countries: ['IE'] }));
    expect(appealUntil(startOfCase, { rules: { ...base, ...union.rules(opened) } })).toBe('2027-05-26');
  });
});

describe('illegal is what the offence’s elements make out', () => {
  const rules = { ...base, ...law.rules(opened) };
  it('with every element shown', () => {
    const { state, event } = decidedUnder(rules, found({}));
    expect(must(state, event).phase).toBe('closed');
  });
  it.each<[string, object]>([
    ['one that is not shown', { elements: { ...image, withoutConsent: 'no' } }],
    ['one that nobody is sure of', { elements: { ...image, noReasonableBelief: 'unsure' } }],
    ['one that was not asked', { elements: { showsSomebody: 'yes', withoutConsent: 'yes' } }],
    ['those of another offence', { elements: { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' } }],
    ['no element at all', { elements: {} }],
    ['no offence', { offence: null }],
    ['an offence without elements', { offence: 'rudeness', elements: {} }],
    ['a further element that is not shown', { elements: { ...image, forGain: 'no' } }],
  ])('refused: %s', (_sin, more) => {
    const { state, event } = decidedUnder(rules, found(more));
    expect(refusalOf(state, event)).toBe('reasons_missing');
  });
  it('the terms ask for no elements', () => {
    const { state } = decidedUnder(rules, found({ limb: 'terms', offence: null, elements: {} }));
    const event = byHuman(a, state.at, { kind: 'decided', decision: hide });
    expect(must(state, event).phase).toBe('closed');
  });
  it('what was recorded before there were packs still folds', () => {
    const elements = { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' } as const;
    const { state, event } = decidedUnder(base, found({ elements }));
    expect(must(state, event).phase).toBe('closed');
    const encouraging = { offence: 'encouraging-suicide', elements: { ...elements, intended: 'no' } };
    const before = decidedUnder(base, found(encouraging));
    expect(refusalOf(before.state, before.event)).toBe('reasons_missing');
  });
  it('a second person is refused the same', () => {
    const { state } = decidedUnder(rules, found({ elements: { ...image, withoutConsent: 'no' } }));
    const event = byHuman(a, state.at, { kind: 'proposed', decision: illegal });
    expect(transition(state, event)).toBeInstanceOf(Refusal);
  });
});

describe('a finding in words that no pack of the case has', () => {
  const rules = law.rules(opened);
  it.each<[string, object]>([
    ['an offence of somebody’s own', { offence: 'rudeness' }],
    ['an element of another offence', { elements: { ...image, course: 'yes' } }],
    ['one element too few', { elements: { showsSomebody: 'yes' } }],
  ])('is refused: %s', (_sin, more) => {
    expect(() => law.requireFinding(rules, found(more))).toThrow(Refusal);
  });
  it('where no law reaches there is another offence, by its general form', () => {
    const nowhere = createLaw(packs, () => ({ ...profile, countries: ['JP'] }));
    expect(nowhere.offences(nowhere.rules(opened)).map(({ id }) => id)).toEqual(['other']);
  });
});

describe('a statement follows from what was found', () => {
  const rules = { ...base, ...law.rules(opened) };
  const parts = { config: { gateway: null, countries: ['GB'] } as unknown as DeskConfig, law };
  const reasons = { ground: 's.66B', explanation: 'Shared.', facts: 'A picture.', clause: '4' };
  const choice = {
    path: 'conduct' as const,
    measures: [{ kind: 'hide-item' as const, target: 'post/1' }],
    reasons,
  };
  const write = (more: object, finding: Assessment, words: object = {}) => {
    const state = fold(caseUnder(rules));
    const items = state.items.map((one) => ({ ...one, ...more }));
    const given = { ...choice, reasons: { ...reasons, ...words } };
    return writeConduct({ ...state, items }, given, finding, '2026-11-23T09:00:00.000Z', parts).statement;
  };
  it('its category and keyword by the offence, unless somebody says otherwise', () => {
    const statement = write({}, found({}));
    expect(statement.category).toBe('STATEMENT_CATEGORY_CYBER_VIOLENCE');
    expect(statement.category_specification).toEqual(['KEYWORD_NON_CONSENSUAL_IMAGE_SHARING']);
    const other = write({}, found({}), { category: 'STATEMENT_CATEGORY_PROTECTION_OF_MINORS' });
    expect(other).not.toHaveProperty('category_specification');
    const terms = write({}, found({ limb: 'terms', offence: null, elements: {} }));
    expect(terms.category).toBe('STATEMENT_CATEGORY_OTHER_VIOLATION_TC');
  });
  it('its content type by what is there', () => {
    const shows = ['words', 'picture', 'video-still'];
    expect(write({ shows }, found({})).content_type).toEqual([
      'CONTENT_TYPE_TEXT',
      'CONTENT_TYPE_IMAGE',
      'CONTENT_TYPE_VIDEO',
    ]);
    expect(write({ shows: ['picture'] }, found({})).content_type).toEqual(['CONTENT_TYPE_IMAGE']);
  });
  it.each([
    ['before there was a web', '1970-01-01T00:00:00.000Z'],
    ['in the year 3000', '3000-01-01T00:00:00.000Z'],
  ])('its day is a real one, even where a reporter says %s', (_when, posted) => {
    expect(write({ posted }, found({})).content_date).toBe('2026-11-23');
  });
  it('its words by the law that holds', () => {
    const { right_to_claim, how_to_complain } = write({}, found({}));
    expect(right_to_claim).toContain('s.72');
    expect(how_to_complain).toContain('also when you are barred');
  });
});
