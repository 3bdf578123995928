/**
 * Where every chain of the desk ended on each day. Whoever can modify these tables can hide that a chain was cut;
 * and cannot where the day's commitment stands in the log or somebody noted the head.
 */
import type { Migration } from '@answerable/kit/database';

export interface HeadsTables {
  day_head: {
    day: string;
    previous: string | null;
    chains: number;
    head: string;
    /** opens the commitment in the log */
    salt: string;
    commitment: string;
    /** C2SP tlog-proof of the commitment, where there is a log and it has it */
    proof: string | null;
  };
  /** how far each chain had come when the day was closed, of those that had grown since the last time */
  day_chain: { day: string; chain: string; seq: number; hash: string };
}

export const headsMigrations: readonly Migration[] = [
  {
    name: 'heads-001',
    up: `
      create table day_head (
        day text primary key,
        previous text,
        chains integer not null,
        head text not null,
        salt text not null,
        commitment text not null,
        proof text
      );
      create table day_chain (
        day text not null references day_head,
        chain text not null,
        seq integer not null,
        hash text not null,
        primary key (day, chain)
      );
      create index day_chain_chain on day_chain (chain, seq);
    `,
  },
];
