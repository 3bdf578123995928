/**
 * Passkeys of the people who work here: made by somebody who is signed in, used to sign in later. What the
 * browser sends is judged by kit/passkey.ts; whatever is wrong with it is the same `passkey_refused`.
 * Whoever can modify the table can sign in as anybody here.
 */
import type { Clock } from '@answerable/kit/clock';
import { uniqueViolation } from '@answerable/kit/database';
import { type PasskeyMade, type PasskeyUsed, passkeyRules, passkeysMax } from '@answerable/kit/passkey';
import { createChallenges } from '@answerable/kit/passkey-challenges';
import type { Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Kysely } from 'kysely';
import { appendRecord } from '../ledger.ts';
import type { DeskTables } from '../schema.ts';
import { changesChain } from '../setup/settings.ts';
import { staffOf } from './session-store.ts';

export interface Passkeys {
  list(staffId: string): Promise<{ credential: string; label: string; made_at: string }[]>;
  /** What the browser needs to make one. */
  beginMaking(staff: Staff & { id: string }): Promise<object>;
  make(staff: Staff & { id: string }, label: string, response: PasskeyMade): Promise<void>;
  remove(staff: Staff & { id: string }, credential: string): Promise<void>;
  /** What the browser needs to sign in with one. */
  beginUsing(): Promise<object>;
  use(response: PasskeyUsed): Promise<Staff>;
}

/** `origin` is where people find the desk; passkeys belong to its host name. */
export function createPasskeys(
  db: Kysely<DeskTables>,
  clock: Clock,
  at: { origin: string; title: string },
): Passkeys {
  const challenges = createChallenges(clock);
  const rules = passkeyRules(at);
  const now = () => clock.now().toISOString();
  const list = (staffId: string) =>
    db
      .selectFrom('passkey')
      .select(['credential', 'label', 'made_at'])
      .where('staff_id', '=', staffId)
      .orderBy('made_at')
      .execute();

  return {
    list,

    async beginMaking({ id, name }) {
      const known = await list(id);
      return rules.making(
        { id, name },
        challenges.issue(`make ${id}`),
        known.map((one) => one.credential),
      );
    },

    async make({ id, name }, label, response) {
      const made = await rules.checkMade(response, (challenge) => challenges.answer(`make ${id}`, challenge));
      if ((await list(id)).length >= passkeysMax) throw new Refusal('passkey_refused');
      const row = {
        credential: made.credential,
        staff_id: id,
        public_key: made.publicKey,
        counter: made.counter,
        transports: JSON.stringify(made.transports),
        label,
        made_at: now(),
      };
      await db
        .transaction()
        .execute(async (trx) => {
          await trx.insertInto('passkey').values(row).execute();
          await appendRecord(trx, changesChain, { at: now(), who: name, body: { kind: 'passkey-made' } });
        })
        .catch((error) => {
          throw uniqueViolation(error) ? new Refusal('passkey_refused') : error;
        });
    },

    async remove({ id, name }, credential) {
      await db.transaction().execute(async (trx) => {
        const gone = await trx
          .deleteFrom('passkey')
          .where('staff_id', '=', id)
          .where('credential', '=', credential)
          .returning('credential')
          .executeTakeFirst();
        if (!gone) throw new Refusal('not_found');
        await appendRecord(trx, changesChain, { at: now(), who: name, body: { kind: 'passkey-removed' } });
      });
    },

    beginUsing: () => rules.using(challenges.issue('use')),

    async use(response) {
      const row = await db
        .selectFrom('passkey')
        .innerJoin('staff', 'staff.id', 'passkey.staff_id')
        .select(['credential', 'public_key', 'counter', 'staff.id', 'name', 'roles', 'queues'])
        .where('credential', '=', response.id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (!row) throw new Refusal('passkey_refused');
      const kept = { credential: row.credential, publicKey: row.public_key, counter: row.counter };
      const counter = await rules.checkUsed(response, kept, (challenge) =>
        challenges.answer('use', challenge),
      );
      await db.updateTable('passkey').set({ counter }).where('credential', '=', row.credential).execute();
      return { ...staffOf(row), passkey: row.credential };
    },
  };
}
