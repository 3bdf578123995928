/**
 * Sanctions as the people who run a gateway look them up: by their own number, by that of a case, or because they
 * have not begun. Whoever can modify what is read here can hide one from them.
 * Must never: name an account, or say how many a sanction holds.
 */
import type { Db } from '../store.ts';

const foundMax = 100;

export interface SanctionSeen {
  id: string;
  case_id: string;
  /** null once the account is gone */
  platform: string | null;
  step: 'warn' | 'restrict' | 'suspend' | 'bar';
  holds: 'person' | 'account';
  phase: 'scheduled' | 'begun' | 'over';
  lifted: boolean;
  starts_at: Date | null;
  until: string | null;
}

const seen = (db: Db) =>
  db
    .selectFrom('sanction')
    .leftJoin('account', 'account.sub', 'sanction.sub')
    .select(['sanction.id', 'case_id', 'platform', 'step', 'holds'])
    .select(['phase', 'lifted', 'starts_at', 'until'])
    .limit(foundMax);

/** What has not begun, the next one first. */
export const sanctionsToCome = (db: Db): Promise<SanctionSeen[]> =>
  seen(db)
    .where('phase', '=', 'scheduled')
    .where('lifted', '=', false)
    .orderBy('starts_at')
    .orderBy('sanction.id')
    .execute();

/** The one with this number, or all of the case that has it. */
export const sanctionsNumbered = (db: Db, number: string): Promise<SanctionSeen[]> =>
  seen(db)
    .where((is) => is.or([is('sanction.id', '=', number), is('case_id', '=', number)]))
    .orderBy('sanction.id')
    .execute();
