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
  const words = await longestWords(db, hashesOf(state));
  if (words.length === 0) return [];
  // Handed over as a value, so that the planner sees whether these words are rare or common.
  const query = words.map(quoted).join(' | ');
  const { rows } = await sql<Like>`
    with newest as materialized (
      select case_id, words, at from precedent
      where words @@ ${query}::tsquery and case_id <> ${state.caseId}
      order by at desc limit ${comparedMax}
    ), compared as (
      select case_id, at, (
        select count(*)::float8 from unnest(words) other where other.lexeme = any(${words}::text[])
      ) / ${words.length} as shared from newest
    )
    select compared.case_id as "caseId", compared.shared, case_file.state
    from compared join case_file on case_file.case_id = compared.case_id
    where compared.shared >= ${sharedLeast}
    order by compared.shared desc, compared.at desc limit ${max}`.execute(db);
  return rows;
}

async function longestWords(db: Kysely<DeskTables>, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return [];
  const { rows } = await sql<{ lexeme: string }>`
    select lexeme from item, unnest(to_tsvector('english', left(snapshot ->> 'text', ${charsMax})))
    where hash = any(${[...hashes]}::text[]) and length(lexeme) between 3 and 60
    group by lexeme order by length(lexeme) desc, lexeme limit ${wordsMax}`.execute(db);
  return rows.map((row) => row.lexeme);
}

/** A word as a tsquery takes it, whatever stands in it. */
const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

const hashesOf = (state: CaseState): string[] =>
  [...new Set(state.items.map((item) => item.hash))].slice(0, itemsMax);
