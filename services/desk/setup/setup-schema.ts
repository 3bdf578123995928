/** The table of what was set in the browser: one value a name, as it is now; how it came to be is in the ledger. */
import type { Migration } from '@answerable/kit/database';

export interface SetupTables {
  desk_setting: {
    name: string;
    /** JSON */
    value: unknown;
  };
}

export const setupMigrations: readonly Migration[] = [
  {
    name: 'setup-001-setting',
    up: `create table desk_setting (name text primary key, value jsonb not null);`,
  },
];
