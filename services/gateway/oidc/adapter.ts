/**
 * Where the OpenID provider keeps its state: one table, indexed by account, so that every session, grant and
 * token of an account ends with one statement. Identifiers are kept as hashes: what lies here opens nothing.
 * Assumes: expired rows are swept by upkeep; a row past its time is never returned.
 */
import { createHash } from 'node:crypto';
import type { Migration } from '@answerable/kit/database';
import { type ColumnType, type Kysely, sql } from 'kysely';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { GatewayTables } from '../schema.ts';

export interface OidcState {
  model: string;
  id: string;
  payload: ColumnType<AdapterPayload, string, string>;
  account: string | null;
  grant_id: string | null;
  uid: string | null;
  expires_at: Date;
}

export const oidcMigration: Migration = {
  name: '000-oidc-state',
  up: `
    create table oidc_state (
      model text not null,
      id text not null,
      payload jsonb not null,
      account text,
      grant_id text,
      uid text,
      expires_at timestamptz not null,
      primary key (model, id)
    );
    create index oidc_state_account on oidc_state (account);
    create index oidc_state_grant on oidc_state (grant_id);
    create index oidc_state_uid on oidc_state (model, uid);
    create index oidc_state_expiry on oidc_state (expires_at);
  `,
};

const hashed = (id: string): string => createHash('sha256').update(id).digest('base64url');

/** Makes the adapter of one model, as oidc-provider asks for them. */
export function oidcAdapter(db: Kysely<GatewayTables>): (model: string) => Adapter {
  return (model) => {
    const row = (id: string) => ({ model, id: hashed(id) });
    // `jti` is the identifier itself: it is left out of what is kept, and put back on the way out.
    const payloadOf = (id: string, kept: AdapterPayload | undefined) => kept && { ...kept, jti: id };
    const live = () =>
      db.selectFrom('oidc_state').where('model', '=', model).where('expires_at', '>', sql<Date>`now()`);

    return {
      async upsert(id, payload, expiresInSeconds) {
        const { jti: _, ...kept } = payload;
        const values = {
          ...row(id),
          payload: JSON.stringify(kept),
          account: payload.accountId ?? null,
          grant_id: payload.grantId ?? null,
          uid: payload.uid === undefined ? null : hashed(payload.uid),
          expires_at: sql<Date>`now() + make_interval(secs => ${expiresInSeconds})`,
        };
        const { model: _model, id: _id, ...changed } = values;
        await db
          .insertInto('oidc_state')
          .values(values)
          .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(changed))
          .execute();
      },
      async find(id) {
        const found = await live().select('payload').where('id', '=', hashed(id)).executeTakeFirst();
        return payloadOf(id, found?.payload);
      },
      async findByUid(uid) {
        const found = await live().select('payload').where('uid', '=', hashed(uid)).executeTakeFirst();
        return found?.payload;
      },
      async findByUserCode() {
        return undefined; // the device flow is off
      },
      async consume(id) {
        await db
          .updateTable('oidc_state')
          .set({
            payload: sql<string>`payload || jsonb_build_object('consumed', floor(extract(epoch from now())))`,
          })
          .where('model', '=', model)
          .where('id', '=', hashed(id))
          .execute();
      },
      async destroy(id) {
        await db.deleteFrom('oidc_state').where('model', '=', model).where('id', '=', hashed(id)).execute();
      },
      async revokeByGrantId(grantId) {
        await db
          .deleteFrom('oidc_state')
          .where('model', '=', model)
          .where('grant_id', '=', grantId)
          .execute();
      },
    };
  };
}
