/** What the people who run a gateway see of the tellings that nobody has taken yet. */
import type { ActKind } from '@answerable/connector/platform';
import type { TellingStore } from './telling-store.ts';
import { wordsOfWaiting } from './words.ts';

export interface Undone {
  /** names it, to tick it off */
  act: string;
  platform: string;
  /** as the platform knows the account */
  sub: string;
  handle: string;
  what: 'sign-out' | ActKind;
  sanction: string | null;
  /** what it came of: a sanction, or the last day of a claim for an account that nobody attached */
  because: 'sanction' | 'last-day';
  /** `waits`: tried again by itself; `by-hand`: a person does it there and ticks it off */
  state: 'waits' | 'by-hand';
  attempts: number;
  words: string;
}

export const viewUndone = (rows: Awaited<ReturnType<TellingStore['undone']>>): Undone[] =>
  rows.map(({ act, way, platform, sub, handle, kind, sanction, state, attempts, code, could }) => {
    const waits = state === 'pending';
    return {
      act,
      platform,
      sub,
      handle,
      what: kind ?? 'sign-out',
      sanction,
      because: way === 'claim' ? 'last-day' : 'sanction',
      state: waits ? 'waits' : 'by-hand',
      attempts,
      words: waits ? wordsOfWaiting(code) : could,
    };
  });
