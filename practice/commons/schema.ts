/** Tables of a forum. `legal_name` and `birth_date` are filled under the ban only: that is what the ban costs. */
import type { Migration } from '@answerable/kit/database';
import type { Rule } from './policy.ts';

export interface ForumTables {
  setting: { one: true; rule: Rule; for_uk: boolean; geography: string | null };
  account: {
    id: string;
    handle: string;
    /** how it came to be */
    way: 'open' | 'identity' | 'gateway';
    /** the gateway's `sub`, or the identity provider's */
    subject: string | null;
    email: string | null;
    legal_name: string | null;
    birth_date: string | null;
    awaits_moderator: boolean;
    suspended_notice: string | null;
    /** kept in memory of somebody: nobody signs in as it or writes to it */
    memorial_notice: string | null;
    reply_rule: 'everyone' | 'answerable';
    bio: string;
    day: string;
  };
  session: { token_hash: string; account: string; expires_at: Date };
  started: {
    id_hash: string;
    kind: 'identity' | 'gateway';
    state: string;
    nonce: string;
    verifier: string;
    place: string;
    expires_at: Date;
  };
  page: {
    id: string;
    title: string;
    about: string;
    owner: string;
    state: 'open' | 'held' | 'shut';
    notice: string | null;
    posted_at: Date;
  };
  page_warning: { page: string; day: string; text: string };
  post: {
    id: string;
    author: string;
    parent: string | null;
    page: string | null;
    title: string | null;
    text: string;
    posted_at: Date;
    hidden_notice: string | null;
    help: string | null;
    /** of a thread: replies come slowly */
    slow_notice: string | null;
  };
  act: { act: string; kind: string; target: string };
}

export const migrations: readonly Migration[] = [
  {
    name: '001-forum',
    up: `
      create table setting (
        one boolean primary key default true check (one),
        rule text not null check (rule in ('no-rule', 'ban', 'answerable')),
        for_uk boolean not null,
        geography text
      );
      create table account (
        id text primary key,
        handle text not null,
        way text not null check (way in ('open', 'identity', 'gateway')),
        subject text,
        email text,
        legal_name text,
        birth_date date,
        awaits_moderator boolean not null default false,
        suspended_notice text,
        reply_rule text not null default 'everyone' check (reply_rule in ('everyone', 'answerable')),
        bio text not null default '',
        day date not null,
        constraint account_handle unique (handle),
        constraint account_subject unique (way, subject)
      );
      create table session (
        token_hash text primary key,
        account text not null references account (id),
        expires_at timestamptz not null
      );
      create index session_account on session (account);
      create table started (
        id_hash text primary key,
        kind text not null,
        state text not null,
        nonce text not null,
        verifier text not null,
        place text not null,
        expires_at timestamptz not null
      );
      create table page (
        id text primary key,
        title text not null,
        about text not null,
        owner text not null references account (id),
        state text not null default 'open' check (state in ('open', 'held', 'shut')),
        notice text,
        posted_at timestamptz not null
      );
      create table page_warning (page text not null references page (id), day date not null, text text not null);
      create table post (
        id text primary key,
        author text not null references account (id),
        parent text references post (id),
        page text references page (id),
        title text,
        text text not null,
        posted_at timestamptz not null,
        hidden_notice text,
        help text
      );
      create index post_parent on post (parent);
      create index post_page on post (page);
      create index post_author on post (author);
      create table act (act text primary key, kind text not null, target text not null);
    `,
  },
  {
    name: '002-after-a-death',
    up: `
      alter table account add column memorial_notice text;
      alter table post add column slow_notice text;
    `,
  },
];
