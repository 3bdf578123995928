/**
 * Passkeys of the people at the console: made by who came in by a link, used to sign in. Whoever can modify the
 * table can sign in as anybody here. Challenges are good at every gateway that shares these keys and this database.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import { uniqueViolation } from '@answerable/kit/database';
import { type PasskeyMade, type PasskeyUsed, passkeyRules, passkeysMax } from '@answerable/kit/passkey';
import { sharedChallenges } from '@answerable/kit/passkey-challenges';
import { hashToken, type Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Db } from '../store.ts';
import { record } from './record.ts';

type Known = Staff & { id: string };
export type ConsolePasskeys = ReturnType<typeof consolePasskeys>;

export interface PasskeyNeeds {
  origin: string;
  title: string;
  /** 32 bytes, shared by all gateways with one database */
  challengeKey: Uint8Array;
  /** true the first time, until then */
  spend: (nonce: string, until: Date) => Promise<boolean>;
}

export function consolePasskeys(db: Db, clock: Clock, { origin, title, challengeKey, spend }: PasskeyNeeds) {
  const challenges = sharedChallenges(clock, challengeKey, (challenge, until) =>
    spend(`console ${hashToken(challenge)}`, until),
  );
  const rules = passkeyRules({ origin, title });
  const list = (staffId: string) =>
    db
      .selectFrom('passkey')
      .select(['credential', 'label', 'made_at'])
      .where('staff_id', '=', staffId)
      .orderBy('made_at')
      .execute();

  return {
    list,

    async beginMaking({ id, name }: Known) {
      const known = (await list(id)).map((one) => one.credential);
      return rules.making({ id, name }, challenges.issue(`make ${id}`), known);
    },

    async make({ id, name }: Known, label: string, response: PasskeyMade): Promise<void> {
      const made = await rules.checkMade(response, (given) => challenges.answer(`make ${id}`, given));
      if ((await list(id)).length >= passkeysMax) throw new Refusal('passkey_refused');
      const { credential, publicKey: public_key, counter } = made;
      const row = { credential, staff_id: id, public_key, counter, label, made_at: dayOf(clock.now()) };
      await db
        .transaction()
        .execute(async (trx) => {
          await trx.insertInto('passkey').values(row).execute();
          await record(trx, clock.now(), name, { kind: 'passkey-made' });
        })
        .catch((error) => {
          throw uniqueViolation(error) ? new Refusal('passkey_refused') : error;
        });
    },

    async remove({ id, name }: Known, credential: string): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const gone = await trx
          .deleteFrom('passkey')
          .where('staff_id', '=', id)
          .where('credential', '=', credential)
          .returning('credential')
          .executeTakeFirst();
        if (!gone) throw new Refusal('not_found');
        await record(trx, clock.now(), name, { kind: 'passkey-removed' });
      });
    },

    beginUsing: () => rules.using(challenges.issue('use')),

    /** Whose passkey answered, if the answer holds; its counter goes on. Refuses `passkey_refused`. */
    async enter(response: PasskeyUsed): Promise<Known> {
      const row = await db
        .selectFrom('passkey')
        .innerJoin('staff', 'staff.id', 'passkey.staff_id')
        .select(['credential', 'public_key', 'counter', 'staff.id', 'name', 'role'])
        .where('credential', '=', response.id)
        .where('removed', 'is', null)
        .executeTakeFirst();
      if (!row) throw new Refusal('passkey_refused');
      const kept = { credential: row.credential, publicKey: row.public_key, counter: row.counter };
      const counter = await rules.checkUsed(response, kept, (given) => challenges.answer('use', given));
      await db.updateTable('passkey').set({ counter }).where('credential', '=', row.credential).execute();
      return { id: row.id, name: row.name, roles: [row.role], passkey: row.credential };
    },
  };
}
