/**
 * After a death. `vigil` is what was begun, by whom, about what and until when (each change of it is a record of
 * the chain `vigils` in the ledger); what a person at the gate asked for stands beside its case, and goes with it.
 */
import type { Migration } from '@answerable/kit/database';
import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string, string>;

export type VigilKind = 'event' | 'memorial' | 'preservation';
export interface VigilAbout {
  /** the account of who has died, where it is known */
  account: string | null;
  /** threads in which replies are slow and help is shown */
  threads: string[];
  /** names of accounts that are not to be hounded: the bereaved, the press */
  shielded: string[];
  slow: boolean;
  help: boolean;
}

export interface VigilTables {
  vigil: {
    vigil: string;
    kind: VigilKind;
    case_id: string;
    about: Json<VigilAbout>;
    /** `asked`: a second person has to agree */
    state: 'asked' | 'running' | 'over';
    asked_by: string;
    asked_at: string;
    agreed_by: string | null;
    /** null: until somebody ends it */
    until: string | null;
    ended_by: string | null;
    ended_at: string | null;
  };
  method_term: { term: string; words: string; added_by: string; added_at: string };
  vigil_look: { case_id: string; seq: number };
  after_death_request: {
    case_id: string;
    name: string;
    contact: string;
    account: string;
    words: string;
    at: string;
  };
}

export const vigilMigrations: readonly Migration[] = [
  {
    name: 'vigil-001',
    up: `
      alter table case_file add column preserved boolean not null default false;
      create index case_file_preserved on case_file (case_id) where preserved;
      create index case_file_opened on case_file (opened_at) where queue <> 'closed';
      create table vigil (
        vigil text primary key,
        kind text not null check (kind in ('event', 'memorial', 'preservation')),
        case_id text not null references case_file,
        about jsonb not null,
        state text not null check (state in ('asked', 'running', 'over')),
        asked_by text not null,
        asked_at text not null,
        agreed_by text,
        until text,
        ended_by text,
        ended_at text
      );
      create index vigil_now on vigil (state) where state <> 'over';
      create table method_term (
        term text primary key,
        words text not null,
        added_by text not null,
        added_at text not null
      );
      create table vigil_look (case_id text primary key references case_file, seq integer not null);
      create table after_death_request (
        case_id text primary key references case_file,
        name text not null,
        contact text not null,
        account text not null,
        words text not null,
        at text not null
      );
      create index after_death_request_at on after_death_request (at);
    `,
  },
];
