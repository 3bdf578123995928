/** What the care path adds to the tables: who comes first, and whom one can call. */
import type { Migration } from '@answerable/kit/database';
import { type VigilTables, vigilMigrations } from '../vigil/vigil-schema.ts';

export interface CareTables extends VigilTables {
  on_call: {
    id: string;
    name: string;
    /** what they are: a guardian, a trusted body, a clinician */
    part: string;
    phone: string;
    hours: string;
    added_by: string;
    added_at: string;
    removed_by: string | null;
    removed_at: string | null;
  };
}

export const careMigrations: readonly Migration[] = [
  {
    name: 'care-001-first',
    up: `
      alter table case_file add column alarm boolean not null default false;
      alter table case_file add column ahead boolean not null default false;
      create index case_file_first on case_file (alarm desc, ahead desc, due_at) where alarm or ahead;
    `,
  },
  {
    name: 'care-002-on-call',
    up: `
      create table on_call (
        id text primary key,
        name text not null,
        part text not null,
        phone text not null,
        hours text not null,
        added_by text not null,
        added_at text not null,
        removed_by text,
        removed_at text
      );
    `,
  },
  ...vigilMigrations,
];
