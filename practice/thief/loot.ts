/**
 * What the thief carries away: every row of every table, every key file and every journal line of the parties
 * he broke into. He gets in as the administrator of the database and of the machine: nothing is held back.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quoteName, withConnection } from '@answerable/kit/database';

const fileBytesMax = 2 * 1024 * 1024;

export interface Row {
  owner: string;
  table: string;
  value: unknown;
}
export interface Secret {
  owner: string;
  file: string;
  content: Buffer;
}
export interface Loot {
  rows: Row[];
  secrets: Secret[];
  journals: { owner: string; text: string }[];
}

export interface Victim {
  owner: string;
  /** The victim's own database, or nothing. */
  databaseUrl: string | null;
  /** The victim's folder: keys, configuration, journal. */
  dataDir: string;
}

export async function steal(victims: readonly Victim[]): Promise<Loot> {
  const loot: Loot = { rows: [], secrets: [], journals: [] };
  for (const victim of victims) {
    if (victim.databaseUrl) loot.rows.push(...(await everyRow(victim.owner, victim.databaseUrl)));
    for (const { file, content } of everyFile(victim.dataDir)) {
      if (/journal|\.log$/.test(file))
        loot.journals.push({ owner: victim.owner, text: content.toString('utf8') });
      else loot.secrets.push({ owner: victim.owner, file, content });
    }
  }
  return loot;
}

async function everyRow(owner: string, url: string): Promise<Row[]> {
  return withConnection(url, async (run) => {
    const tables = await run(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
    );
    const rows: Row[] = [];
    for (const { schema, name } of tables as { schema: string; name: string }[]) {
      const found = await run(`select to_jsonb(t) as value from ${quoteName(schema)}.${quoteName(name)} t`);
      for (const row of found) rows.push({ owner, table: name, value: row.value });
    }
    return rows;
  });
}

function everyFile(folder: string): { file: string; content: Buffer }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? Infinity) <= fileBytesMax)
    .flatMap((path) => {
      const content = readIfThere(path);
      return content ? [{ file: path.slice(folder.length + 1), content }] : [];
    });
}

/** Files come and go while their owner runs. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
