/** The life of an account: whether its name may be told, and what is left when its time is over. */
import type { Migration } from '@answerable/kit/database';

export interface AccountsTables {
  /** SHA-256 of handles that were somebody's: never given again */
  handle_gone: { platform: string; hash: string };
}

/** Sanctions outlive the account that they were given for: they hold the person, or the slot. */
export const accountsMigrations: readonly Migration[] = [
  {
    name: 'accounts-001',
    up: `
      alter table account add column named_day date;
      alter table sanction drop constraint sanction_sub_fkey;
      alter table sanction add column slot smallint;
      create index account_closed on account (closed_day) where closed_day is not null;
      create table handle_gone (
        platform text not null,
        hash text not null,
        primary key (platform, hash)
      );
    `,
  },
  {
    name: 'accounts-002-bluesky',
    up: ['join', 'invitation', 'account']
      .map(
        (table) => `
      alter table bluesky_${table} drop constraint bluesky_${table}_sub_fkey;
      alter table bluesky_${table} add constraint bluesky_${table}_whose_sub
        foreign key (sub) references account (sub) on delete cascade;`,
      )
      .join(''),
  },
];
