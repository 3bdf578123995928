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
import { inOneCommit, takeWaiting, underWay, type Waiting, waits } from './one-commit.ts';

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
const hashedInSql = (text: string): string =>
  `rtrim(translate(encode(sha256(convert_to(${text}, 'UTF8')), 'base64'), '+/', '-_'), '=')`;

// Most of what a sign-in asks of the database: written out, so that nothing is built anew each time.
const key = 'model = $1 and id = $2';
const used = `payload || jsonb_build_object('consumed', floor(extract(epoch from now())))`;
const columns = 'model, id, payload, account, grant_id, uid';
const statements = {
  // Whoever uses a code second at the same instant, here or at another gateway, finds nothing left to use: then
  // nothing is kept.
  write: `with used as (
      update oidc_state set payload = ${used}
      where model = 'AuthorizationCode' and id = $1 and not payload ? 'consumed' returning id
    ), over as (
      delete from oidc_state where model = 'Interaction' and id = $2
    ), kept as (
      insert into oidc_state (${columns}, expires_at)
      select ${columns}, now() + make_interval(secs => seconds)
      from jsonb_to_recordset($3::jsonb) as sent (model text, id text, payload jsonb, account text, grant_id text,
        uid text, seconds double precision)
      where $1 is null or exists (select from used)
      on conflict (model, id) do update set payload = excluded.payload, account = excluded.account,
        grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at
    ) select $1 is null or exists (select from used) as done`,
  find: `select payload from oidc_state where ${key} and expires_at > now()`,
  // With a token come the session and the grant that it is good for: the library looks at both next.
  findToken: `select payload,
      (select session.payload from oidc_state session where session.model = 'Session'
        and session.uid = ${hashedInSql(`token.payload ->> 'sessionUid'`)} and session.expires_at > now() limit 1) as session,
      (select given.payload from oidc_state given where given.model = 'Grant'
        and given.id = ${hashedInSql('token.grant_id')} and given.expires_at > now()) as given
    from oidc_state token where ${key} and expires_at > now()`,
  findByUid: 'select payload from oidc_state where model = $1 and uid = $2 and expires_at > now()',
  consume: `update oidc_state set payload = ${used} where ${key} and not payload ? 'consumed' returning payload`,
  destroy: `delete from oidc_state where ${key}`,
  revokeByGrantId: 'delete from oidc_state where model = $1 and grant_id = $2',
};

interface Found {
  payload: AdapterPayload;
  session: AdapterPayload | null;
  given: AdapterPayload | null;
  done: boolean;
}

export interface OidcKeeper {
  /** Makes the adapter of one model, as oidc-provider asks for them. */
  adapter(model: string): Adapter;
  /** A request of the provider: all that it changes is written before this resolves, in one commit. */
  inOneCommit(next: () => Promise<void>): Promise<void>;
}

export function oidcKeeper(db: Kysely<GatewayTables>): OidcKeeper {
  const run = async (statement: keyof typeof statements, ...values: unknown[]) => {
    const query = CompiledQuery.raw(statements[statement], values);
    const { rows } = await db.executeQuery<Found>(query);
    return rows[0];
  };
  const write = async ({ code, over, rows }: Waiting) =>
    (await run('write', code, over, JSON.stringify(rows)))?.done;
  return {
    inOneCommit: (next) => inOneCommit(next, write),
    adapter: (model) => ({
      // `jti` is the identifier itself: it is left out of what is kept, and put back on the way out.
      async upsert(id, { jti: _, ...payload }, seconds) {
        const { accountId: account = null, grantId: grant_id = null, uid } = payload;
        const names = { account, grant_id, uid: uid === undefined ? null : hashed(uid) };
        const row = { model, id: hashed(id), payload, ...names, seconds };
        const here = underWay();
        here?.ahead.clear();
        if (here && waits(model)) {
          here.waiting.rows.push(row);
          return;
        }
        const waiting = takeWaiting();
        if (!(await write({ ...waiting, rows: [...waiting.rows, row] })))
          throw new errors.InvalidGrant('used before');
      },
      async find(id) {
        const here = underWay();
        const known = here?.ahead.get(`${model} ${id}`);
        if (known) return { ...known, jti: id };
        const isToken = model === 'AccessToken' || model === 'AuthorizationCode';
        const found = await run(isToken ? 'findToken' : 'find', model, hashed(id));
        if (found?.session?.uid) here?.ahead.set(`Session of ${found.session.uid}`, found.session);
        if (found?.given) here?.ahead.set(`Grant ${found.payload.grantId}`, found.given);
        return found && { ...found.payload, jti: id };
      },
      async findByUid(uid) {
        const known = underWay()?.ahead.get(`${model} of ${uid}`);
        return known ?? (await run('findByUid', model, hashed(uid)))?.payload;
      },
      async findByUserCode() {
        return undefined; // the device flow is off
      },
      async consume(id) {
        const here = underWay();
        here?.ahead.clear();
        if (here && model === 'AuthorizationCode') here.waiting.code = hashed(id);
        else if (!(await run('consume', model, hashed(id)))) throw new errors.InvalidGrant('used before');
      },
      async destroy(id) {
        const here = underWay();
        here?.ahead.clear();
        if (here && model === 'Interaction') here.waiting.over = hashed(id);
        else await run('destroy', model, hashed(id));
      },
      async revokeByGrantId(grantId) {
        underWay()?.ahead.clear();
        await run('revokeByGrantId', model, grantId);
      },
    }),
  };
}
