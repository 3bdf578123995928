/** Codes that are armed, which go when used or over; and what was done, which nothing can change or remove. */
import type { Migration } from '@answerable/kit/database';
import type { Generated } from 'kysely';

export interface BreakGlassTables {
  break_glass_code: { hash: string; platform: string; expires_at: Date };
  break_glass_record: {
    seq: Generated<number>;
    platform: string;
    what: 'armed' | 'used' | 'ended';
    reason: string;
    day: string;
  };
}

export const breakGlassMigrations: readonly Migration[] = [
  {
    name: 'break-glass-001',
    up: `
    create table break_glass_code (
      hash text primary key,
      platform text not null,
      expires_at timestamptz not null
    );
    create table break_glass_record (
      seq bigint generated always as identity primary key,
      platform text not null,
      what text not null check (what in ('armed', 'used')),
      reason text not null,
      day date not null
    );
    create function break_glass_stays() returns trigger language plpgsql as
      $$ begin raise exception 'what was recorded stays'; end $$;
    create trigger break_glass_stays before update or delete or truncate on break_glass_record
      for each statement execute function break_glass_stays();
  `,
  },
  {
    name: 'break-glass-002-ended',
    up: `
      alter table break_glass_record drop constraint break_glass_record_what_check,
        add constraint break_glass_record_what_check check (what in ('armed', 'used', 'ended'));
    `,
  },
];
