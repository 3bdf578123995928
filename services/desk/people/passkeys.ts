/**
 * Passkeys of the people who work here: made by somebody who is signed in, used to sign in later. What the
 * browser sends is judged by @simplewebauthn/server; whatever is wrong with it is the same `passkey_refused`.
 * Whoever can modify the table can sign in as anybody here.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import type { Clock } from '@answerable/kit/clock';
import { uniqueViolation } from '@answerable/kit/database';
import type { Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Kysely } from 'kysely';
import { appendRecord } from '../ledger.ts';
import type { DeskTables } from '../schema.ts';
import { changesChain } from '../setup/settings.ts';
import { createChallenges } from './challenges.ts';
import { staffOf } from './session-store.ts';

const passkeysMax = 10;
/** Loaded when somebody first uses a passkey. */
const library = () => import('@simplewebauthn/server');

export interface Passkeys {
  list(staffId: string): Promise<{ credential: string; label: string; made_at: string }[]>;
  /** What the browser needs to make one. */
  beginMaking(staff: Staff & { id: string }): Promise<object>;
  make(staff: Staff & { id: string }, label: string, response: RegistrationResponseJSON): Promise<void>;
  remove(staff: Staff & { id: string }, credential: string): Promise<void>;
  /** What the browser needs to sign in with one. */
  beginUsing(): Promise<object>;
  use(response: AuthenticationResponseJSON): Promise<Staff>;
}

/** `origin` is where people find the desk; passkeys belong to its host name. */
export function createPasskeys(
  db: Kysely<DeskTables>,
  clock: Clock,
  { origin, title }: { origin: string; title: string },
): Passkeys {
  const challenges = createChallenges(clock);
  const expected = { expectedOrigin: origin, expectedRPID: new URL(origin).hostname };
  const rpID = expected.expectedRPID;
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
      const { generateRegistrationOptions } = await library();
      return generateRegistrationOptions({
        rpName: title,
        rpID,
        userName: name,
        userDisplayName: name,
        userID: new Uint8Array(fromBase64url(id)),
        challenge: challenges.issue(`make ${id}`),
        excludeCredentials: known.map((one) => ({ id: one.credential })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },

    async make({ id, name }, label, response) {
      const { verifyRegistrationResponse } = await library();
      const { registrationInfo, verified } = await verifyRegistrationResponse({
        ...expected,
        response,
        expectedChallenge: (challenge) => challenges.answer(`make ${id}`, challenge),
      }).catch(() => {
        throw new Refusal('passkey_refused');
      });
      if (!verified) throw new Refusal('passkey_refused');
      const { credential } = registrationInfo;
      if ((await list(id)).length >= passkeysMax) throw new Refusal('passkey_refused');
      const row = {
        credential: credential.id,
        staff_id: id,
        public_key: toBase64url(credential.publicKey),
        counter: credential.counter,
        transports: JSON.stringify(credential.transports ?? []),
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

    async beginUsing() {
      const { generateAuthenticationOptions } = await library();
      return generateAuthenticationOptions({
        rpID,
        challenge: challenges.issue('use'),
        userVerification: 'required',
      });
    },

    async use(response) {
      const row = await db
        .selectFrom('passkey')
        .innerJoin('staff', 'staff.id', 'passkey.staff_id')
        .select(['credential', 'public_key', 'counter', 'staff.id', 'name', 'roles', 'queues'])
        .where('credential', '=', response.id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (!row) throw new Refusal('passkey_refused');
      const { verifyAuthenticationResponse } = await library();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...expected,
        response,
        expectedChallenge: (challenge) => challenges.answer('use', challenge),
        credential: {
          id: row.credential,
          publicKey: new Uint8Array(fromBase64url(row.public_key)),
          counter: row.counter,
        },
      }).catch(() => {
        throw new Refusal('passkey_refused');
      });
      if (!verified) throw new Refusal('passkey_refused');
      await db
        .updateTable('passkey')
        .set({ counter: authenticationInfo.newCounter })
        .where('credential', '=', row.credential)
        .execute();
      return staffOf(row);
    },
  };
}
