/** Tables of a gateway. Days where an instant would join enrolment to admission; instants only for expiry. */
import type { Migration } from '@answerable/kit/database';
import { logOutboxMigration } from '@answerable/kit/log-outbox';
import type { InboxItem } from '@answerable/protocol/admission/account-call';
import type { SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import type { AdmissionRecord, FiledCase } from '@answerable/protocol/disclosure/filing';
import type { LadderStep } from '@answerable/protocol/report/sanction';
import type { ColumnType, Generated } from 'kysely';
import { type AccountsTables, accountsMigrations } from './accounts/accounts-schema.ts';
import { type BlueskyTables, blueskyMigrations } from './bluesky/bluesky-schema.ts';
import { type BreakGlassTables, breakGlassMigrations } from './break-glass/schema.ts';
import { type ClaimsTables, claimsMigrations } from './claims/claims-schema.ts';
import { type ConsoleTables, consoleMigrations } from './console/console-schema.ts';
import { type LogTimesTables, logTimesMigration } from './log-times.ts';
import { type OidcState, oidcMigration } from './oidc/adapter.ts';
import { type PoliciesTables, policiesMigration } from './policies/policies-schema.ts';
import { type PresentedAgain, presentingMigration } from './presenting/schema.ts';
import { type Phase, type SanctionTables, sanctionsMigration } from './sanctions/sanctions-schema.ts';
import { type TargetsTables, targetsMigrations } from './targets/targets-schema.ts';

/** jsonb: read as the value, written as its text. */
export type Json<T> = ColumnType<T, string, string>;

export interface Claims {
  over_13?: boolean;
  over_16?: boolean;
  over_18?: boolean;
  residence?: string;
  assurance?: string;
  reset_recent?: boolean;
  name?: string;
}

export interface GatewayTables
  extends TargetsTables,
    LogTimesTables,
    BreakGlassTables,
    ConsoleTables,
    BlueskyTables,
    AccountsTables,
    SanctionTables,
    PoliciesTables,
    ClaimsTables {
  oidc_state: OidcState;
  request: {
    id: string;
    platform: string;
    nonce: string;
    signed: Json<SignedAdmissionRequest>;
    expires_at: Date;
    spent: boolean;
  };
  person: { id: string; platform: string; pseudonym: string };
  presented: { epoch: number; platform: string; person: string };
  account: {
    sub: string;
    platform: string;
    person: string;
    slot: number;
    account_key: string;
    handle: string;
    claims: Json<Claims>;
    admission: Json<AdmissionRecord>;
    closed_day: string | null;
    /** local part of the address made for this account, where its platform insists on one */
    relay: string | null;
    /** since when its platform is told the name in the credential; null: not */
    named_day: Generated<string | null>;
  };
  sign_in: { sub: string; day: string; request_hash: string; signature: string };
  sanction: {
    id: string;
    case_id: string;
    person: string;
    sub: string;
    holds: 'person' | 'account';
    step: LadderStep;
    until: string | null;
    lifted: boolean;
    /** of an account that is gone, and that this holds */
    slot: Generated<number | null>;
    starts_at: Date | null;
    phase: Generated<Phase>;
    sessions_ended: Generated<number>;
  };
  case_number: { case_id: string; person: string; number: number };
  inbox: { seq: Generated<number>; message: string; sub: string; item: Json<InboxItem> };
  spent_call: { nonce: string; expires_at: Date };
  filing: { case_id: string; sub: string; filed: Json<FiledCase> };
  presented_again: PresentedAgain;
  census: { day: string };
  /** what the desk of this trust domain had put into the log */
  desk_commitment: { id: string; log_key: string };
}

export const migrations: readonly Migration[] = [
  logOutboxMigration,
  oidcMigration,
  logTimesMigration,
  {
    name: '001-gateway',
    up: `
      create table request (
        id text primary key,
        platform text not null,
        nonce text not null unique,
        signed jsonb not null,
        expires_at timestamptz not null,
        spent boolean not null default false
      );
      create index request_expiry on request (expires_at);
      create table person (
        id text primary key,
        platform text not null,
        pseudonym text not null,
        constraint person_once unique (platform, pseudonym)
      );
      create table presented (
        epoch bigint not null,
        platform text not null,
        person text not null references person (id),
        primary key (epoch, platform, person)
      );
      create table account (
        sub text primary key,
        platform text not null,
        person text not null references person (id),
        slot smallint not null check (slot between 1 and 8),
        account_key text not null,
        handle text not null,
        claims jsonb not null,
        admission jsonb not null,
        closed_day date,
        constraint account_slot unique (person, slot),
        constraint account_key_once unique (account_key),
        constraint account_handle unique (platform, handle)
      );
      create table sign_in (
        sub text not null references account (sub),
        day date not null,
        request_hash text not null,
        signature text not null,
        primary key (sub, day)
      );
      create table sanction (
        id text primary key,
        case_id text not null,
        person text not null references person (id),
        sub text not null references account (sub),
        holds text not null check (holds in ('person', 'account')),
        step text not null check (step in ('warn', 'restrict', 'suspend', 'bar')),
        until date,
        lifted boolean not null default false
      );
      create index sanction_person on sanction (person);
      create table ended_session (
        sub text not null references account (sub),
        client_id text not null,
        primary key (sub, client_id)
      );
      create table case_number (
        case_id text not null,
        person text not null references person (id),
        number integer not null check (number > 0),
        primary key (case_id, person),
        constraint case_number_once unique (case_id, number)
      );
      create table inbox (
        seq bigint generated always as identity primary key,
        message text not null,
        sub text not null references account (sub),
        item jsonb not null,
        constraint inbox_once unique (message, sub)
      );
      create index inbox_sub on inbox (sub);
      create table spent_call (nonce text primary key, expires_at timestamptz not null);
      create table filing (
        case_id text primary key,
        sub text not null references account (sub),
        filed jsonb not null
      );
      create table census (day date primary key);
    `,
  },
  {
    name: '002-desk-commitments',
    up: 'create table desk_commitment (id text primary key, log_key text not null)',
  },
  {
    name: '003-relay-addresses',
    up: 'alter table account add column relay text unique',
  },
  ...targetsMigrations,
  ...consoleMigrations,
  ...blueskyMigrations,
  ...accountsMigrations,
  sanctionsMigration,
  presentingMigration,
  policiesMigration,
  ...claimsMigrations,
  ...breakGlassMigrations,
];
