/** What members wish of whom, whom they blocked, and who knocked (spec/targets.md). */
import type { Migration } from '@answerable/kit/database';

export interface TargetsTables {
  reach_wish: { sub: string; reply: boolean; mention: boolean; message: boolean };
  /** `blocked` is what the platform named, `person` who is held: the row outlives the account */
  block: { id: string; owner: string; blocked: string; person: string; day: string };
  let_in: { owner: string; sub: string };
  /** `dropped` is settled when the knock is signed and never looked at again: see spec/targets.md */
  knock: {
    id: string;
    owner: string;
    sub: string;
    state: 'wanted' | 'sent' | 'declined';
    dropped: boolean;
    day: string;
  };
}

export const targetsMigrations: readonly Migration[] = [
  {
    name: 'targets-001',
    up: `
      create table reach_wish (
        sub text primary key references account (sub) on delete cascade,
        reply boolean not null,
        mention boolean not null,
        message boolean not null
      );
      create table block (
        id text primary key,
        owner text not null references account (sub) on delete cascade,
        blocked text not null,
        person text not null references person (id),
        day date not null,
        constraint block_once unique (owner, blocked)
      );
      create index block_person on block (owner, person);
      create table let_in (
        owner text not null references account (sub) on delete cascade,
        sub text not null references account (sub) on delete cascade,
        primary key (owner, sub)
      );
      create table knock (
        id text primary key,
        owner text not null references account (sub) on delete cascade,
        sub text not null references account (sub) on delete cascade,
        state text not null check (state in ('wanted', 'sent', 'declined')),
        dropped boolean not null default false,
        day date not null,
        constraint knock_once unique (owner, sub)
      );
      create index knock_sub on knock (sub, day);
    `,
  },
];
