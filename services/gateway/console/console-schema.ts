/**
 * Tables of the gateway's console: who works here, how they get in, what was done. Nobody who has an account
 * anywhere is in any of them.
 */
import type { Migration } from '@answerable/kit/database';
import { ledgerTable } from '@answerable/kit/ledger';
import type { Role } from './roles.ts';

export interface ConsoleTables {
  staff: {
    id: string;
    /** working name */
    name: string;
    /** as names are compared; one that somebody had is never given to anybody else */
    name_key: string;
    role: Role;
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
  /** For programs that work in somebody's name at /admin; kept as its hash. */
  api_token: {
    id: string;
    hash: string;
    staff_id: string;
    label: string;
    role: Role;
    made: string;
    until: Date;
  };
}

export const consoleMigrations: readonly Migration[] = [
  {
    name: 'console-001-people',
    up: `
      create table staff (
        id text primary key,
        name text not null,
        name_key text not null unique,
        role text not null check (role in ('admin', 'operator', 'viewer')),
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
      create table api_token (
        id text primary key,
        hash text not null unique,
        staff_id text not null references staff,
        label text not null,
        role text not null check (role in ('admin', 'operator', 'viewer')),
        made date not null,
        until timestamptz not null
      );
      create index api_token_of on api_token (staff_id);${ledgerTable}
    `,
  },
  // Sessions of before do not say which passkey they began with: who has one signs in once more.
  {
    name: 'console-002-session-passkey',
    up: `
      delete from staff_session where staff_id in (select staff_id from passkey);
      alter table staff_session add column passkey text references passkey (credential) on delete cascade;
      create index staff_session_passkey on staff_session (passkey);
    `,
  },
];
