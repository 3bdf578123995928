/** The table of notices to other companies; what happened to each stands in the ledger, chain `notice/<id>`. */
import type { Migration } from '@answerable/kit/database';
import type { ColumnType } from 'kysely';
import type { NoticeState } from './notice.ts';

export interface OutsideTables {
  outside_notice: {
    notice: string;
    case_id: string;
    company: string;
    phase: string;
    due_at: string | null;
    sent_at: string | null;
    answered_at: string | null;
    outcome: string | null;
    state: ColumnType<NoticeState, string, string>;
  };
}

export const outsideMigrations: readonly Migration[] = [
  {
    name: 'outside-001-notices',
    up: `
      create table outside_notice (
        notice text primary key,
        case_id text not null references case_file,
        company text not null,
        phase text not null,
        due_at text,
        sent_at text,
        answered_at text,
        outcome text,
        state jsonb not null
      );
      create index outside_notice_case on outside_notice (case_id);
      create index outside_notice_due on outside_notice (due_at) where due_at is not null;
      create index outside_notice_company on outside_notice (company) where sent_at is not null;
    `,
  },
];
