/**
 * Tables of the desk. `event` is what happened and is only ever added to; everything else about a case follows
 * from it. Times are ISO 8601 texts in UTC with milliseconds, which compare as texts do.
 */
import type { Migration } from '@answerable/kit/database';
import type { AuthorityAsk, FiledCase } from '@answerable/protocol/disclosure/filing';
import type { pageRecord } from '@answerable/protocol/report/connector';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import type { Signed } from '@answerable/protocol/signed';
import type { ColumnType, Generated } from 'kysely';
import type { z } from 'zod';
import { type CareTables, careMigrations } from './care/care-schema.ts';
import type { Actor, EventBody, Tool } from './casework/event.ts';
import type { CaseState } from './casework/state.ts';
import { caseworkMigrations } from './casework-schema.ts';
import { type EvidenceTables, evidenceMigrations } from './evidence/evidence-schema.ts';
import { type HeadsTables, headsMigrations } from './heads/heads-schema.ts';
import { type HolderTables, holderMigrations } from './holder/holder-schema.ts';
import { type IntakeTables, intakeMigrations } from './intake/intake-schema.ts';
import { type LedgerTables, ledgerMigrations } from './ledger-schema.ts';
import { type MeasuresTables, measuresMigrations } from './measures/measures-schema.ts';
import type { DeskEffect } from './outbox.ts';
import { type OutsideTables, outsideMigrations } from './outside/outside-schema.ts';
import { type PanelTables, panelMigrations } from './panel/panel-schema.ts';
import { type PeopleTables, peopleMigrations } from './people/people-schema.ts';
import { type PlatformsTables, platformsMigrations } from './platforms/platforms-schema.ts';
import { type PrecedentTables, precedentMigrations } from './precedents/precedent-schema.ts';
import { type PromisesTables, promisesMigrations } from './promises/promises-schema.ts';
import { type RulesTables, rulesMigrations } from './rules/rules-schema.ts';
import { type SetupTables, setupMigrations } from './setup/setup-schema.ts';
import { type ShiftTables, shiftMigrations } from './shift/shift-schema.ts';

export type PageRecord = z.infer<typeof pageRecord>;
type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;

interface CaseTables {
  case_file: {
    case_id: string;
    kind: string;
    phase: string;
    queue: string;
    opened_at: string;
    due_at: string | null;
    clock_at: string | null;
    assigned_to: string | null;
    reports: number;
    /** somebody may die: first in every queue */
    alarm: Generated<boolean>;
    /** put forward while a vigil lasts; an order, never a decision */
    ahead: Generated<boolean>;
    /** kept from erasure */
    preserved: Generated<boolean>;
    /** by so many hours rules pull it forward in its queue, and up to which event they have looked */
    rank_hours: Generated<number>;
    rank_seq: Generated<number>;
    seq: number;
    head: string;
    state: Json<CaseState>;
  };
  event: {
    case_id: string;
    seq: number;
    previous: string | null;
    hash: string;
    at: string;
    actor: Json<Actor>;
    tool: Json<Tool>;
    /** null when its time was over and it was erased; the chain holds over its hash */
    body: JsonOrNull<EventBody>;
    /** of an erased body */
    body_hash: Generated<string | null>;
  };
  case_item: { case_id: string; locator: string; author: string | null };
  item: { hash: string; snapshot: Json<ItemSnapshot> };
  distress_item: { locator: string };
  standing_act: { act: string; case_id: string; target: string; source: 'state' | 'sanction' };
  report: {
    receipt: string;
    case_id: string;
    day: string;
    capacity: string;
    statement: string;
    wishes: boolean;
    told_at: string | null;
  };
  page_record: { case_id: string; locator: string; record: Json<PageRecord>; at: string };
  outbox: {
    id: Generated<number>;
    effect_id: string;
    case_id: string;
    lane: string;
    effect: Json<DeskEffect>;
    state: 'pending' | 'done' | 'refused';
    attempts: Generated<number>;
    next_at: string;
    code: string | null;
    result: JsonOrNull<unknown>;
  };
}

interface DisclosureTables {
  disclosure: {
    case_id: string;
    ask_id: string;
    sub: string;
    ask: Json<Signed<AuthorityAsk>>;
    item: Json<{ locator: string; text: string; posted: string }>;
    filed: JsonOrNull<FiledCase>;
    proof: string | null;
    day: string;
  };
  holder_reply: { case_id: string; reply_id: string; reply: string; day: string };
}

/** A room that keeps something of its own adds its tables here, and its migrations below. */
export interface DeskTables
  extends HolderTables,
    PanelTables,
    PromisesTables,
    DisclosureTables,
    LedgerTables,
    IntakeTables,
    EvidenceTables,
    MeasuresTables,
    PeopleTables,
    SetupTables,
    PlatformsTables,
    ShiftTables,
    PrecedentTables,
    OutsideTables,
    CareTables,
    HeadsTables,
    RulesTables,
    CaseTables {}

const caseMigrations: readonly Migration[] = [
  {
    name: '001-desk',
    up: `
      create table case_file (
        case_id text primary key,
        kind text not null,
        phase text not null,
        queue text not null,
        opened_at text not null,
        due_at text,
        clock_at text,
        assigned_to text,
        reports integer not null,
        seq integer not null,
        head text not null,
        state jsonb not null
      );
      create index case_file_queue on case_file (queue, due_at, opened_at) where queue <> 'closed';
      create index case_file_clock on case_file (clock_at) where clock_at is not null;
      create table event (
        case_id text not null references case_file,
        seq integer not null,
        previous text,
        hash text not null unique,
        at text not null,
        actor jsonb not null,
        tool jsonb not null,
        body jsonb,
        primary key (case_id, seq)
      );
      create table case_item (
        case_id text not null references case_file,
        locator text not null,
        author text,
        primary key (case_id, locator)
      );
      create index case_item_locator on case_item (locator);
      create index case_item_author on case_item (author);
      create table item (hash text primary key, snapshot jsonb not null);
      create table distress_item (locator text primary key);
      create table standing_act (
        act text not null,
        case_id text not null references case_file,
        target text not null,
        source text not null check (source in ('state', 'sanction')),
        primary key (act, target)
      );
      create index standing_act_target on standing_act (target);
      create table report (
        receipt text primary key,
        case_id text not null references case_file,
        day date not null,
        capacity text not null,
        statement text not null,
        wishes boolean not null,
        told_at text
      );
      create index report_case on report (case_id);
      create table page_record (
        case_id text not null references case_file,
        locator text not null,
        record jsonb not null,
        at text not null,
        primary key (case_id, locator)
      );
      create table outbox (
        id bigint generated always as identity primary key,
        effect_id text not null unique,
        case_id text not null,
        lane text not null,
        effect jsonb not null,
        state text not null default 'pending' check (state in ('pending', 'done', 'refused')),
        attempts integer not null default 0,
        next_at text not null,
        code text,
        result jsonb
      );
      create index outbox_pending on outbox (next_at) where state = 'pending';
      create index outbox_lane on outbox (case_id, lane, id) where state = 'pending';
      create table disclosure (
        case_id text primary key,
        ask_id text not null unique,
        sub text not null,
        ask jsonb not null,
        item jsonb not null,
        filed jsonb,
        proof text,
        day date not null
      );
      create table holder_reply (
        case_id text not null references disclosure,
        reply_id text primary key,
        reply text not null,
        day date not null
      );
    `,
  },
];

/** In this order. A released migration is never changed. */
export const migrations: readonly Migration[] = [
  ...caseMigrations,
  ...ledgerMigrations,
  ...intakeMigrations,
  ...evidenceMigrations,
  ...measuresMigrations,
  ...peopleMigrations,
  ...setupMigrations,
  ...caseworkMigrations,
  ...platformsMigrations,
  ...careMigrations,
  ...outsideMigrations,
  ...shiftMigrations,
  ...holderMigrations,
  ...headsMigrations,
  ...rulesMigrations,
  ...precedentMigrations,
  ...panelMigrations,
  ...promisesMigrations,
];
