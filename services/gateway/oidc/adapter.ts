/**
 * Where the OpenID provider keeps its state: one table, indexed by account, so that every session, grant and
 * token of an account ends with one statement. Identifiers are kept as hashes: what lies here opens nothing.
 * Assumes: expired rows are swept by upkeep; a row past its time is never returned.
 */
import { createHash } from 'node:crypto';
import type { Migration } from '@answerable/kit/database';
import { type ColumnType, CompiledQuery, type Kysely } from 'kysely';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { GatewayTables } from '../schema.ts';
import { errors } from './library.ts';

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

// Most of what a sign-in asks of the database: written out, so that nothing is built anew each time.
const key = 'model = $1 and id = $2';
const statements = {
  upsert: `insert into oidc_state (model, id, payload, account, grant_id, uid, expires_at)
    values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
    on conflict (model, id) do update set payload = excluded.payload, account = excluded.account,
      grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`,
  find: `select payload from oidc_state where ${key} and expires_at > now()`,
  findByUid: 'select payload from oidc_state where model = $1 and uid = $2 and expires_at > now()',
  // Whoever comes second at the same instant, here or at another gateway, finds nothing left to use.
  consume: `update oidc_state
    set payload = payload || jsonb_build_object('consumed', floor(extract(epoch from now())))
    where ${key} and not payload ? 'consumed' returning payload`,
  destroy: `delete from oidc_state where ${key}`,
  revokeByGrantId: 'delete from oidc_state where model = $1 and grant_id = $2',
};

/** Makes the adapter of one model, as oidc-provider asks for them. */
export function oidcAdapter(db: Kysely<GatewayTables>): (model: string) => Adapter {
  const run = async (statement: keyof typeof statements, ...values: unknown[]) => {
    const query = CompiledQuery.raw(statements[statement], values);
    const { rows } = await db.executeQuery<{ payload: AdapterPayload }>(query);
    return rows[0]?.payload;
  };
  return (model) => ({
    // `jti` is the identifier itself: it is left out of what is kept, and put back on the way out.
    async upsert(id, { jti: _, ...kept }, expiresInSeconds) {
      const { accountId = null, grantId = null, uid } = kept;
      const hashedUid = uid === undefined ? null : hashed(uid);
      const payload = JSON.stringify(kept);
      await run('upsert', model, hashed(id), payload, accountId, grantId, hashedUid, expiresInSeconds);
    },
    async find(id) {
      const kept = await run('find', model, hashed(id));
      return kept && { ...kept, jti: id };
    },
    findByUid: (uid) => run('findByUid', model, hashed(uid)),
    async findByUserCode() {
      return undefined; // the device flow is off
    },
    async consume(id) {
      if (!(await run('consume', model, hashed(id)))) throw new errors.InvalidGrant('used before');
    },
    async destroy(id) {
      await run('destroy', model, hashed(id));
    },
    async revokeByGrantId(grantId) {
      await run('revokeByGrantId', model, grantId);
    },
  });
}
