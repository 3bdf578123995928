/**
 * The only door to PostgreSQL: the one file that imports `pg`. A service opens its own database here, with
 * its own role, and gets Kysely; migrations run once, in order, under an advisory lock.
 * Must never: write a statement or a value to a journal.
 */
import { createHash } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';

const poolConnectionsMax = 4;
const connectTimeoutMs = 10_000;
const idleTimeoutMs = 30_000;
const statementTimeoutMs = 20_000;
const transactionTriesMax = 5;
/** Different statements that are prepared; later ones are sent whole. */
const preparedMax = 500;
const migrationLock = 7_214_406;

// pg has no class or code for a connection that is gone, only its sentences.
const lostMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed)/;
const lostCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENOTFOUND', 'EAI_AGAIN'],
]);

const int8Oid = 20;
const dateOid = 1082;

export interface Migration {
  /** unique and never changed once released, such as `001-records` */
  name: string;
  /** SQL, one or more statements */
  up: string;
}

export interface Database<DB> {
  db: Kysely<DB>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** postgresql://role:password@host:port/database */
  url: string;
  migrations: readonly Migration[];
  /** connections; default 4 */
  poolMax?: number;
}

/** Opens a database and brings it up to date. Throws Error if a released migration was changed. */
export async function openDatabase<DB>(options: DatabaseOptions): Promise<Database<DB>> {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: options.url,
    max: options.poolMax ?? poolConnectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
    statement_timeout: statementTimeoutMs,
    types: { getTypeParser },
  });
  // A lost connection is replaced at the next query; without listeners it would end the process. The pool
  // listens for the idle ones only: one that a transaction holds can be lost between two of its queries.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, options.migrations);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  let closed: Promise<void> | undefined;
  return { db, close: () => (closed ??= db.destroy()) };
}

/**
 * Statements are prepared once on each connection and known by name from then on: that saves the server a
 * fifth of its work for short ones. Left out are those with `*`, whose columns a later migration may change
 * under a connection that is open, and lists, whose length differs each time.
 */
class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg itself, passed on
  override query(statement: any, values?: any, callback?: any): any {
    const isOne = typeof statement === 'string' && Array.isArray(values) && values.length > 0;
    const name = isOne ? nameOf(statement) : undefined;
    if (name === undefined) return super.query(statement, values, callback);
    return super.query({ name, text: statement, values }, callback);
  }
}

const preparedNames = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = preparedNames.get(text);
  if (known || preparedNames.size >= preparedMax || /\*| in \(/.test(text)) return known;
  const name = createHash('sha256').update(text).digest('base64url');
  preparedNames.set(text, name);
  return name;
}

/**
 * Runs `work` in one serializable transaction, again if PostgreSQL says that two ran across each other.
 * `work` must have no effect outside the database. Throws Refusal `unavailable` after 5 tries.
 */
export async function inTransaction<DB, T>(
  db: Kysely<DB>,
  work: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().setIsolationLevel('serializable').execute(work);
    } catch (error) {
      if (!ranAcross(error)) throw error;
      if (tries === transactionTriesMax) throw new Refusal('unavailable');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * tries));
    }
  }
}

/** The name of the unique index that `error` says was violated; undefined for any other error. */
export function uniqueViolation(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError && error.code === '23505' ? error.constraint : undefined;
}

/** Whether `error` says that a row refers to one that is gone. */
export const isReferenceGone = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '23503';

/**
 * What an error of the database says to the outside: it is away, takes no writes, or is busy beyond our tries (`unavailable`); or it
 * cannot keep a value that was sent, such as a NUL or the 31st of February (`malformed`). Undefined for others.
 */
export function databaseRefusal(error: unknown): Refusal | undefined {
  if (error instanceof pg.DatabaseError) {
    if (error.code?.startsWith('22')) return new Refusal('malformed');
    return /^(08|53|57|25006|55000|40001|40P01)/.test(error.code ?? '')
      ? new Refusal('unavailable')
      : undefined;
  }
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  return lostCodes.has(code) || lostMessage.test(error.message) ? new Refusal('unavailable') : undefined;
}

/** One connection for administration, outside any pool. `run` takes SQL and $1… parameters. */
export async function withConnection<T>(
  url: string,
  work: (run: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(async (text, values) => (await client.query(text, values)).rows);
  } finally {
    await client.end();
  }
}

export const quoteName: (name: string) => string = pg.escapeIdentifier;
export const quoteText: (text: string) => string = pg.escapeLiteral;

function ranAcross(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');
}

async function migrate<DB>(db: Kysely<DB>, migrations: readonly Migration[]): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${migrationLock})`.execute(connection);
    try {
      await sql`create table if not exists migration (name text primary key, sha256 text not null)`.execute(
        connection,
      );
      const { rows } = await sql<{
        name: string;
        sha256: string;
      }>`select name, sha256 from migration`.execute(connection);
      const done = new Map(rows.map((row) => [row.name, row.sha256]));
      for (const migration of migrations) await runOnce(connection, migration, done.get(migration.name));
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock})`.execute(connection);
    }
  });
}

async function runOnce<DB>(db: Kysely<DB>, { name, up }: Migration, done: string | undefined): Promise<void> {
  const sha256 = createHash('sha256').update(up).digest('hex');
  if (done === sha256) return;
  if (done !== undefined)
    throw new Error(`Migration ${name} was changed after it had run. Add a new one instead.`);
  await db.transaction().execute(async (trx) => {
    await sql.raw(up).execute(trx);
    await sql`insert into migration (name, sha256) values (${name}, ${sha256})`.execute(trx);
  });
}

// Counters and log indexes arrive as numbers, days as the text they are; a number too large is a bug.
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === int8Oid) return safeInteger;
  if (oid === dateOid) return (text: string) => text;
  return pg.types.getTypeParser(oid, format);
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('int8 beyond 2^53');
  return value;
}
