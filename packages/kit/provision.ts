/**
 * A database and a role for each service, on the embedded server or on one named by the operator. A role can
 * open its own database and no other. Passwords are drawn here and kept 0600 in the service's secrets.
 * Must never: hand the administrator's address to a service.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { quoteName, quoteText, withConnection } from './database.ts';
import { createSecretFile, readSecretFile } from './keys.ts';

const passwordBytes = 24;

export interface ProvisionOptions {
  /** a role that may create roles and databases */
  adminUrl: string;
  /** folder for the passwords, one 0600 file a service */
  secretsDir: string;
  /** names such as `registrar`, `keeper-1`; each becomes a role and a database */
  services: readonly string[];
  /** begins each role's and database's name; default `answerable` */
  prefix?: string;
}

/** Makes what is missing; returns for each service the address of its own database. */
export async function provisionDatabases(options: ProvisionOptions): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  await withConnection(options.adminUrl, async (run) => {
    for (const service of options.services) {
      const name = `${options.prefix ?? 'answerable'}_${service.replaceAll('-', '_')}`;
      const path = join(options.secretsDir, `${service}.database.secret`);
      const password =
        readSecretFile(path) ?? createSecretFile(path, randomBytes(passwordBytes).toString('hex'));
      await makeRole(run, name, password);
      await makeDatabase(run, name);
      urls[service] = databaseUrl(options.adminUrl, name, name, password);
    }
  });
  return urls;
}

/** `adminUrl` with another database, role and password. */
export function databaseUrl(adminUrl: string, database: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  url.username = role;
  url.password = password;
  return url.href;
}

type Run = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

async function makeRole(run: Run, name: string, password: string): Promise<void> {
  const exists = (await run('select 1 from pg_roles where rolname = $1', [name])).length > 0;
  const verb = exists ? 'alter' : 'create';
  await run(
    `${verb} role ${quoteName(name)} login nosuperuser nocreatedb nocreaterole password ${quoteText(password)}`,
  );
}

async function makeDatabase(run: Run, name: string): Promise<void> {
  const exists = (await run('select 1 from pg_database where datname = $1', [name])).length > 0;
  if (!exists) await run(`create database ${quoteName(name)}`);
  // Between these two lines a stranger's role could connect to an empty database; then never again.
  await run(`revoke all on database ${quoteName(name)} from public`);
  await run(`alter database ${quoteName(name)} owner to ${quoteName(name)}`);
}
