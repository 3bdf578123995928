/**
 * What rules say of waiting cases. All of it can be made again from the rules and the cases; the rules themselves
 * stand in the ledger, chain `rules`, each version as it was written.
 */
import type { Migration } from '@answerable/kit/database';
import type { ColumnType } from 'kysely';
import type { Finding } from './rule.ts';

export interface RulesTables {
  case_rank: { case_id: string; findings: ColumnType<Finding[], string, string> };
  /** labels that rules gave, until their day */
  case_label: { case_id: string; label: string; until: string };
}

export const rulesMigrations: readonly Migration[] = [
  {
    name: 'rules-001',
    up: `
      alter table case_file add column rank_hours smallint not null default 0;
      alter table case_file add column rank_seq integer not null default 0;
      create index case_file_unranked on case_file (opened_at) where queue <> 'closed' and rank_seq <> seq;
      create index case_file_pulled on case_file (queue, due_at) where rank_hours > 0 and queue <> 'closed';
      create table case_rank (case_id text primary key references case_file, findings jsonb not null);
      create table case_label (
        case_id text not null references case_file,
        label text not null,
        until text not null,
        primary key (case_id, label)
      );
    `,
  },
];
