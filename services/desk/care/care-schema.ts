/** What the care path adds to the tables of cases: who comes first. */
import type { Migration } from '@answerable/kit/database';

export const careMigrations: readonly Migration[] = [
  {
    name: 'care-001-first',
    up: `
      alter table case_file add column alarm boolean not null default false;
      alter table case_file add column ahead boolean not null default false;
      create index case_file_first on case_file (alarm desc, ahead desc, due_at) where alarm or ahead;
    `,
  },
];
