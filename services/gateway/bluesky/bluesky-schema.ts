/** Tables of the way into servers of the AT Protocol. Instants only for expiry. */
import type { Migration } from '@answerable/kit/database';

/** Why an account of the server is not let stay; `null` for one that is. */
export type Revoked =
  | 'no-code'
  | 'foreign-code'
  | 'code-used-before'
  | 'code-over'
  | 'other-account'
  | 'closed';

export interface BlueskyTables {
  /** somebody's way from /join to their code, in one browser */
  bluesky_join: {
    id: string;
    platform: string;
    /** hash of the cookie */
    browser: string;
    sub: string | null;
    expires_at: Date;
  };
  bluesky_invitation: {
    /** under which the server was asked for the code: says nothing of anybody */
    mark: string;
    platform: string;
    sub: string;
    /** null while the server is asked, and once nobody needs it any more */
    code: string | null;
    /** the account that the person said they bring */
    brings: string | null;
    /** while it is open; afterwards it would tell when somebody came */
    expires_at: Date | null;
    state: 'open' | 'used' | 'over';
  };
  /** every account of a server, and whose it is */
  bluesky_account: {
    platform: string;
    did: string;
    /** null: there before us, the operator's own, or revoked */
    sub: string | null;
    revoked: Revoked | null;
    /** of the code that it came with */
    mark: string | null;
    /** what a desk calls it, which knows the account by its DID alone (connector/foreign-name.ts) */
    desk_name: string | null;
    /** we took it down there, and nobody else had before */
    down: boolean;
    /** it should be down, and is by somebody else's hand: theirs to bring back */
    theirs: boolean;
  };
  /** how far the accounts of a server were read; there once those of before are known */
  bluesky_server: { platform: string; cursor: string | null };
}

export const blueskyMigrations: readonly Migration[] = [
  {
    name: 'bluesky-001-joining',
    up: `
    create table bluesky_join (
      id text primary key,
      platform text not null,
      browser text not null,
      sub text references account (sub),
      expires_at timestamptz not null
    );
    create table bluesky_invitation (
      mark text primary key,
      platform text not null,
      sub text not null references account (sub),
      code text,
      brings text,
      expires_at timestamptz,
      state text not null check (state in ('open', 'used', 'over')),
      constraint bluesky_invitation_instant check ((state = 'open') = (expires_at is not null))
    );
    create unique index bluesky_invitation_open on bluesky_invitation (sub) where state = 'open';
    create index bluesky_invitation_sub on bluesky_invitation (sub);
    create table bluesky_account (
      platform text not null,
      did text not null,
      sub text references account (sub),
      revoked text,
      mark text,
      down boolean not null default false,
      primary key (platform, did),
      constraint bluesky_account_sub unique (sub),
      constraint bluesky_account_whose check (sub is null or revoked is null)
    );
    create index bluesky_account_mark on bluesky_account (mark);
    create table bluesky_server (platform text primary key, cursor text);
  `,
  },
  {
    name: 'bluesky-002-desk-names',
    up: `
      alter table bluesky_account add column desk_name text unique;
      alter table bluesky_account add column theirs boolean not null default false;
    `,
  },
];
