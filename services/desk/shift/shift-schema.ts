/**
 * Tables about the people who work here as people: how many minutes of heavy content they saw on a day, what limits
 * they set themselves, and notes from one shift to the next. Whoever can modify these tables can tire somebody out;
 * and cannot learn what anybody looked at, because that is not kept.
 */
import type { Migration } from '@answerable/kit/database';

export interface ShiftTables {
  /** minutes are all that is kept, and for a month */
  exposure_day: { name: string; day: string; minutes: number };
  /** own limits, lower than the desk's; and a break that somebody is on */
  rest_choice: {
    name: string;
    minutes: number | null;
    break_after: number | null;
    break_until: string | null;
  };
  shift_note: { note: string; by_name: string; at: string; words: string };
}

export const shiftMigrations: readonly Migration[] = [
  {
    name: 'shift-001',
    up: `
      create table exposure_day (
        name text not null,
        day date not null,
        minutes integer not null check (minutes >= 0),
        primary key (name, day)
      );
      create index exposure_day_day on exposure_day (day);
      create table rest_choice (
        name text primary key,
        minutes integer,
        break_after integer,
        break_until text
      );
      create table shift_note (
        note text primary key,
        by_name text not null,
        at text not null,
        words text not null
      );
      create index shift_note_at on shift_note (at);
    `,
  },
];
