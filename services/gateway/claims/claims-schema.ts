/** Tables of the room: accounts from before the gateway, codes by which they are attached, and how it ended. */
import type { Migration } from '@answerable/kit/database';
import type { AfterClaim } from '@answerable/protocol/platform-policy';
import type { Carrier } from './carry-out.ts';

export interface ClaimsTables {
  legacy_account: {
    platform: string;
    /** as the platform calls it */
    account: string;
    handle: string;
    sub: string | null;
    attached_day: string | null;
    /** what became of one that nobody attached in time */
    ended: AfterClaim | null;
    ended_day: string | null;
  };
  claim_code: {
    /** only the hashes of code and cookie are kept */
    code: string;
    browser: string | null;
    platform: string;
    account: string;
    return_to: string;
    request: string | null;
    expires_at: Date;
    spent: boolean;
  };
  claim_end: {
    platform: string;
    until: string;
    afterwards: AfterClaim;
    day: string;
    attached: number;
    unattached: number;
    carried: Carrier;
  };
}

export const claimsMigrations: readonly Migration[] = [
  {
    name: 'claims-accounts',
    up: `
    create table legacy_account (
      platform text not null,
      account text not null,
      handle text not null,
      sub text unique references account (sub) on delete cascade,
      attached_day date,
      ended text check (ended in ('stays-open', 'read-only', 'locked')),
      ended_day date,
      primary key (platform, account),
      constraint legacy_handle unique (platform, handle)
    );
    create table claim_code (
      code text primary key,
      browser text unique,
      platform text not null,
      account text not null,
      return_to text not null,
      request text unique,
      expires_at timestamptz not null,
      spent boolean not null default false,
      foreign key (platform, account) references legacy_account (platform, account) on delete cascade
    );
    create index claim_code_expiry on claim_code (expires_at);
    create table claim_end (
      platform text not null,
      until date not null,
      afterwards text not null,
      day date not null,
      attached integer not null,
      unattached integer not null,
      primary key (platform, until)
    );
  `,
  },
  {
    name: 'claims-carried-out',
    up: `
      alter table telling drop constraint telling_way_check;
      alter table telling add constraint telling_way_check check (way in ('sign-out', 'act', 'claim'));
      alter table telling add column legacy text;
      create index telling_legacy on telling (target, legacy) where way = 'claim';
      -- What ended before gateways did this was the platforms' to do.
      alter table claim_end add column carried text not null default 'platform'
        check (carried in ('gateway', 'platform', 'nobody'));
    `,
  },
];
