/** The door to decided cases by their words. */
import type { Kysely } from 'kysely';
import type { CaseState } from '../casework/state.ts';
import type { DeskTables } from '../schema.ts';
import { type Like, likeCases } from './precedent-store.ts';

export interface Precedents {
  /** at most `max` decided cases whose words are most like this one's */
  like(state: CaseState, max: number): Promise<Like[]>;
}

export const createPrecedents = (db: Kysely<DeskTables>): Precedents => ({
  like: (state, max) => likeCases(db, state, max),
});
