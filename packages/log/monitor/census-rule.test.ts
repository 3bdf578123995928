/** Totals that agree, and every way in which registrar and keepers can contradict each other. */
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../verify/entry.ts';
import { censusesAgree } from './census-rule.ts';

const keepers = ['keeper-1', 'keeper-2', 'keeper-3'];
const rule = censusesAgree({ registrar: 'registrar', keepers, threshold: 2 });
const census = (party: string, day: string, counts: Record<string, number>): LogEntry => ({
  v: 1,
  kind: 'census',
  party,
  day,
  counts,
});
const one = '2026-11-23';
const two = '2026-11-24';

interface Day {
  registrar?: Record<string, number>;
  keepers?: (Record<string, number> | undefined)[];
}
const whole: Record<string, number> = {
  'tag-sessions': 5,
  'tag-evaluations': 15,
  'sessions-recorded': 3,
  'sessions-returned': 1,
  'sessions-unfinished': 1,
  enrolments: 2,
  resets: 1,
};
const seen = { 'tag-sessions': 5, 'tag-evaluations': 15 };

function objectionsTo(days: Record<string, Day>): string[] {
  const entries = Object.entries(days).flatMap(([day, said]) => [
    ...(said.registrar ? [census('registrar', day, said.registrar)] : []),
    ...keepers.flatMap((name, i) => (said.keepers?.[i] ? [census(name, day, said.keepers[i])] : [])),
  ]);
  const run = rule.start();
  const said = entries.flatMap((entry, index) => [...run.see(entry, index)]);
  return [...said, ...run.finish(entries.length)].map(({ says }) => says);
}

describe('totals that agree', () => {
  it.each<[string, Record<string, Day>]>([
    ['an empty log', {}],
    ['a day of equal counts', { [one]: { registrar: whole, keepers: [seen, seen, seen] } }],
    [
      'one keeper away all day',
      {
        [one]: { registrar: whole, keepers: [seen, seen, undefined] },
        [two]: { keepers: [{}, {}, { 'recall-evaluations': 1 }] },
      },
    ],
    [
      'one keeper away for a while',
      { [one]: { registrar: whole, keepers: [seen, seen, { 'tag-sessions': 2, 'tag-evaluations': 6 }] } },
    ],
    [
      'a keeper that gave its day, and a registrar that did not yet',
      { [one]: { keepers: [seen, seen, seen] } },
    ],
    [
      'a session over midnight',
      {
        [one]: { registrar: { ...whole, 'sessions-unfinished': 0 }, keepers: [seen, seen, seen] },
        [two]: { registrar: { 'sessions-unfinished': 1 } },
      },
    ],
    [
      'sessions that no keeper answered',
      {
        [one]: {
          registrar: { 'tag-sessions': 2, 'tag-evaluations': 6, 'tag-sessions-unanswered': 2 },
          keepers: [{ 'tag-sessions': 1, 'tag-evaluations': 3 }],
        },
      },
    ],
  ])('%s', (_name, days) => {
    expect(objectionsTo(days)).toEqual([]);
  });
});

describe('what is found', () => {
  const more = { 'tag-sessions': 6, 'tag-evaluations': 18 };
  it.each<[string, Record<string, Day>, RegExp]>([
    [
      'a registrar that asked two keepers once more than it says',
      { [one]: { registrar: whole, keepers: [more, more, seen] } },
      /keeper-1 evaluated tags for 6 sessions; the registrar counts 5/,
    ],
    [
      'a registrar that says nothing of a whole day',
      { [one]: { keepers: [seen, seen, seen] }, [two]: { registrar: {} } },
      /the registrar counts 0/,
    ],
    [
      'more names in the same sessions',
      { [one]: { registrar: whole, keepers: [{ ...seen, 'tag-evaluations': 30 }, seen, seen] } },
      /30 tag evaluations; the registrar counts 15/,
    ],
    [
      'fewer names than the registrar says',
      { [one]: { registrar: whole, keepers: [{ ...seen, 'tag-evaluations': 9 }, seen, seen] } },
      /same sessions and other tag evaluations/,
    ],
    [
      'sessions that no keeper saw',
      {
        [one]: { registrar: whole, keepers: [seen, undefined, undefined] },
        [two]: { keepers: [{}, {}, {}] },
      },
      /more than the keepers together/,
    ],
    [
      'more ends than beginnings',
      { [one]: { registrar: { ...whole, 'sessions-returned': 2 }, keepers: [seen, seen, seen] } },
      /6 ends of sessions, and 5 sessions/,
    ],
    [
      'people without a session',
      { [one]: { registrar: { ...whole, enrolments: 7 }, keepers: [seen, seen, seen] } },
      /enrolled more people/,
    ],
  ])('%s', (_sin, days, says) => {
    expect(objectionsTo(days).join(' ')).toMatch(says);
  });
});
