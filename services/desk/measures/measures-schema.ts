/** Tables of the figures, and the indexes by which a desk with a million cases answers at once. */
import type { Migration } from '@answerable/kit/database';
import type { ColumnType } from 'kysely';
import type { GoldenAnswer, GoldenCase } from './golden-cases.ts';

type Json<T> = ColumnType<T, string, string>;

export interface MeasuresTables {
  /** how often, by day: everything that is published is a sum of these */
  tally: { day: string; figure: string; part: string; value: number; n: number };
  /** what came since it was last folded into `tally`: only added to, so that no two cases wait for each other */
  tally_change: { id: number; day: string; figure: string; part: string; value: number; n: number };
  /** days that are over: their figures stay as they were published */
  tally_closed: { day: string; hash: string };
  golden_case: { golden: string; body: Json<GoldenCase>; added_by: string };
  golden_retired: { golden: string };
  /** `name` is a working name: what somebody answered is shown to nobody else */
  golden_answer: {
    golden: string;
    name: string;
    class: string;
    day: string;
    answer: Json<GoldenAnswer>;
    agreed: boolean;
  };
}

export const measuresMigrations: readonly Migration[] = [
  {
    name: 'measures-001',
    up: `
      create table tally (
        day text not null,
        figure text not null,
        part text not null,
        value integer not null,
        n bigint not null,
        primary key (day, figure, part, value)
      );
      create table tally_change (
        id bigint generated always as identity primary key,
        day text not null,
        figure text not null,
        part text not null,
        value integer not null,
        n bigint not null
      );
      create table tally_closed (day text primary key, hash text not null);
      insert into tally (day, figure, part, value, n)
        select 'always', 'waiting', queue, 0, count(*) from case_file where queue <> 'closed' group by queue;
      create index case_file_oldest on case_file (queue, opened_at) where queue <> 'closed';
      create index event_at on event (at);
      create index outbox_case on outbox (case_id);
      create index standing_act_case on standing_act (case_id);
    `,
  },
  {
    name: 'measures-002-filters',
    up: `
      create index case_file_assigned on case_file (assigned_to, due_at) where queue <> 'closed' and assigned_to is not null;
      create index case_file_reasons on case_file using gin ((state -> 'reasons')) where queue <> 'closed';
    `,
  },
  {
    name: 'measures-003-golden',
    up: `
      create table golden_case (golden text primary key, body jsonb not null, added_by text not null);
      create table golden_retired (golden text primary key);
      create table golden_answer (
        golden text not null,
        name text not null,
        class text not null,
        day text not null,
        answer jsonb not null,
        agreed boolean not null,
        primary key (golden, name)
      );
      create index golden_answer_name on golden_answer (name);
      create index golden_answer_day on golden_answer (day);
    `,
  },
];
