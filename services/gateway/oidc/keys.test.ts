/** Keys over time, on files and a clock that is moved: nobody meets a key that was not shown before. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { practiceClock } from '@answerable/kit/clock';
import { createSecretFile } from '@answerable/kit/keys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeySet, planAt } from './key-plan.ts';
import { drawKeySet, readKeySets } from './keys.ts';
import { rotateKeys, tendKeys } from './rotate-keys.ts';

const day = 86_400_000;
const overlapMs = 3_600_000;
const set = (serial: number, fromMs: number): KeySet => ({
  serial,
  from: new Date(fromMs).toISOString(),
  keys: [],
  cookieKey: '',
});
const serials = (sets: readonly KeySet[]) => sets.map(({ serial }) => serial);

describe('which keys are shown', () => {
  const sets = [set(2, 10 * day), set(1, day), set(3, 20 * day)];
  it.each([
    ['while the first signs, the next ones are shown already', 2 * day, [1, 2, 3], []],
    ['at the very moment of a change the old one is still shown', 10 * day, [2, 3, 1], []],
    ['until the last token it signed is over', 10 * day + overlapMs - 1, [2, 3, 1], []],
    ['and then it is gone', 10 * day + overlapMs, [2, 3], [1]],
    ['with a clock that was set back, the first signs', 0, [1, 2, 3], []],
  ])('%s', (_name, now, shown, over) => {
    const plan = planAt(sets, now, overlapMs);
    expect(serials(plan.shown)).toEqual(shown);
    expect(serials(plan.over)).toEqual(over);
  });

  it('change when the next one begins, and when the last one is over', () => {
    expect(planAt(sets, 2 * day, overlapMs).changesAt).toBe(10 * day);
    expect(planAt(sets, 10 * day, overlapMs).changesAt).toBe(10 * day + overlapMs);
    expect(planAt(sets, 30 * day, overlapMs).changesAt).toBeUndefined();
    expect(planAt([], day, overlapMs)).toEqual({ shown: [], over: [], changesAt: undefined });
  });
});

describe('a folder of keys', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'answerable-oidc-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const tend = (clock: ReturnType<typeof practiceClock>) =>
    tendKeys(folder, clock, { keyDays: 90, overlapMs });

  it('gets its first set at the first start, and the next a week before it signs', async () => {
    const clock = practiceClock();
    await tend(clock);
    await tend(clock);
    expect(serials(readKeySets(folder))).toEqual([1]);
    clock.advance({ days: 82 });
    await tend(clock);
    expect(serials(readKeySets(folder))).toEqual([1]);
    clock.advance({ days: 1, minutes: 1 });
    await tend(clock);
    await tend(clock);
    const [first, next] = readKeySets(folder);
    expect(Date.parse(next!.from) - Date.parse(first!.from)).toBeGreaterThanOrEqual(90 * day);
    clock.advance({ days: 7, hours: 1, minutes: 1 });
    await tend(clock);
    expect(serials(readKeySets(folder))).toEqual([2]);
  });

  it('holds one next set, whoever asked first', async () => {
    await drawKeySet(folder, 1, new Date());
    await Promise.all([rotateKeys(folder, new Date()), rotateKeys(folder, new Date())]);
    expect(serials(readKeySets(folder))).toEqual([1, 2]);
    expect(await rotateKeys(folder, new Date())).toMatchObject({ serial: 2, drawn: false });
  });

  it('keeps nothing of what was stolen, a set that waits included', async () => {
    await drawKeySet(folder, 1, new Date());
    await rotateKeys(folder, new Date());
    const { serial, from } = await rotateKeys(folder, new Date(), 'stolen');
    expect(Date.parse(from)).toBeLessThanOrEqual(Date.now());
    expect(readdirSync(folder)).toEqual([`oidc.${serial}.json`]);
  });

  it('of before, without numbers, signs on and is replaced in the ordinary way', async () => {
    await drawKeySet(folder, 1, new Date());
    const { keys } = readKeySets(folder)[0]!;
    rmSync(join(folder, 'oidc.1.json'));
    createSecretFile(join(folder, 'oidc.jwks.json'), JSON.stringify({ keys }));
    createSecretFile(join(folder, 'oidc.cookies'), 'ab'.repeat(32));
    const clock = practiceClock();
    await tend(clock);
    const plan = planAt(readKeySets(folder), clock.now().getTime(), overlapMs);
    expect(serials(plan.shown)).toEqual([0, 1]);
    expect(plan.shown[0]!.keys).toEqual(keys);
    clock.advance({ days: 8 });
    await tend(clock);
    expect(existsSync(join(folder, 'oidc.jwks.json'))).toBe(false);
    expect(existsSync(join(folder, 'oidc.cookies'))).toBe(false);
  });

  it.each([
    ['no JSON', 'no'],
    ['no keys', '{"from":"2026-11-01T00:00:00Z","cookieKey":"a"}'],
    ['no beginning', '{"keys":[],"cookieKey":"a"}'],
  ])('with %s in it stops the start, and is left as it is', async (_name, text) => {
    writeFileSync(join(folder, 'oidc.1.json'), text, { mode: 0o600 });
    await expect(tend(practiceClock())).rejects.toThrow('It was left as it is');
    expect(existsSync(join(folder, 'oidc.1.json'))).toBe(true);
  });

  it('that others can read is refused', async () => {
    writeFileSync(join(folder, 'oidc.1.json'), '{}', { mode: 0o644 });
    await expect(tend(practiceClock())).rejects.toThrow('can be read by others');
  });
});
