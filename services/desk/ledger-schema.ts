/** The table of the desk's append-only records besides cases; see ledger.ts. */
import type { Migration } from '@answerable/kit/database';

export interface LedgerTables {
  ledger: {
    chain: string;
    seq: number;
    previous: string | null;
    hash: string;
    at: string;
    who: string;
    /** read and written as JSON */
    body: unknown;
  };
}

export const ledgerMigrations: readonly Migration[] = [
  {
    name: 'ledger-001',
    up: `
      create table ledger (
        chain text not null,
        seq integer not null,
        previous text,
        hash text not null unique,
        at text not null,
        who text not null,
        body jsonb not null,
        primary key (chain, seq)
      );
    `,
  },
];
