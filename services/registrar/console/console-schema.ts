/**
 * Tables of the registrar's console: who works here and for which organisation, how they get in, what was done,
 * and what waits for people to look. Nobody who enrols is named in any of them. Days, no finer times, but for
 * what is over within the day.
 */
import type { Migration } from '@answerable/kit/database';
import { ledgerTable } from '@answerable/kit/ledger';
import type { ReviewVerdict } from '@answerable/protocol/enrolment/review';
import type { ColumnType } from 'kysely';
import type { OrganisationKind, Role } from './roles.ts';

type Json<T> = ColumnType<T, string, string>;

export interface ConsoleTables {
  organisation: {
    id: string;
    kind: OrganisationKind;
    name: string;
    standing: 'active' | 'paused';
    /** why it is paused, in an admin's words */
    reason: string | null;
    since: string;
  };
  staff: {
    id: string;
    /** working name */
    name: string;
    /** as names are compared; one that somebody had is never given to anybody else */
    name_key: string;
    roles: Json<Role[]>;
    /** of a referee, and of nobody else */
    organisation_id: string | null;
    invited: string;
    joined: string | null;
    removed: string | null;
  };
  staff_link: { hash: string; staff_id: string; until: Date };
  staff_session: {
    hash: string;
    staff_id: string;
    by_passkey: boolean;
    /** the one it began with, with which it ends */
    passkey: string | null;
    until: Date;
  };
  passkey: {
    credential: string;
    staff_id: string;
    /** COSE, base64url */
    public_key: string;
    counter: number;
    label: string;
    made_at: string;
  };
  /** A referee's passkey as keepers know it; a removed one stays removed. */
  referee_key: {
    credential: string;
    organisation_id: string;
    public_key: string;
    standing: 'active' | 'paused' | 'removed';
    /** counts the changes, so that an old message brings nothing back */
    change: number;
    told: boolean;
  };
  /** An enrolment that waits for two people to look; goes with its session. */
  review: {
    session_id: string;
    /** what was shown, to the key at rest; null once nobody needs it */
    sealed: string | null;
    /** how many records have this name and birth date */
    records: number;
    day: string;
    verdict: ReviewVerdict | null;
  };
  review_word: { session_id: string; staff_id: string; verdict: ReviewVerdict; reason: string; day: string };
  /** What one person wants done to a record, and a second must agree to. */
  suspension_wish: {
    record_id: string;
    wish: 'suspend' | 'lift';
    reason: 'death' | 'fraud';
    staff_id: string;
    day: string;
  };
  /** How often somebody vouched on a day. */
  vouching: { day: string; staff_id: string; organisation_id: string; count: number };
}

export const consoleMigrations: readonly Migration[] = [
  {
    name: 'console-001-people',
    up: `
      create table organisation (
        id text primary key,
        kind text not null,
        name text not null,
        standing text not null,
        reason text,
        since date not null
      );
      create table staff (
        id text primary key,
        name text not null,
        name_key text not null unique,
        roles jsonb not null,
        organisation_id text references organisation,
        invited date not null,
        joined date,
        removed date
      );
      create table staff_link (
        hash text primary key,
        staff_id text not null unique references staff,
        until timestamptz not null
      );
      create table staff_session (
        hash text primary key,
        staff_id text not null references staff,
        by_passkey boolean not null,
        until timestamptz not null
      );
      create table passkey (
        credential text primary key,
        staff_id text not null references staff,
        public_key text not null,
        counter bigint not null,
        label text not null,
        made_at date not null
      );
      create index passkey_of on passkey (staff_id);
      create table referee_key (
        credential text primary key,
        organisation_id text not null references organisation,
        public_key text not null,
        standing text not null,
        change integer not null,
        told boolean not null
      );
      create table vouching (
        day date not null,
        staff_id text not null references staff,
        organisation_id text not null references organisation,
        count integer not null,
        primary key (day, staff_id)
      );${ledgerTable}
    `,
  },
  {
    name: 'console-002-review',
    up: `
      create table review (
        session_id text primary key references session on delete cascade,
        sealed text,
        records integer not null,
        day date not null,
        verdict text
      );
      create table review_word (
        session_id text not null references review on delete cascade,
        staff_id text not null references staff,
        verdict text not null,
        reason text not null,
        day date not null,
        primary key (session_id, staff_id)
      );
      create table suspension_wish (
        record_id text primary key references record,
        wish text not null,
        reason text not null,
        staff_id text not null references staff,
        day date not null
      );
    `,
  },
  // Sessions of before do not say which passkey they began with: who has one signs in once more.
  {
    name: 'console-003-session-passkey',
    up: `
      delete from staff_session where staff_id in (select staff_id from passkey);
      alter table staff_session add column passkey text references passkey (credential) on delete cascade;
      create index staff_session_passkey on staff_session (passkey);
    `,
  },
];
