/** Words and devices are lost: the wait, the objection, and what a reset leaves visible. */
import type { PracticeClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { censusesAgree } from '@answerable/log/monitor/census-rule';
import { decodeEntry } from '@answerable/log/verify/entry';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader } from '@answerable/log/verify/log-reader';
import { parseLogTrust } from '@answerable/log/verify/trust';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, returnAs } from './visit.ts';

let network: TrialNetwork;
let clock: PracticeClock;
beforeAll(async () => {
  network = await startTrialNetwork({ resetWaitSeconds: 30 * 86_400 });
  clock = network.clock;
});
afterAll(() => network?.close());

const reset = (person: string) => enrolAs({ person }, network.wallet(), { purpose: 'reset' });

describe('a reset', () => {
  it('waits, gives a new secret, says so, and leaves the old record to be opened', async () => {
    const old = network.wallet();
    const words = await enrolWithWords({ person: 'hounded' }, old);
    expect(await reset('hounded')).toMatchObject({ end: 'waiting' });
    clock.advance({ days: 29 });
    expect(await reset('hounded')).toMatchObject({ end: 'waiting' });
    clock.advance({ days: 2 });
    const fresh = network.wallet();
    expect(await enrolAs({ person: 'hounded' }, fresh, { purpose: 'reset' })).toMatchObject({
      end: 'joined',
    });
    expect((await fresh.look()).attributes).toMatchObject({ reset_recent: 'yes' });
    const points = [old, fresh].map(async (wallet) => (await wallet.state())!.holding!.recordPoint);
    const [before, after] = await Promise.all(points);
    expect(after).not.toBe(before);

    // The old secret gets no credential any more, and the old words open nothing.
    await expect(old.renew()).rejects.toMatchObject({ code: 'person_unknown' });
    await expect(returnAs({ person: 'hounded' }, network.wallet(), words)).rejects.toMatchObject({
      code: 'recall_missing',
    });
    const leaves = await withConnection(network.databases.registrar!.url, (run) =>
      run('select 1 from leaf where record_point = $1 and item is not null', [before]),
    );
    expect(leaves).toHaveLength(1);
  });

  it('comes once in two years', async () => {
    await expect(reset('hounded')).rejects.toMatchObject({ code: 'reset_too_soon' });
    clock.advance({ days: 731 });
    expect(await reset('hounded')).toMatchObject({ end: 'waiting' });
  });

  it('is stopped by any old device, and only by one', async () => {
    const device = network.wallet();
    await enrolAs({ person: 'survivor' }, device);
    await reset('survivor');
    clock.advance({ days: 20 });
    const stranger = network.wallet();
    await enrolAs({ person: 'hounder' }, stranger);
    const state = (await stranger.state())!;
    const { recordPoint } = (await device.state())!.holding!;
    const pretender = network.wallet({ state: { ...state, holding: { ...state.holding!, recordPoint } } });
    await expect(pretender.objectToReset()).rejects.toMatchObject({ code: 'presentation_refused' });
    await device.objectToReset();
    clock.advance({ days: 20 });
    // The wait begins anew.
    expect(await reset('survivor')).toMatchObject({ end: 'waiting' });
    await device.renew();
  });

  it('is for who is known by document or account', async () => {
    await expect(reset('newcomer')).rejects.toMatchObject({ code: 'person_unknown' });
    await enrolAs({ person: 'newcomer' }, network.wallet());
    const second = { person: 'newcomer', account: 'second' } as const;
    await expect(enrolAs(second, network.wallet(), { purpose: 'reset' })).rejects.toMatchObject({
      code: 'person_unsure',
    });
  });
});

describe('what is left behind', () => {
  it('the log holds what registrar and keepers counted each day, and an audit finds that they agree', async () => {
    clock.advance({ days: 2 });
    const tags = network.policy.tags;
    const agree = censusesAgree({
      registrar: network.policy.registrar.name,
      keepers: tags.keepers.map(({ name }) => name),
      threshold: tags.threshold,
    });
    const trust = parseLogTrust({ log: network.policy.log.verifierKey, witnesses: [], quorum: 0 });
    const reader = new LogReader({ fetchFile: fetchFrom(network.policy.log.origin), trust });
    const entries = async () => {
      const head = await reader.latest();
      return (await reader.tiles(head).entries(0, head.size)).map((bytes) => decodeEntry(bytes));
    };
    const speakers = async () =>
      (await entries()).flatMap((entry) => (entry.kind === 'census' ? [String(entry.party)] : []));
    await expect
      .poll(async () => [...new Set(await speakers())].sort())
      .toEqual(expect.arrayContaining(['keeper-1', 'keeper-2', 'keeper-3', 'registrar']));
    const all = await entries();
    const objections = (said: typeof all) => {
      const run = agree.start();
      return [...said.flatMap((entry, index) => [...run.see(entry, index)]), ...run.finish(said.length)];
    };
    expect(objections(all)).toEqual([]);
    // Control: a registrar that asked once more than it says is found by the keepers' totals.
    const less = (counts: Record<string, number>) => ({
      ...counts,
      'tag-sessions': Number(counts['tag-sessions']) - 1,
    });
    const lying = all.map((entry) =>
      entry.kind === 'census' && entry.party === 'registrar' && 'tag-sessions' in (entry.counts as object)
        ? { ...entry, counts: less(entry.counts as Record<string, number>) }
        : entry,
    );
    expect(objections(lying).length).toBeGreaterThan(0);
  });

  it('no name, birth date or document stands in any table of registrar and keepers', async () => {
    const wallet = network.wallet();
    await enrolWithWords({ person: 'journalist' }, wallet);
    const names = /marcus|lindqvist|1982-11-03|521300106|helen|priya|marlowe|1989-04-12|521300101/i;
    for (const name of ['registrar', 'keeper-1', 'keeper-2', 'keeper-3', 'logbook'])
      expect(await everything(name)).not.toMatch(names);
    // The search finds a name where there is one.
    expect('Marcus Lindqvist').toMatch(names);
  });
});

async function everything(name: string): Promise<string> {
  return withConnection(network.databases[name]!.url, async (run) => {
    const tables = await run(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const text: string[] = [];
    for (const table of tables)
      for (const row of await run(`select to_jsonb(t)::text as row from "${String(table.name)}" t`))
        text.push(String(row.row));
    expect(text.length).toBeGreaterThan(0);
    // Also what is written in base64url.
    const decoded = text.join(' ').match(/[A-Za-z0-9_-]{24,}/g) ?? [];
    return [...text, ...decoded.map((word) => Buffer.from(word, 'base64url').toString('latin1'))].join('\n');
  });
}
