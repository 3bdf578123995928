/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * One party's card on the right half: what it is, what it must not be able to learn, whose names stand in its
 * database, and its tables with their newest rows as they are.
 */
import { createHash } from 'node:crypto';
import { Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { PartyHolding, RoleHolding } from './holdings.ts';
import type { LogView } from './published-log.ts';
import type { DatabaseView, TableView } from './read-database.ts';

/** Tables that follow the log, which grows every second whether something happens or not. */
const followsTheLog = new Set(['witnessed_head']);

/** The part of a card that changes. */
export const CardBody: FC<{ holding: PartyHolding }> = ({ holding: { party, roles } }) => (
  <>
    <Names party={party} roles={roles} />
    {roles.map((role) => (
      <RoleView holding={role} titled={roles.length > 1} first={party.tables} />
    ))}
  </>
);

/** Says nothing of names while some part of what the party holds cannot be read. */
const Names: FC<PartyHolding> = ({ party, roles }) => {
  const looked = roles.map(({ database, files }) => database?.names ?? files?.names);
  if (looked.includes(undefined)) return null;
  const names = [...new Set(looked.flat())];
  // The authority may hold the one name that was opened for it.
  const tone = party.id === 'authority' ? 'mark' : 'bad';
  return (
    <p class="names">
      {names.length === 0 ? (
        <Tag {...(party.world === 'ban' ? {} : { tone: 'good' })}>No name stands here</Tag>
      ) : (
        <>
          <Tag tone={tone}>
            {names.length === 1 ? 'A name stands here' : `${names.length} names stand here`}
          </Tag>{' '}
          <span>{names.join(', ')}</span>
        </>
      )}
    </p>
  );
};

const RoleView: FC<{ holding: RoleHolding; titled: boolean; first: readonly string[] }> = (props) => {
  const { holding, titled, first } = props;
  return (
    <div class="role">
      {titled ? <h4>{titleOf(holding.role)}</h4> : null}
      {holding.files ? <Files files={holding.files.files} /> : null}
      {holding.database ? <Database role={holding.role} view={holding.database} first={first} /> : null}
      {!holding.files && !holding.database ? <p class="soft">It does not answer just now.</p> : null}
    </div>
  );
};

const Files: FC<{ files: readonly string[] }> = ({ files }) => (
  <>
    <p class="soft">No database. Its files: {files.length === 0 ? 'none.' : null}</p>
    {files.length > 0 ? (
      <ul class="files">
        {files.map((file) => (
          <li>
            <code>{file}</code>
          </li>
        ))}
      </ul>
    ) : null}
  </>
);

const Database: FC<{ role: string; view: DatabaseView; first: readonly string[] }> = (props) => {
  const { role, view, first } = props;
  const filled = view.tables.filter(({ count }) => count > 0);
  const named = first.flatMap((name) => filled.filter((table) => table.name === name));
  const main = named.length > 0 || first.length > 0 ? named : filled;
  const others = filled.filter((table) => !main.includes(table));
  const empty = view.tables.filter(({ count }) => count === 0).map(({ name }) => name);
  return (
    <>
      {main.map((table) => (
        <TableOf role={role} table={table} />
      ))}
      {filled.length === 0 ? <p class="soft">Nothing yet.</p> : null}
      {others.length + empty.length > 0 ? (
        <details class="others" data-key={`${role}/`}>
          <summary id={`sum-${role}`}>{othersIn(others.length, empty.length)}</summary>
          {others.map((table) => (
            <TableOf role={role} table={table} />
          ))}
          {empty.length > 0 ? <p class="soft">Empty: {empty.join(', ')}.</p> : null}
        </details>
      ) : null}
    </>
  );
};

const othersIn = (filled: number, empty: number) =>
  [filled > 0 ? `${filled} more with rows` : '', empty > 0 ? `${empty} empty` : '']
    .filter(Boolean)
    .join(', ');

const TableOf: FC<{ role: string; table: TableView }> = ({ role, table }) => (
  <details
    data-key={`${role}/${table.name}`}
    data-count={table.count}
    data-clockwork={followsTheLog.has(table.name) ? 'yes' : undefined}
  >
    <summary id={`sum-${role}-${table.name}`}>
      <span class="summed">
        <code>{table.name}</code> <span class="count">{rowsOf(table.count)}</span>
      </span>
      <span class="newest" data-row={rowKey(role, table.name, table.rows[0] ?? [])}>
        {table.columns.map((column, at) => (
          <span>
            <i>{column}</i> {table.rows[0]?.[at]}{' '}
          </span>
        ))}
      </span>
    </summary>
    <section
      class="scroll"
      id={`rows-${role}-${table.name}`}
      aria-label={`Newest rows of ${table.name} (${role})`}
      tabindex={0}
    >
      <table class="raw">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr data-row={rowKey(role, table.name, row)}>
              {row.map((value) => (
                <td>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    {table.count > table.rows.length ? (
      <p class="soft">and {table.count - table.rows.length} before these</p>
    ) : null}
  </details>
);

/** The log's card. */
export const LogBody: FC<{ log: LogView | undefined }> = ({ log }) =>
  log ? (
    <>
      <p>
        {log.size} entries under the root <code>{log.root.slice(0, 16)}…</code>
      </p>
      <p>
        Signed by {log.signers[0]}
        {log.signers.length > 1 ? (
          <>
            {' '}
            and cosigned by <strong>{log.signers.length - 1}</strong>:{' '}
            {log.signers.slice(1).map(shortName).join(', ')}
          </>
        ) : (
          ', by no witness yet'
        )}
        .
      </p>
      <section class="scroll" id="rows-log" aria-label="Newest entries of the log" tabindex={0}>
        <table class="raw">
          <thead>
            <tr>
              {['entry', 'kind', 'of these', 'says'].map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {log.entries.map(({ index, kind, says }) => (
              <tr
                data-row={kind === 'commitment' ? undefined : `log/${kind}/${index}`}
                class={kind === 'disclosure-notice' ? 'public' : undefined}
              >
                <td>{index}</td>
                <td>{kind}</td>
                <td>{log.counts[kind]}</td>
                <td>{says}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  ) : (
    <p class="soft">There is no checkpoint yet.</p>
  );

/** `localhost:4631/guardian-1` → `guardian-1` */
const shortName = (name: string) => name.split('/').pop() ?? name;
const rowsOf = (count: number) => (count === 1 ? '1 row' : `${count.toLocaleString('en-GB')} rows`);
const titleOf = (role: string) => role.charAt(0).toUpperCase() + role.slice(1).replaceAll('-', ' ');

// The page compares keys to see which rows are new; a key says nothing but "the same".
function rowKey(role: string, table: string, row: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([role, table, row]))
    .digest('base64url')
    .slice(0, 12);
}
