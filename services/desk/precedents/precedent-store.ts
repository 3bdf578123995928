/**
 * Decided cases by their words: written with the decision, in its transaction, and asked for like ones. Trust: see
 * precedent-schema.ts. Must never: give out an account, or the words of another case.
 */
import { type Kysely, sql } from 'kysely';
import type { CaseState } from '../casework/state.ts';
import type { DeskTables } from '../schema.ts';

const itemsMax = 20;
const charsMax = 4_000;
/** Of the case at hand: its longest words say most. */
const wordsMax = 24;
/** The newest so many cases that share any word are compared; with common words these are the newest of all. */
const comparedMax = 300;
/** Of the words, so many must be in the other case too. */
const sharedLeast = 0.3;

export interface Like {
  caseId: string;
  /** part of the words that both have, 0 to 1 */
  shared: number;
  state: CaseState;
}

export async function keepPrecedent(trx: Kysely<DeskTables>, state: CaseState): Promise<void> {
  const hashes = hashesOf(state);
  if (!state.decided || hashes.length === 0) return;
  await sql`insert into precedent (case_id, at, words)
    select ${state.caseId}, ${state.decided.at},
      to_tsvector('english', coalesce(string_agg(left(snapshot ->> 'text', ${charsMax}), ' '), ''))
    from item where hash = any(${hashes}::text[])
    on conflict (case_id) do nothing`.execute(trx);
}

/** At most `max` decided cases whose words are most like this one's. */
export async function likeCases(db: Kysely<DeskTables>, state: CaseState, max: number): Promise<Like[]> {
  const hashes = hashesOf(state);
  if (hashes.length === 0) return [];
  const { rows } = await sql<Like>`
    with asked as (
      select coalesce(array_agg(lexeme), '{}') as words from (
        select lexeme from item, unnest(to_tsvector('english', left(snapshot ->> 'text', ${charsMax})))
        where hash = any(${hashes}::text[]) and length(lexeme) between 3 and 60
        group by lexeme order by length(lexeme) desc, lexeme limit ${wordsMax}
      ) longest
    ), question as (
      select words, (
        select string_agg('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery
        from unnest(words) word
      ) as query from asked
    ), newest as (
      select precedent.case_id, precedent.words, precedent.at from precedent, question
      where precedent.words @@ question.query and precedent.case_id <> ${state.caseId}
      order by precedent.at desc limit ${comparedMax}
    ), compared as (
      select newest.case_id, newest.at, (
        select count(*)::float8 from unnest(newest.words) other where other.lexeme = any(question.words)
      ) / cardinality(question.words) as shared from newest, question
    )
    select compared.case_id as "caseId", compared.shared, case_file.state
    from compared join case_file on case_file.case_id = compared.case_id
    where compared.shared >= ${sharedLeast}
    order by compared.shared desc, compared.at desc limit ${max}`.execute(db);
  return rows;
}

const hashesOf = (state: CaseState): string[] =>
  [...new Set(state.items.map((item) => item.hash))].slice(0, itemsMax);
