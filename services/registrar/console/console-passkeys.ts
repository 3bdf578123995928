/**
 * Passkeys of the people at the console: made by who came in by a link, used to sign in, and by a referee to sign
 * what they vouch for. Whoever can modify the table can sign in as anybody here.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import { uniqueViolation } from '@answerable/kit/database';
import {
  type PasskeyMade,
  type PasskeyRules,
  type PasskeyUsed,
  passkeyRules,
  passkeysMax,
} from '@answerable/kit/passkey';
import { createChallenges } from '@answerable/kit/passkey-challenges';
import type { Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Kysely } from 'kysely';
import type { RegistrarTables } from '../schema.ts';
import { record } from './record.ts';
import { addKey, setKeys } from './referee-key-store.ts';

type Known = Staff & { id: string };
export type ConsolePasskeys = ReturnType<typeof consolePasskeys>;

export function consolePasskeys(
  db: Kysely<RegistrarTables>,
  clock: Clock,
  at: { origin: string; title: string },
) {
  const challenges = createChallenges(clock);
  const rules: PasskeyRules = passkeyRules(at);
  const today = () => dayOf(clock.now());
  const list = (staffId: string) =>
    db
      .selectFrom('passkey')
      .select(['credential', 'label', 'made_at'])
      .where('staff_id', '=', staffId)
      .orderBy('made_at')
      .execute();

  /** Whose passkey answered, if the answer holds; its counter goes on. Refuses `passkey_refused`. */
  const use = async (response: PasskeyUsed, isExpected: (challenge: string) => boolean): Promise<Known> => {
    const row = await db
      .selectFrom('passkey')
      .innerJoin('staff', 'staff.id', 'passkey.staff_id')
      .select(['credential', 'public_key', 'counter', 'staff.id', 'name', 'roles'])
      .where('credential', '=', response.id)
      .where('removed', 'is', null)
      .executeTakeFirst();
    if (!row) throw new Refusal('passkey_refused');
    const kept = { credential: row.credential, publicKey: row.public_key, counter: row.counter };
    const counter = await rules.checkUsed(response, kept, isExpected);
    await db.updateTable('passkey').set({ counter }).where('credential', '=', row.credential).execute();
    return { id: row.id, name: row.name, roles: row.roles, passkey: row.credential };
  };

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
      await db
        .transaction()
        .execute(async (trx) => {
          const row = { credential, staff_id: id, public_key, counter, label, made_at: today() };
          await trx.insertInto('passkey').values(row).execute();
          const { organisation_id } = await trx
            .selectFrom('staff')
            .select('organisation_id')
            .where('id', '=', id)
            .executeTakeFirstOrThrow();
          if (organisation_id !== null) await addKey(trx, { credential, organisation_id, public_key });
          await record(trx, today(), name, { kind: 'passkey-made' });
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
        await setKeys(trx, { credentials: [credential] }, 'removed');
        await record(trx, today(), name, { kind: 'passkey-removed' });
      });
    },

    beginUsing: () => rules.using(challenges.issue('use')),
    enter: (response: PasskeyUsed): Promise<Known> =>
      use(response, (given) => challenges.answer('use', given)),

    /** What the browser of this member of staff needs to sign `challenge`, base64url. */
    async beginSigning({ id }: Known, challenge: string) {
      const own = (await list(id)).map((one) => one.credential);
      return rules.using(new Uint8Array(Buffer.from(challenge, 'base64url')), own);
    },

    /** Refuses `passkey_refused` unless a passkey of theirs signed this challenge. */
    async checkSigned({ id }: Known, challenge: string, response: PasskeyUsed): Promise<void> {
      const signer = await use(response, (given) => given === challenge);
      if (signer.id !== id) throw new Refusal('passkey_refused');
    },
  };
}
