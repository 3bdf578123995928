/** The kinds that a keeper counts by day, spelt once; the registrar counts the same and an audit compares them. */
import { addCount } from '@answerable/kit/daily-count';
import type { Transaction } from 'kysely';
import type { KeeperTables } from './schema.ts';

type Kind = 'tag-evaluations' | 'tag-sessions' | 'recall-evaluations' | 'recall-refills';

export const count = (trx: Transaction<KeeperTables>, day: string, kind: Kind, by: number): Promise<void> =>
  addCount<KeeperTables>(trx, day, kind, by);
