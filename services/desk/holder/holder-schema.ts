/** Tables of the holder's room: letters, and the addresses under which they are read. */
import type { Migration } from '@answerable/kit/database';
import type { InboxItem } from '@answerable/protocol/admission/account-call';
import type { ColumnType } from 'kysely';

export interface HolderTables {
  letter: {
    message: string;
    case_id: string;
    sub: string;
    at: string;
    item: ColumnType<InboxItem, string, string>;
    /** whether the platform told the account; null while that is on its way */
    told: boolean | null;
    could: string | null;
  };
  decision_address: {
    case_id: string;
    sub: string;
    /** of the code that is valid now; the code itself is nowhere */
    hash: string;
    /** goes up each time the address is handed over, and what was valid before is not any more */
    version: number;
    handed_by: string | null;
  };
}

export const holderMigrations: readonly Migration[] = [
  {
    name: 'appeals-002-letters',
    up: `
      create table letter (
        message text primary key,
        case_id text not null references case_file,
        sub text not null,
        at text not null,
        item jsonb not null,
        told boolean,
        could text
      );
      create index letter_case on letter (case_id, sub, at);
      create table decision_address (
        case_id text not null references case_file,
        sub text not null,
        hash text not null unique,
        version integer not null,
        handed_by text,
        primary key (case_id, sub)
      );
    `,
  },
];
