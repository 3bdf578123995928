/**
 * An empty database of its own for one test file, on the server that test/postgres.global.ts started.
 * For tests only.
 */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { quoteName, withConnection } from '../database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresAdminUrl: string;
  }
}

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A new database; `name` only helps to recognise it. */
export async function testDatabase(name: string): Promise<TestDatabase> {
  const adminUrl = inject('postgresAdminUrl');
  const database = `test_${name.replaceAll('-', '_')}_${randomBytes(4).toString('hex')}`;
  const quoted = quoteName(database);
  await withConnection(adminUrl, (run) => run(`create database ${quoted} template template0`));
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const drop = async () => {
    await withConnection(adminUrl, (run) => run(`drop database if exists ${quoted} with (force)`));
  };
  return { url: url.href, drop };
}
