/**
 * Tables of the registrar. A name is in none of them: it is sealed under the opening key before anything is
 * written. Days, no finer times, wherever a row lasts (PROTOCOL §10).
 */
import { dailyCountTable } from '@answerable/kit/daily-count';
import type { Migration } from '@answerable/kit/database';
import { logOutboxMigration } from '@answerable/kit/log-outbox';
import { type ConsoleTables, consoleMigrations } from './console/console-schema.ts';
import { lifeMigration } from './life-schema.ts';

export interface RegistrarTables extends ConsoleTables {
  session: {
    id: string;
    purpose: 'join' | 'return' | 'reset';
    /** How the person shows who they are: `id` of the policy's evidence, or `referee`. */
    route: string;
    wallet_key: string;
    secret_point: string | null;
    wallet_origin: string;
    login_state: string | null;
    state: 'begun' | 'proven' | 'review' | 'recorded' | 'returned';
    record_id: string | null;
    expires: Date;
  };
  record: {
    id: string;
    flags: string;
    resets: number;
    reset_day: string | null;
    reset_asked: Date | null;
    standing: 'live' | 'suspended' | 'ended';
    standing_reason: 'death' | 'fraud' | 'own-wish' | null;
    standing_day: string | null;
    end_asked: string | null;
    identity_erased: string | null;
    enrolled: string;
    recall_id: string;
    recall_opened: number;
    recall_version: number;
    recall_blob: string | null;
    refill_key: string | null;
    setup_signature: string | null;
    refill_told: boolean;
  };
  record_key: {
    record_point: string;
    record_id: string;
    resets: number;
    entropy: string;
    current: boolean;
  };
  leaf: {
    leaf: string;
    record_point: string | null;
    sealed: string | null;
    tag: string | null;
    salt: string | null;
    current: boolean;
    batch_id: string | null;
    leaf_index: number | null;
    item: string | null;
    bucket: string;
  };
  batch: {
    id: string;
    root: string;
    leaves: number;
    entry_index: number | null;
    entry_proof: string | null;
  };
  tag: { element: string; kind: 'strong' | 'weak'; record_id: string };
  evidence_account: { subject: string; record_id: string };
  device: {
    device: string;
    record_id: string;
    label: string;
    day: string;
    removal_nonce: string | null;
    removal_proof: string | null;
  };
  route_used: { record_id: string; purpose: 'join' | 'return' | 'reset'; route: string; day: string };
  daily_count: { day: string; kind: string; count: number };
  route_count: { day: string; route: string; outcome: string; count: number };
}

export const migrations: readonly Migration[] = [
  logOutboxMigration,
  {
    name: '001-registrar',
    up: `
      create table record (
        id text primary key,
        flags text not null,
        resets integer not null default 0,
        reset_day date,
        reset_asked timestamptz,
        closed boolean not null default false,
        enrolled date not null,
        recall_id text not null unique,
        recall_opened integer not null default 0,
        recall_version integer not null default 0,
        recall_blob text,
        refill_key text,
        refill_told boolean not null default true
      );
      create table session (
        id text primary key,
        purpose text not null,
        wallet_key text not null,
        secret_point text,
        wallet_origin text not null,
        login_state text unique,
        state text not null,
        record_id text references record,
        expires timestamptz not null
      );
      create table record_key (
        record_point text primary key,
        record_id text not null references record,
        resets integer not null,
        entropy text not null,
        current boolean not null
      );
      create unique index record_key_current on record_key (record_id) where current;
      create unique index record_key_resets on record_key (record_id, resets);
      create table batch (
        id text primary key,
        root text not null,
        leaves integer not null check (leaves > 0),
        entry_index bigint,
        entry_proof text
      );
      create table leaf (
        leaf text primary key,
        record_point text not null references record_key,
        sealed text not null,
        tag text not null,
        salt text not null,
        current boolean not null,
        batch_id text references batch,
        leaf_index integer,
        item text,
        bucket text not null
      );
      create unique index leaf_current on leaf (record_point) where current;
      create unique index leaf_place on leaf (batch_id, leaf_index);
      create index leaf_bucket on leaf (bucket text_pattern_ops) where item is not null;
      create table tag (
        element text not null,
        kind text not null,
        record_id text not null references record,
        primary key (element, record_id)
      );
      create unique index tag_strong on tag (element) where kind = 'strong';
      create table evidence_account (subject text primary key, record_id text not null references record);${dailyCountTable}
    `,
  },
  { name: '002-setup-signature', up: 'alter table record add column setup_signature text;' },
  {
    name: '003-record-standing',
    up: `
      alter table record
        add column standing text not null default 'live' check (standing in ('live', 'suspended', 'ended')),
        add column standing_reason text,
        add column standing_day date;
      update record set standing = 'ended' where closed;
      alter table record drop column closed;
    `,
  },
  // Sessions under way when this runs have no route and begin again.
  { name: '004-session-route', up: "alter table session add column route text not null default ''" },
  {
    name: '005-route-count',
    up: `
      create table route_count (
        day date not null,
        route text not null,
        outcome text not null,
        count bigint not null,
        primary key (day, route, outcome)
      );`,
  },
  ...consoleMigrations,
  lifeMigration,
];
