import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportReasons } from '@answerable/protocol/report/report';
import { describe, expect, it } from 'vitest';
import { condition, holds } from './condition.ts';
import { clocksFor, dutiesFor, noticesOf, offences, packsFor } from './in-force.ts';
import { lawFolder, loadPacks, readPack } from './load-packs.ts';
import { type LawPack, packName, reference } from './pack.ts';
import { type Profile, profile } from './profile.ts';

const packs = loadPacks();
const today = '2026-11-27';
const fivePeople: Profile = {
  size: 'small',
  countries: ['GB'],
  functions: ['posts'],
  risks: [],
  childrenLikely: false,
  moderators: 'one',
};
const tenThousand: Profile = {
  ...fivePeople,
  size: 'medium',
  countries: ['GB', 'DE'],
  functions: ['posts', 'pages', 'pictures'],
  risks: ['hate', 'suicide'],
  childrenLikely: true,
  moderators: 'several',
};
const veryLarge: Profile = { ...tenThousand, size: 'very-large', countries: ['FR', 'GB'] };
const idsFor = (who: Profile, day = today) => dutiesFor(packs, who, day).map((one) => one.id);

describe('every pack that comes with the desk', () => {
  it('holds, with ids that are unique among all of them', () => {
    expect(packs.map(packName)).toEqual(['eu-dsa 2026-11-27', 'uk-osa 2026-11-27']);
    const ids = packs.flatMap((pack) => [...pack.duties, ...pack.clocks].map((one) => one.id));
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('cites well-formed places, each with a source and the day on which it was compared', () => {
    for (const pack of packs) {
      const entries = [...pack.duties, ...pack.clocks, ...pack.notices];
      for (const { at } of entries) for (const one of at) expect(one).toMatch(reference);
      for (const { source } of [...entries, ...pack.offences]) expect(source.day <= pack.compared).toBe(true);
    }
  });
  it('says plainly that nobody need be verified and that it is no legal advice', () => {
    for (const pack of packs) {
      expect(pack.plainly.join(' ')).toMatch(/(no duty to verify|asks a forum to verify) anyone/);
      expect(pack.plainly.join(' ')).toContain('not legal advice');
    }
  });
  it('has clocks that some case can come under', () => {
    for (const pack of packs)
      for (const clock of pack.clocks) {
        const reachable = [tenThousand, veryLarge].some((who) => {
          const { named } = clocksFor(packs, { ...who, countries: pack.countries }, today);
          return Object.values(named ?? {}).some((words) => words.includes(clock.at.join(', ')));
        });
        expect(reachable, clock.id).toBe(true);
      }
  });
  it('never speaks of having done enough', () => {
    for (const name of packs.map((pack) => `${pack.pack}-${pack.compared}.json`))
      expect(readFileSync(join(lawFolder, name), 'utf8')).not.toMatch(/\bcompliant\b/i);
  });
});

describe('what falls on whom', () => {
  it('a forum of five people: the duties of everybody, and none of the large', () => {
    const ids = idsFor(fivePeople);
    expect(ids).toContain('no-duty-to-verify');
    expect(ids).toContain('intimate-images-48-hours');
    expect(ids).toContain('icu-d9');
    expect(ids).toContain('one-moderator');
    for (const not of [
      'identity-verification-offer',
      'icu-d8',
      'icu-c4',
      'icu-d4',
      'icu-a3',
      'yearly-report',
    ])
      expect(ids).not.toContain(not);
    expect(dutiesFor(packs, fivePeople, today).every((one) => one.law === 'Online Safety Act')).toBe(true);
  });
  it('a small one in the Union: notices and reasons, and neither complaints system nor report', () => {
    const ids = idsFor({ ...fivePeople, countries: ['DE'] });
    for (const one of ['notice-and-action', 'statement-of-reasons', 'active-recipients-on-request'])
      expect(ids).toContain(one);
    for (const not of ['complaint-system', 'yearly-report', 'transparency-database', 'swift-takedown'])
      expect(ids).not.toContain(not);
  });
  it('one of ten thousand with several risks and children', () => {
    const ids = idsFor(tenThousand);
    for (const one of ['icu-c4', 'icu-d8', 'children-risk-and-safety', 'complaint-system', 'minors'])
      expect(ids).toContain(one);
    for (const not of ['icu-d9', 'small-exemption', 'identity-verification-offer', 'systemic-risks'])
      expect(ids).not.toContain(not);
  });
  it('a very large one', () => {
    const ids = idsFor(veryLarge);
    for (const one of ['identity-verification-offer', 'transparency-report', 'systemic-risks', 'icu-j1'])
      expect(ids).toContain(one);
    expect(ids).not.toContain('no-duty-to-verify');
  });
  it('nobody where no pack reaches', () => expect(idsFor({ ...veryLarge, countries: ['JP'] })).toEqual([]));
});

describe('clocks', () => {
  it('48 hours for an intimate image, with the section that says so', () => {
    const { decide, named } = clocksFor(packs, fivePeople, today);
    expect(decide['intimate-image']).toBe(48);
    expect(named?.['decision/intimate-image']).toBe('Online Safety Act s.10(3A), s.20A');
    expect(named?.['decision/promotes-suicide']).toBe('this desk’s target for Online Safety Act s.10(3)');
    expect(named?.['decision/other']).toBeUndefined();
  });
  it('half a year to complain where the Union’s article holds', () => {
    expect(clocksFor(packs, tenThousand, today).appealDays).toBe(184);
    expect(clocksFor(packs, fivePeople, today).appealDays).toBeUndefined();
  });
  it('the desk’s own where no law reaches', () => {
    const { decide, named } = clocksFor(packs, { ...fivePeople, countries: ['JP'] }, today);
    expect(decide['intimate-image']).toBe(48);
    expect(named).toEqual({});
  });
  it('never longer than the desk’s own target', () => {
    const slow = withClock({ until: 'decision', for: 'care', hours: 100, by: 'law' });
    expect(clocksFor([slow], fivePeople, today).decide.care).toBe(4);
  });
});

const first = packs[1] as LawPack;
const withClock = (clock: object): LawPack =>
  ({ ...first, clocks: [{ ...first.clocks[0], ...clock }] }) as LawPack;

describe('a change of law is a file', () => {
  const next: LawPack = {
    ...withClock({ until: 'decision', for: 'intimate-image', hours: 24, by: 'law' }),
    compared: '2027-01-10',
    from: '2027-03-01',
  };
  it('that waits for its day and then takes the place of the one before', () => {
    const hours = (day: string) => clocksFor([...packs, next], fivePeople, day).decide['intimate-image'];
    expect(hours('2027-02-28')).toBe(48);
    expect(hours('2027-03-01')).toBe(24);
    expect(packsFor([...packs, next], fivePeople, '2027-03-01')).toEqual([next]);
  });
  it('of two from the same day the one that was compared later', () => {
    const mended = { ...next, compared: '2027-02-01' };
    for (const files of [
      [next, mended],
      [mended, next],
    ])
      expect(packsFor(files, fivePeople, '2027-03-01')).toEqual([mended]);
  });
  it('before the first one there is nothing', () =>
    expect(packsFor(packs, fivePeople, '2020-01-01')).toEqual([]));
});

describe('offences and notices', () => {
  it('each once, with its elements', () => {
    const list = offences(packs);
    expect(new Set(list.map((one) => one.id)).size).toBe(list.length);
    expect(list.map((one) => one.id)).toContain('encouraging-suicide');
    expect(noticesOf([first]).rightToClaim).toContain('s.72');
  });
  it('there is a way to report what each clock waits for', () => {
    const words: readonly string[] = [...reportReasons, 'content', 'page', 'pile-on', 'care', 'complaint'];
    for (const clock of packs.flatMap((pack) => pack.clocks))
      if (clock.until === 'decision') expect(words).toContain(clock.for);
  });
});

describe('a pack is refused, with file and field', () => {
  const text = readFileSync(join(lawFolder, 'uk-osa-2026-11-27.json'), 'utf8');
  const name = 'uk-osa-2026-11-27.json';
  /** The pack with another value at `path`; undefined takes it away. */
  const broken = (path: string, value: unknown): string => {
    const pack = JSON.parse(text);
    const words = path.split('.');
    const last = words.pop() ?? '';
    let at = pack;
    for (const word of words) at = at[word];
    if (value === undefined) delete at[last];
    else at[last] = value;
    return JSON.stringify(pack);
  };
  const cases: [string, string, unknown, string?][] = [
    ['a day that is none', 'from', '2026-02-30'],
    ['no countries', 'countries', []],
    ['a country in words', 'countries.0', 'UK!'],
    ['a place that nobody can look up', 'duties.0.at.0', 'somewhere'],
    ['a duty without a source', 'duties.3.source', undefined],
    ['a condition in another language', 'duties.0.when', 'size < 3'],
    ['evidence of what no desk has', 'duties.1.evidence.0', 'x'],
    ['the same duty twice', 'duties.1.id', 'no-duty-to-verify'],
    ['a clock for a reason that nobody gives', 'clocks.0.for', 'spam'],
    ['a clock that runs backwards', 'clocks.0.hours', -1],
    ['an offence without elements', 'offences.0.elements', []],
    ['an offence that leaves one out', 'offences.0.elements', [{ id: 'capable', ask: 'Able to?' }]],
    ['a category that nobody knows', 'offences.0.category', 'X'],
    ['a field too many', 'code', 'return true', 'file'],
    ['words too long', 'duties.0.does', 'x'.repeat(701)],
  ];
  it.each(cases)('%s', (_sin, path, value, field = path) => {
    expect(() => readPack(name, broken(path, value))).toThrow(`${name}: ${field}: `);
  });
  it.each([
    ['a name without a day', 'uk-osa.json', 'file name'],
    ['another law in the name', 'eu-dsa-2026-11-27.json', 'pack'],
    ['another day in the name', 'uk-osa-2026-11-28.json', 'compared'],
  ])('%s', (_sin, file, field) => {
    expect(() => readPack(file, text)).toThrow(`${file}: ${field}: `);
  });
  it('what is not JSON', () => expect(() => readPack(name, '{')).toThrow(`${name}: file: is not JSON`));
  it('and never repeats what was in it', () => {
    expect(() => readPack(name, broken('short', 'x'.repeat(60)))).toThrow(/^(?!.*xxxx)/);
  });
});

describe('conditions', () => {
  it('are true or false of every profile', () => {
    const rule = condition.parse({
      any: [{ all: [{ does: 'video' }, { not: { moderators: 'one' } }] }, { risks: 2 }],
    });
    expect(holds(rule, fivePeople)).toBe(false);
    expect(holds(rule, { ...fivePeople, functions: ['video'], moderators: 'several' })).toBe(true);
    expect(holds(rule, tenThousand)).toBe(true);
  });
  it.each([
    ['nothing', {}],
    ['two at once', { risk: 'hate', does: 'posts' }],
    ['an empty list', { all: [] }],
    ['never', { always: false }],
    ['a size that nobody has', { size: ['huge'] }],
    ['more risks than there are', { risks: 99 }],
    ['five deep', { not: { not: { not: { not: { not: { always: true } } } } } }],
    ['a programme', { js: '1' }],
  ])('refused: %s', (_sin, rule) => expect(condition.safeParse(rule).success).toBe(false));
  it.each([
    ['no country', { countries: [] }],
    ['a country in small letters', { countries: ['gb'] }],
    ['a size in words', { size: 'tiny' }],
    ['no function', { functions: [] }],
    ['a name', { name: 'Rosa' }],
  ])('a profile with %s is refused', (_sin, more) => {
    expect(profile.safeParse({ ...fivePeople, ...more }).success).toBe(false);
    expect(profile.safeParse(fivePeople).success).toBe(true);
  });
});
