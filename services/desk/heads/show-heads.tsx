/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /heads: the days, and whether everything that was on record then still is. GET /public/heads: the same days
 * as hashes that anybody can note. Must never: name a case in public.
 */
import { after, dayOf } from '@answerable/kit/clock';
import { Notice, page, Table, Tag } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import { consolePage, serviceTitle } from '../console/console-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import type { HeadFault } from './head-store.ts';

/** Days that a page checks; the whole record is checked with the exported tables. */
const checkedDays = 31;

export const showHeads = (parts: DeskParts) => async (c: Context) => {
  const { config, clock, heads, signIn } = parts;
  const since = dayOf(after(clock.now(), { days: -checkedDays }));
  const [rows, faults] = await Promise.all([heads.list(), heads.check(since)]);
  if (wantsJson(c)) return c.json({ days: rows.map(publicRow), faults });
  const logged = config.gateway !== null;
  return consolePage(
    c,
    config,
    { title: 'Whether the record is whole', session: signIn.session(c) },
    <>
      <p>
        Every step of every case is bound to the one before. Once a day the ends of all chains are bound
        together, so that a case that is left out or cut short later shows.
        {logged ? ' That day’s commitment goes into the public log.' : ''}
      </p>
      {faults.length === 0 ? (
        <Notice tone="good" title={`The last ${checkedDays} days are whole.`} live />
      ) : (
        <Notice tone="bad" title="Something is missing or was changed." live>
          <ul>{faults.map(faultLine)}</ul>
        </Notice>
      )}
      <Table
        caption="Days, the newest first"
        head={['Day', 'Chains that grew', 'Head', ...(logged ? ['In the log'] : [])]}
        rows={rows.map((row) => [
          row.day,
          String(row.chains),
          <code>{row.head}</code>,
          ...(logged ? [row.proof ? 'yes' : <Tag tone="mark">on its way</Tag>] : []),
        ])}
      />
      <p>
        <a href="/public/heads">The public page of these</a>
      </p>
    </>,
  );
};

const faultLine = ({ day, chain }: HeadFault) => (
  <li>
    {day}: {chain === null ? 'the day’s own head' : <code>{chain}</code>}
  </li>
);

export const showPublicHeads = (parts: DeskParts) => async (c: Context) => {
  const { config, heads } = parts;
  const rows = (await heads.list()).map(publicRow);
  if (wantsJson(c)) return c.json({ days: rows });
  const options = {
    title: 'Where our record ended each day',
    service: serviceTitle(config),
    practice: config.mode === 'practice',
  };
  return page(
    c,
    options,
    <>
      <p>
        These hashes say nothing about anybody. Whoever notes one can later ask us to show that the record
        still leads to it. Ask for <code>application/json</code> to have them as data.
      </p>
      <Table
        caption="Days, the newest first"
        head={['Day', 'Head']}
        rows={rows.map((row) => [row.day, <code>{row.head}</code>])}
      />
    </>,
  );
};

const publicRow = (row: { day: string; head: string; previous: string | null; proof: string | null }) => ({
  day: row.day,
  head: row.head,
  previous: row.previous,
  proof: row.proof,
});
