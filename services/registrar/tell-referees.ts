/**
 * registrar → keepers: how referees' passkeys stand. Said until every keeper has heard it; a keeper that missed a
 * removal for a while lets a counted try pass, and no more.
 */
import { callJson } from '@answerable/kit/http-client';
import type { PolicySource } from '@answerable/kit/policy-source';
import type { RefereeKeyMessage } from '@answerable/protocol/enrolment/referee-word';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { markKeyTold, untoldKeys } from './console/referee-key-store.ts';
import type { RegistrarKeys } from './keys.ts';
import type { RegistrarTables } from './schema.ts';

const keeperTimeoutMs = 5_000;
const accepted = z.object({ ok: z.literal(true) });

interface Needs {
  db: Kysely<RegistrarTables>;
  policies: PolicySource;
  keys: RegistrarKeys;
}

/** True when every keeper knows how every key stands. */
export async function tellReferees({ db, policies, keys }: Needs): Promise<boolean> {
  const untold = await untoldKeys(db);
  let all = true;
  for (const {
    credential,
    organisation_id: organisation,
    public_key: publicKey,
    standing,
    change,
  } of untold) {
    const message: RefereeKeyMessage = { credential, organisation, publicKey, standing, change };
    const body = signMessage(keys.signing.seed, messageLabels.refereeKey, message);
    const heard = await Promise.allSettled(
      policies
        .current()
        .tags.keepers.map(({ origin }) =>
          callJson(`${origin}/referees`, { body, schema: accepted, timeoutMs: keeperTimeoutMs }),
        ),
    );
    if (heard.every(({ status }) => status === 'fulfilled')) await markKeyTold(db, { credential, change });
    else all = false;
  }
  return all;
}
