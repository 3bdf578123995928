/**
 * Presentations after the admission, one an account: the newest. Whoever can modify this table can spare an
 * account its next presentation, or ask it for one too many; and learns nothing that the admission does not say.
 */
import type { PresentAgain } from '@answerable/protocol/admission/answer';
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import type { Sanction } from '../policy.ts';
import { namedSanctions } from '../sanctions/sanction-store.ts';
import type { Claims } from '../schema.ts';
import { type Account, type Db, locking, spendNonce } from '../store.ts';
import type { PresentedRecord } from './schema.ts';

export type PresentingStore = ReturnType<typeof presentingStore>;

export interface PresentedToStore {
  /** base64url of P, proven */
  pseudonym: string;
  claims: Claims;
  record: PresentedRecord;
  /** hash of the request that the sign-in's signature is over */
  requestHash: string;
  now: Date;
}

export function presentingStore(db: Db) {
  return {
    async last(sub: string): Promise<PresentedRecord | undefined> {
      const found = db.selectFrom('presented_again').select('record').where('sub', '=', sub);
      return (await found.executeTakeFirst())?.record;
    },

    /**
     * One transaction: nonce spent, same person, decided, counted, kept, signed in. What the platform is told
     * of the account is from now on what was shown now.
     */
    keep: (
      { sub, person, platform }: Account,
      { pseudonym, claims, record, requestHash, now }: PresentedToStore,
      decide: (sanctions: readonly Sanction[]) => RefusalCode | undefined,
    ): Promise<void> =>
      locking(db, async (trx) => {
        const { answer, day }: { answer: PresentAgain; day: string } = record;
        await spendNonce(trx, answer.request, now);
        const held = trx.selectFrom('person').select('pseudonym').where('id', '=', person).forUpdate();
        // Somebody else's proof over this account's key: a failed proof says nothing.
        if ((await held.executeTakeFirst())?.pseudonym !== pseudonym)
          throw new Refusal('presentation_refused');
        const refusal = decide(await namedSanctions(trx, person));
        if (refusal) throw new Refusal(refusal);
        const { epoch, signature } = answer;
        await trx
          .insertInto('presented')
          .values({ epoch, platform, person })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const changed = { epoch, record: JSON.stringify(record) };
        await trx
          .insertInto('presented_again')
          .values({ sub, ...changed })
          .onConflict((conflict) => conflict.column('sub').doUpdateSet(changed))
          .execute();
        await trx
          .updateTable('account')
          .set({ claims: JSON.stringify(claims) })
          .where('sub', '=', sub)
          .execute();
        await trx
          .insertInto('sign_in')
          .values({ sub, day, request_hash: requestHash, signature })
          .onConflict((conflict) => conflict.columns(['sub', 'day']).doNothing())
          .execute();
      }),
  };
}
