/** Tables of the people who work here: who they are to each other, how they get in, and what is open now. */
import type { Migration } from '@answerable/kit/database';
import type { ColumnType } from 'kysely';
import type { StaffRole } from '../casework/event.ts';

type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;

export interface PeopleTables {
  staff: {
    id: string;
    /** working name, as cases show it */
    name: string;
    /** as names are compared; one that somebody had is never given to anybody else */
    name_key: string;
    roles: Json<StaffRole[]>;
    /** null: all of them */
    queues: JsonOrNull<string[]>;
    invited_at: string;
    joined_at: string | null;
    removed_at: string | null;
  };
  /** one-time links; without `staff_id` the link of the set-up */
  staff_link: { hash: string; staff_id: string | null; until: string };
  staff_session: {
    hash: string;
    staff_id: string | null;
    /** who it is, where the operator's link said so and no row does */
    staff: JsonOrNull<{ name: string; roles: readonly string[]; queues?: readonly string[] }>;
    /** the one it began with, with which it ends; null for one that began with a link */
    passkey: string | null;
    until: string;
  };
  passkey: {
    credential: string;
    staff_id: string;
    /** COSE, base64url */
    public_key: string;
    counter: number;
    transports: Json<string[]>;
    label: string;
    made_at: string;
  };
}

export const peopleMigrations: readonly Migration[] = [
  {
    name: 'people-001-staff',
    up: `
      create table staff (
        id text primary key,
        name text not null,
        name_key text not null unique,
        roles jsonb not null,
        queues jsonb,
        invited_at text not null,
        joined_at text,
        removed_at text
      );
      create table staff_link (
        hash text primary key,
        staff_id text references staff,
        until text not null
      );
      create table staff_session (
        hash text primary key,
        staff_id text references staff,
        staff jsonb,
        until text not null,
        check ((staff_id is null) <> (staff is null))
      );
      create index staff_session_of on staff_session (staff_id);
      create table passkey (
        credential text primary key,
        staff_id text not null references staff,
        public_key text not null,
        counter bigint not null,
        transports jsonb not null,
        label text not null,
        made_at text not null
      );
      create index passkey_of on passkey (staff_id);
    `,
  },
  // Sessions of before do not say which passkey they began with: who has one signs in once more.
  {
    name: 'people-002-session-passkey',
    up: `
      delete from staff_session where staff_id in (select staff_id from passkey);
      alter table staff_session add column passkey text references passkey (credential) on delete cascade;
      create index staff_session_passkey on staff_session (passkey);
    `,
  },
];
