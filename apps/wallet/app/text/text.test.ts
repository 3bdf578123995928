import { refusals } from '@answerable/protocol/refusal';
import { describe, expect, it } from 'vitest';
import { dayText } from './day.ts';
import { duration, durationOfDays } from './duration.ts';
import { en } from './en/en.ts';

describe('words', () => {
  it('a length of time in the unit that a person would use', () => {
    expect(duration(30 * 86_400)).toBe('30 days');
    expect(duration(86_400)).toBe('1 day');
    expect(durationOfDays(365)).toBe('365 days');
    expect(durationOfDays(1825)).toBe('5 years');
    expect(duration(7_200)).toBe('2 hours');
    expect(duration(90)).toBe('2 minutes');
    expect(duration(8)).toBe('8 seconds');
    expect(duration(0)).toBe('0 seconds');
  });
  it('a day as a person writes it; what is no day stays as it is', () => {
    expect(dayText('2026-11-03')).toBe('3 November 2026');
    expect(dayText('soon')).toBe('soon');
  });
  it('every refusal of its own has a title and says what can be done', () => {
    for (const [code, { title, text }] of Object.entries(en.refused)) {
      expect(title, code).not.toBe('');
      expect(text, code).not.toBe('');
      expect(title, code).not.toMatch(/error|invalid|failed/i);
    }
  });
  it('every refusal of enrolment, recall and admission is in the table of kind words or kind already', () => {
    const plain = Object.keys(refusals).filter((code) => !(code in en.refused));
    for (const code of [
      'person_known',
      'words_wrong',
      'barred',
      'slot_taken',
      'nonce_expired',
      'budget_spent',
    ])
      expect(plain).not.toContain(code);
  });
});
