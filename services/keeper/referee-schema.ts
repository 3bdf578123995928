/** Tables of a keeper about referees: whose passkey counts, and which of its counters were seen today. */
import type { Migration } from '@answerable/kit/database';

export interface RefereeTables {
  referee_key: {
    credential: string;
    organisation: string;
    public_key: string;
    standing: 'active' | 'paused' | 'removed';
    change: number;
  };
  referee_counter: { credential: string; counter: number; token: string; day: string };
}

export const refereeMigrations: readonly Migration[] = [
  {
    name: 'referees-001-keys',
    up: `
      create table referee_key (
        credential text primary key,
        organisation text not null,
        public_key text not null,
        standing text not null,
        change integer not null
      );
      create table referee_counter (
        credential text not null,
        counter bigint not null,
        token text not null,
        day date not null,
        primary key (credential, counter)
      );
    `,
  },
];
