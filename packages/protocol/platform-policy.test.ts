import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { standingNeeded } from './platform/standing-needed.ts';
import { regionOf, type SignsSeen, signs, type UkTable, ukRows } from './platform/where.ts';
import { type PlatformPolicy, platformPolicy, platformPolicyHash } from './platform-policy.ts';

const plain: PlatformPolicy = {
  v: 1,
  platform: 'commons',
  title: 'Commons',
  accountsMax: 3,
  disclose: ['over_13', 'residence', 'reset_recent'],
  grounds: ['threat-to-life', 'court-order'],
  sanctionsHoldThePerson: true,
  resetNeedsModerator: true,
};
const table: UkTable = {
  where: 'uk',
  table: 'uk-2026-11',
  signs: [
    { sign: 'residence', counts: 'alone' },
    { sign: 'address-range', counts: 'alone' },
    { sign: 'phone-country', counts: 'together' },
    { sign: 'sign-up-language', counts: 'together' },
  ],
  otherwise: 'uk',
};
const full: PlatformPolicy = {
  ...plain,
  disclose: [...plain.disclose, 'name'],
  serial: 2,
  previous: 'A'.repeat(43),
  effective: '2027-01-01',
  rooms: [
    { id: 'square', title: 'The square', acts: { read: 'open', post: 'answerable', reply: 'answerable' } },
    { id: 'council', title: 'Council', acts: { read: 'answerable', post: 'named' } },
  ],
  forWhom: table,
  ladder: [
    { step: 'warn', daysMax: null },
    { step: 'suspend', daysMax: 30 },
    { step: 'bar', daysMax: 365 },
  ],
  clocks: { decideHours: 24, intimateImageHours: 48, appealDays: 183, appealAnswerDays: 14 },
  retention: { closedDays: 365 },
  claim: { until: '2027-03-31', afterwards: 'read-only' },
};
const holds = (policy: object) => platformPolicy.safeParse(policy).success;

describe('a policy', () => {
  it('of before keeps its hash; every new field changes it', () => {
    expect(platformPolicyHash(platformPolicy.parse(plain))).toBe(
      'FYNcg_Bo3rqmEMlJO7fXhvrmbgPPS-40iM00pdQrpO0',
    );
    const hashes = Object.keys(full).map((field) => platformPolicyHash({ ...full, [field]: undefined }));
    expect(new Set([...hashes, platformPolicyHash(full)]).size).toBe(Object.keys(full).length + 1);
  });

  it('is the worked example of the page, to the byte', () => {
    const page = readFileSync(new URL('../../spec/platform-policy.md', import.meta.url), 'utf8');
    const [, policy, hash] = page.match(/```example\nthe policy\n(.*)\nhas the hash\n(\S+)\n```/s)!;
    expect(platformPolicyHash(platformPolicy.parse(JSON.parse(policy!)))).toBe(hash);
    for (const [sign, { looksAt, whoKnows, limit }] of Object.entries(ukRows))
      expect(page).toContain(`| \`${sign}\` | ${looksAt} | ${whoKnows} | ${limit} |`);
  });

  it('with everything said holds', () => expect(platformPolicy.parse(full)).toEqual(full));

  it.each<[string, object]>([
    ['an unknown field', { surprise: true }],
    ['a serial without a predecessor', { previous: undefined }],
    ['a serial without a day', { effective: undefined }],
    ['a first serial with a predecessor', { serial: 1 }],
    ['a later serial without one', { previous: null }],
    ['a day that is not in the calendar', { effective: '2027-02-30' }],
    ['no rooms', { rooms: [] }],
    ['a room twice', { rooms: [full.rooms![0], full.rooms![0]] }],
    ['a room where nothing can be done', { rooms: [{ id: 'a', title: 'A', acts: {} }] }],
    ['an act under a name that it does not ask for', { disclose: plain.disclose }],
    ['an act nobody knows', { rooms: [{ id: 'a', title: 'A', acts: { read: 'open', sing: 'open' } }] }],
    ['a standing nobody knows', { rooms: [{ id: 'a', title: 'A', acts: { read: 'verified' } }] }],
    [
      'reading harder than posting',
      { rooms: [{ id: 'a', title: 'A', acts: { read: 'named', post: 'open' } }] },
    ],
    [
      'more rooms than anybody reads',
      { rooms: Array.from({ length: 21 }, (_, i) => ({ id: `r${i}`, title: 'R', acts: { read: 'open' } })) },
    ],
    [
      'a language that counts alone',
      { forWhom: { ...table, signs: [{ sign: 'sign-up-language', counts: 'alone' }] } },
    ],
    ['a sign twice', { forWhom: { ...table, signs: [table.signs[0], table.signs[0]] } }],
    ['a table without a sign', { forWhom: { ...table, signs: [] } }],
    ['a table of another edition', { forWhom: { ...table, table: 'uk-2020-01' } }],
    ['residence looked at and not disclosed', { disclose: ['over_13'] }],
    ['the gravest step first', { ladder: [...full.ladder!].reverse() }],
    ['a step twice', { ladder: [full.ladder![0], full.ladder![0]] }],
    ['a warning with an end', { ladder: [{ step: 'warn', daysMax: 3 }] }],
    ['a bar that nobody looks at again', { ladder: [{ step: 'bar', daysMax: null }] }],
    ['more than 48 hours for an intimate image', { clocks: { ...full.clocks, intimateImageHours: 49 } }],
    ['days of an appeal that are none', { clocks: { ...full.clocks, appealDays: 0 } }],
    [
      'a claim that is over before the policy binds',
      { claim: { until: '2027-01-01', afterwards: 'locked' } },
    ],
    ['an unknown end of a claim', { claim: { until: '2027-03-31', afterwards: 'deleted' } }],
    ['a ground twice', { grounds: ['court-order', 'court-order'] }],
  ])('is refused: %s', (_, changed) => {
    expect(holds({ ...full, ...changed })).toBe(false);
  });

  it('is refused where it would not fit into the address that takes it to the wallet', () => {
    const acts = { read: 'open', post: 'answerable', reply: 'answerable', message: 'named', upload: 'named' };
    const rooms = (title: string) => Array.from({ length: 20 }, (_, i) => ({ id: `room-${i}`, title, acts }));
    expect(holds({ ...full, rooms: rooms('A room') })).toBe(true);
    expect(holds({ ...full, rooms: rooms('é'.repeat(80)) })).toBe(false);
  });
});

describe('where somebody is, by the table', () => {
  it.each<[string, SignsSeen, 'uk' | 'elsewhere']>([
    ['nothing is known: what the table says then', {}, 'uk'],
    ['lives in the UK', { residence: 'uk' }, 'uk'],
    ['a visitor in the UK who lives elsewhere', { residence: 'elsewhere', 'address-range': 'uk' }, 'uk'],
    [
      'lives in the UK, address elsewhere: a VPN, or a holiday',
      { residence: 'uk', 'address-range': 'elsewhere' },
      'uk',
    ],
    ['the limit: a VPN, and nothing else is known', { 'address-range': 'elsewhere' }, 'elsewhere'],
    [
      'two weak signs agree',
      { 'phone-country': 'uk', 'sign-up-language': 'uk', residence: 'elsewhere' },
      'uk',
    ],
    ['one weak sign against a strong one', { 'phone-country': 'uk', residence: 'elsewhere' }, 'elsewhere'],
    ['one weak sign alone decides nothing', { 'sign-up-language': 'elsewhere' }, 'uk'],
    ['a sign that is not in this table', { 'payment-country': 'uk', residence: 'elsewhere' }, 'elsewhere'],
  ])('%s', (_, seen, region) => expect(regionOf(table, seen)).toBe(region));

  it('has a row in plain words for every sign', () => {
    expect(Object.keys(ukRows).sort()).toEqual([...signs].sort());
    for (const row of Object.values(ukRows))
      for (const words of Object.values(row)) expect(words).not.toBe('');
  });
});

describe('what an act needs', () => {
  it.each([
    ['square', 'read', 'uk', 'open'],
    ['square', 'post', 'uk', 'answerable'],
    ['square', 'post', 'elsewhere', 'open'],
    ['square', 'post', undefined, 'answerable'],
    ['square', 'post', { 'address-range': 'elsewhere' }, 'open'],
    ['square', 'post', { residence: 'uk', 'address-range': 'elsewhere' }, 'answerable'],
    ['square', 'upload', 'uk', undefined],
    ['square', 'upload', 'elsewhere', undefined],
    ['council', 'read', 'uk', 'answerable'],
    ['council', 'post', 'uk', 'named'],
    ['council', 'post', 'elsewhere', 'open'],
    ['cellar', 'read', 'uk', undefined],
  ] as const)('%s, %s, %o: %s', (room, act, region, needed) => {
    expect(standingNeeded(full, room, act, region)).toBe(needed);
  });

  it.each([
    ['read', 'open'],
    ['post', 'answerable'],
    ['upload', 'answerable'],
  ] as const)('without rooms: %s, %s', (act, needed) => {
    expect(standingNeeded(plain, 'anywhere', act)).toBe(needed);
    expect(standingNeeded({ ...plain, forWhom: 'everybody' }, 'anywhere', act, 'elsewhere')).toBe(needed);
  });

  it('is nothing that a word of the language would answer', () => {
    expect(standingNeeded(full, 'square', 'constructor' as never, 'uk')).toBeUndefined();
  });
});
