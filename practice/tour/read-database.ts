/**
 * Looks into one party's database and says what it holds now: every table, how many rows, the newest few as
 * they are, and whose names stand anywhere in it. One connection, kept open, read-only by its own setting.
 * Must never: write, or show a value whole (rows go to a page that anybody may photograph).
 */
import { quoteName, quoteText, withConnection } from '@answerable/kit/database';
import type { Person } from '@answerable/practice-identity-provider/people';
import { namePattern, namesIn } from './names-in.ts';
import { shownValue } from './shown-value.ts';

const newestRows = 3;
const searchedRowsMax = 2_000;

export interface TableView {
  name: string;
  count: number;
  columns: string[];
  /** newest first, values made short */
  rows: string[][];
}

export interface DatabaseView {
  tables: TableView[];
  /** people whose name stands in some row */
  names: string[];
}

export interface DatabaseReader {
  /** Undefined while the database does not answer. */
  read(): Promise<DatabaseView | undefined>;
  close(): Promise<void>;
}

type Run = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** `url` is the party's own database address, with its own role. */
export function readDatabase(url: string, people: readonly Person[]): DatabaseReader {
  let open: { run: Run; end: () => void; ended: Promise<unknown> } | undefined;
  let last: { text: string; names: string[] } | undefined;

  async function connection(): Promise<Run> {
    if (open) return open.run;
    let end = () => {};
    const until = new Promise<void>((resolve) => {
      end = resolve;
    });
    const run = await new Promise<Run>((resolve, reject) => {
      const ended = withConnection(url, async (found) => {
        await found('set default_transaction_read_only = on');
        open = { run: found, end, ended };
        resolve(found);
        await until;
      }).catch(reject);
    });
    return run;
  }

  async function close(): Promise<void> {
    const closing = open;
    open = undefined;
    closing?.end();
    await closing?.ended.catch(() => undefined);
  }

  return {
    close,
    async read() {
      try {
        const run = await connection();
        const tables = await readTables(run);
        const text = JSON.stringify(tables);
        // Names are looked for only when something changed: it means reading every row.
        if (last?.text !== text) last = { text, names: await findNames(run, tables, people) };
        return { tables, names: last.names };
      } catch {
        await close();
        return undefined;
      }
    },
  };
}

async function readTables(run: Run): Promise<TableView[]> {
  const listed = await run(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const names = listed.map(({ name }) => String(name)).filter((name) => name !== 'migration');
  if (names.length === 0) return [];
  // `age(xmin)` is how many transactions ago a row was written: the newest rows without knowing any column.
  const one = (name: string) => `select ${quoteText(name)} as name,
    (select count(*)::int from ${quoteName(name)}) as count,
    (select json_agg(to_json(r)) from
      (select * from ${quoteName(name)} t order by age(t.xmin), t.ctid desc limit ${newestRows}) r) as rows`;
  const found = await run(names.map(one).join(' union all '));
  return found.map(({ name, count, rows }) => tableView(String(name), Number(count), rows));
}

function tableView(name: string, count: number, rows: unknown): TableView {
  const records = (Array.isArray(rows) ? rows : []) as Record<string, unknown>[];
  const columns = Object.keys(records[0] ?? {});
  return {
    name,
    count,
    columns,
    rows: records.map((row) => columns.map((column) => shownValue(row[column]))),
  };
}

async function findNames(
  run: Run,
  tables: readonly TableView[],
  people: readonly Person[],
): Promise<string[]> {
  const pattern = quoteText(namePattern(people));
  const search = ({ name }: TableView) =>
    `(select t::text as text from ${quoteName(name)} t where t::text ~* ${pattern} limit ${searchedRowsMax})`;
  const filled = tables.filter(({ count }) => count > 0);
  if (filled.length === 0) return [];
  const rows = await run(filled.map(search).join(' union all '));
  return namesIn(
    rows.map(({ text }) => String(text)),
    people,
  );
}
