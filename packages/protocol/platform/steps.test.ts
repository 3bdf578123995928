/** Which steps count: those in force that were agreed to, for the shorter time. */
import { describe, expect, it } from 'vitest';
import type { PlatformPolicy } from '../platform-policy.ts';
import { Refusal } from '../refusal.ts';
import { requireTaken, stepsAgainst, stepsOf } from './steps.ts';

type Ladder = NonNullable<PlatformPolicy['ladder']>;
const warn = { step: 'warn', daysMax: null } as const;
const suspend = (daysMax: number) => ({ step: 'suspend', daysMax }) as const;
const bar = (daysMax: number) => ({ step: 'bar', daysMax }) as const;

describe('steps against an account', () => {
  it.each<[string, Ladder | undefined, Ladder | undefined, object[]]>([
    ['one that was taken out', [warn], [warn, suspend(7)], [warn]],
    ['one that is new', [warn, bar(90)], [warn], [warn]],
    ['one that lasts longer now', [suspend(30)], [suspend(7)], [suspend(7)]],
    ['one that lasts shorter now', [suspend(7)], [suspend(30)], [suspend(7)]],
    ['a ladder that is new', [suspend(7)], undefined, [suspend(7)]],
    ['a ladder that went', undefined, [suspend(7)], [suspend(7)]],
    ['two that have none in common', [bar(90)], [suspend(7)], []],
  ])('%s', (_, inForce, agreed, steps) => {
    const of = (ladder?: Ladder) => (ladder ? { ladder } : {});
    expect(stepsAgainst(of(inForce), of(agreed))).toEqual(steps);
  });
});

describe('a step', () => {
  it.each<[string, Ladder | undefined, 'suspend' | 'bar', string, boolean]>([
    ['of as many days as it may last', [suspend(7)], 'suspend', '2027-03-08', true],
    ['of a day more', [suspend(7)], 'suspend', '2027-03-09', false],
    ['over the night in which clocks change', [suspend(30)], 'suspend', '2027-03-31', true],
    ['that is not there', [suspend(7)], 'bar', '2027-03-02', false],
    ['where there is no ladder', undefined, 'bar', '2099-01-01', true],
  ])('%s', (_, ladder, step, until, taken) => {
    const steps = stepsOf(ladder ? { ladder } : {});
    const ask = () => requireTaken(steps, { step, holds: 'person', until }, '2027-03-01');
    taken ? expect(ask).not.toThrow() : expect(ask).toThrow(new Refusal('step_not_taken'));
  });
});

describe('the person', () => {
  it.each<[string, boolean | undefined, boolean | undefined, boolean]>([
    ['is held where both policies say so', true, true, true],
    ['is held where nothing is said', undefined, undefined, true],
    ['is not held any more once the policy in force says so', false, true, false],
    ['is not held before the holder has agreed', true, false, false],
    ['is not held where neither says so', false, false, false],
  ])('%s', (_, inForce, agreed, held) => {
    const of = (says?: boolean) => ({
      ladder: [warn, suspend(7)],
      ...(says === undefined ? {} : { sanctionsHoldThePerson: says }),
    });
    const steps = stepsAgainst(of(inForce), of(agreed));
    for (const wanted of [
      { step: 'warn', until: null },
      { step: 'suspend', until: '2027-03-08' },
    ] as const) {
      const ask = (holds: 'person' | 'account') => () =>
        requireTaken(steps, { ...wanted, holds }, '2027-03-01');
      held
        ? expect(ask('person')).not.toThrow()
        : expect(ask('person')).toThrow(new Refusal('person_not_held'));
      expect(ask('account')).not.toThrow();
    }
  });
});
