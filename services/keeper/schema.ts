/** Tables of a keeper. Nothing in them names anybody: hashes, counts and days. */
import { dailyCountTable } from '@answerable/kit/daily-count';
import type { Migration } from '@answerable/kit/database';
import { logOutboxMigration } from '@answerable/kit/log-outbox';
import { witnessMigration } from '@answerable/kit/witness';
import { type RefereeTables, refereeMigrations } from './referee-schema.ts';

export interface KeeperTables extends RefereeTables {
  tag_session: { session: string; batch: string; evaluations: number; day: string };
  recall_key: {
    recall_id: string;
    version: number;
    setup_key: string | null;
    setup_element: string | null;
    refill_key: string | null;
    tries: number;
    tries_today: number;
    today: string;
    since: string | null;
  };
  recall_history: {
    recall_id: string;
    tries: number;
    returns: number;
    last_try: string | null;
    last_return: string | null;
  };
  recall_subject: { recall_id: string; subject: string };
  spent_token: { token: string; day: string };
  spent_refill: { nonce: string; day: string };
  daily_count: { day: string; kind: string; count: number };
}

export const migrations: readonly Migration[] = [
  logOutboxMigration,
  witnessMigration,
  {
    name: '001-keeper',
    up: `
      create table tag_session (
        session text primary key,
        batch text not null,
        evaluations integer not null check (evaluations > 0),
        day date not null
      );
      create table recall_key (
        recall_id text not null,
        version integer not null,
        setup_key text,
        setup_element text,
        refill_key text,
        tries integer not null default 0 check (tries >= 0),
        tries_today integer not null default 0 check (tries_today >= 0),
        today date not null,
        primary key (recall_id, version)
      );
      create table recall_subject (
        recall_id text not null,
        subject text not null,
        primary key (recall_id, subject)
      );
      create table spent_token (token text primary key, day date not null);
      create table spent_refill (nonce text primary key, day date not null);${dailyCountTable}
    `,
  },
  {
    name: '002-tries-seen',
    up: `
      alter table recall_key add column since date;
      create table recall_history (
        recall_id text primary key,
        tries bigint not null default 0,
        returns bigint not null default 0,
        last_try date,
        last_return date
      );
    `,
  },
  ...refereeMigrations,
];
