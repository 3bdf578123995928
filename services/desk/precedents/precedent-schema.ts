/**
 * The words of what decided cases were about, so that a like case can be found again. Whoever can modify this table
 * can hide how the desk decided before; it can be made again from cases and items, and names no account.
 */
import type { Migration } from '@answerable/kit/database';

export interface PrecedentTables {
  /** `words` is a tsvector and only compared */
  precedent: { case_id: string; at: string; words: unknown };
}

export const precedentMigrations: readonly Migration[] = [
  {
    name: 'precedents-001',
    up: `
      create table precedent (
        case_id text primary key references case_file,
        at text not null,
        words tsvector not null
      );
      create index precedent_words on precedent using gin (words);
      create index precedent_at on precedent (at desc);
      insert into precedent (case_id, at, words)
        select decided.case_id, decided.state -> 'decided' ->> 'at',
          to_tsvector('english', string_agg(left(item.snapshot ->> 'text', 4000), ' '))
        from case_file decided
          cross join lateral (
            select distinct one ->> 'hash' as hash from jsonb_array_elements(decided.state -> 'items') one limit 20
          ) about
          join item on item.hash = about.hash
        where jsonb_typeof(decided.state -> 'decided') = 'object'
        group by decided.case_id, decided.state;
    `,
  },
];
