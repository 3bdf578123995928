/** How old a checkpoint is, said by two gateways on one database and by one that was started again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { practiceClock } from '@answerable/kit/clock';
import { type Database, openDatabase } from '@answerable/kit/database';
import { policySource } from '@answerable/kit/policy-source';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LogTimesTables, logTimes, logTimesMigration } from './log-times.ts';
import { logView } from './log-view.ts';
import { type Network, startNetwork } from './testing/network.ts';

const ageSeconds = 60;
const clock = practiceClock(new Date(), 'practice');
let folder: string;
let database: TestDatabase;
let open: Database<LogTimesTables>;
let network: Network;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'answerable-log-view-'));
  database = await testDatabase('log-view');
  open = await openDatabase<LogTimesTables>({ url: database.url, migrations: [logTimesMigration] });
  network = await startNetwork(folder, [], { checkpointAgeSeconds: ageSeconds }, clock);
});
afterAll(async () => {
  await network?.close();
  await open?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const gateway = (times = logTimes(open.db)) => logView(policySource(network.policyPath), clock, times);

it('is from when either of two first saw a larger one, and does not begin anew with a start', async () => {
  const [one, other] = [gateway(), gateway()];
  const old = network.log.checkpoint();
  await one.requireFresh(old);
  await network.log.grow();
  clock.advance({ seconds: 2 });
  await one.look();
  clock.advance({ seconds: ageSeconds - 5 });
  await other.requireFresh(old);
  clock.advance({ seconds: 10 });
  await expect(other.requireFresh(old)).rejects.toMatchObject({ code: 'checkpoint_old' });
  await expect(gateway().requireFresh(old)).rejects.toMatchObject({ code: 'checkpoint_old' });
  await gateway().requireFresh(network.log.checkpoint());
});

it('with a memory of its own, one that is started again takes it', async () => {
  const old = network.log.checkpoint();
  const forgetful = () => {
    const own = new Map<number, Date>();
    return gateway({
      keep: async (size, at) => void (own.has(size) || own.set(size, at)),
      overtaken: async (size) => [...own].sort(([a], [b]) => a - b).find(([larger]) => larger > size)?.[1],
      sweep: async () => {},
    });
  };
  await network.log.grow();
  const [one, again] = [forgetful(), forgetful()];
  await one.look();
  clock.advance({ seconds: ageSeconds + 5 });
  await expect(one.requireFresh(old)).rejects.toMatchObject({ code: 'checkpoint_old' });
  await again.requireFresh(old);
});

it('stays known of the newest, however long the log does not grow', async () => {
  const [one] = [gateway()];
  const old = network.log.checkpoint();
  await network.log.grow();
  clock.advance({ seconds: 2 });
  await one.look();
  clock.advance({ days: 9 });
  await one.look();
  await expect(one.requireFresh(old)).rejects.toMatchObject({ code: 'checkpoint_old' });
});
