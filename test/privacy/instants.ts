/**
 * Times finer than a day, in columns and inside values. Whoever has registrar and gateway could join the second
 * of an enrolment with the second of an admission; so both keep days (PROTOCOL §10).
 */
import { withConnection } from '@answerable/kit/database';
import type { Row } from '@answerable/practice-thief/loot';

/**
 * Rows that go by themselves once they are over; and what belongs to a case, where a hold and a hearing end at
 * an hour; and when the public log grew, which says nothing of anybody. Everything else stays.
 */
const passingTables = [
  'session',
  'request',
  'oidc_state',
  'spent_call',
  'filing',
  'inbox',
  'migration',
  'log_head',
];
/** Since when somebody waits for a reset; gone when it is done. */
const passingColumns = ['reset_asked'];

const instant = /\d{4}-\d{2}-\d{2}[T ](?!00:00:00)\d{2}:\d{2}/;
const yearMs = 365 * 86_400_000;

/** `table.column` of every column that holds a time with an hour, in order. */
export async function instantColumns(url: string): Promise<string[]> {
  const rows = await withConnection(url, (run) =>
    run(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and (data_type like 'timestamp%' or data_type like 'time%')
       order by 1`,
    ),
  );
  return rows.map(({ name }) => String(name));
}

/** Every time with an hour in rows that last, as `table: time`: ISO 8601, or seconds or milliseconds. */
export function lastingInstants(rows: readonly Row[]): string[] {
  return rows
    .filter(({ table }) => !passingTables.includes(table))
    .flatMap(({ table, value }) => timesIn(value).map((time) => `${table}: ${time}`));
}

function timesIn(value: unknown): string[] {
  if (typeof value === 'number') return isNow(value) || isNow(value * 1000) ? [String(value)] : [];
  if (typeof value === 'string') return value.match(instant) ?? [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    passingColumns.includes(name) ? [] : timesIn(inner),
  );
}

const isNow = (ms: number): boolean => Math.abs(ms - Date.now()) < yearMs;
