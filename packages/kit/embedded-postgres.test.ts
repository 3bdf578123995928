import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { provisionDatabases } from './provision.ts';

const ask = (url: string, text: string) => withConnection(url, (run) => run(text));
const starter = `
  const { startEmbeddedPostgres } = await import('@answerable/kit/embedded-postgres');
  const server = await startEmbeddedPostgres({ dataDir: process.argv[1], durable: false });
  process.stdout.write(server.adminUrl + '\\n');
  setInterval(() => {}, 1000);
`;

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'answerable-pg-'));
    chmodSync(dataDir, 0o711);
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('keeps data over a restart and refuses a second start on the same folder', async () => {
    const first = await startEmbeddedPostgres({ dataDir, durable: false });
    await ask(first.adminUrl, "create table kept (word text); insert into kept values ('here')");
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow('already using the data in');
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir, durable: false });
    expect(await ask(second.adminUrl, 'select word from kept')).toEqual([{ word: 'here' }]);
    await second.stop();
  });

  it('comes up again after its owner was killed', async () => {
    const owner = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', starter, dataDir],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const url = await new Promise<string>((resolve) =>
      owner.stdout.once('data', (data) => resolve(String(data).trim())),
    );
    await ask(url, "create table written (word text); insert into written values ('before')");
    const gone = new Promise((resolve) => owner.once('exit', resolve));
    owner.kill('SIGKILL');
    await gone;
    const next = await startEmbeddedPostgres({ dataDir, durable: false });
    expect(await ask(next.adminUrl, 'select word from written')).toEqual([{ word: 'before' }]);
    await next.stop();
  });

  it('begins again after its owner was killed while the database was made', async () => {
    const half = mkdtempSync(join(tmpdir(), 'answerable-half-'));
    chmodSync(half, 0o711);
    const command = ['--import', 'tsx', '--input-type=module', '-e', starter, half];
    // Of its own group, so that what makes the database ends with it, as when the power goes.
    const owner = spawn(process.execPath, command, { stdio: 'ignore', detached: true });
    const isBegun = () =>
      ['postgres', 'postgres.draft'].some((place) => existsSync(join(half, place, 'PG_VERSION')));
    await expect.poll(isBegun, { interval: 1 }).toBe(true);
    const gone = new Promise((resolve) => owner.once('exit', resolve));
    process.kill(-owner.pid!, 'SIGKILL');
    await gone;
    const next = await startEmbeddedPostgres({ dataDir: half, durable: false });
    expect(await ask(next.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.erase();
    rmSync(half, { recursive: true, force: true });
  });

  it('gives each service a role that opens its own database and no other', async () => {
    const server = await startEmbeddedPostgres({ dataDir, durable: false });
    const options = {
      adminUrl: server.adminUrl,
      secretsDir: join(dataDir, 'secrets'),
      services: ['desk', 'keeper-1'],
    };
    const { desk = '', 'keeper-1': keeper = '' } = await provisionDatabases(options);
    expect(await provisionDatabases(options)).toEqual({ desk, 'keeper-1': keeper });
    await ask(desk, 'create table mine (a int)');
    const crossing = new URL(desk);
    for (const other of ['answerable_keeper_1', 'postgres', 'template1']) {
      crossing.pathname = `/${other}`;
      await expect(ask(crossing.href, 'select 1')).rejects.toThrow('permission denied');
    }
    crossing.pathname = '/answerable_desk';
    crossing.password = 'guess';
    await expect(ask(crossing.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(dataDir, 'secrets', 'desk.database.secret')).mode & 0o777).toBe(0o600);
    await server.stop();
  });

  it('finds a place when user postgres cannot enter the data folder', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'answerable-closed-'));
    chmodSync(closed, 0o700);
    const server = await startEmbeddedPostgres({ dataDir: join(closed, 'data'), durable: false });
    const rows = await ask(server.adminUrl, 'show data_directory');
    const place = String(rows[0]?.data_directory);
    expect(place.startsWith(closed)).toBe(process.getuid?.() !== 0);
    await server.erase();
    expect(existsSync(place)).toBe(false);
    rmSync(closed, { recursive: true, force: true });
  });

  describe.runIf(process.getuid?.() === 0)('of a folder that user postgres cannot enter', () => {
    let closed: string;
    const starts: (() => Promise<void>)[] = [];
    const start = async (folder = 'data') => {
      const server = await startEmbeddedPostgres({ dataDir: join(closed, folder), durable: false });
      starts.push(server.erase);
      return server;
    };
    beforeAll(() => {
      closed = mkdtempSync(join(tmpdir(), 'answerable-closed-'));
      chmodSync(closed, 0o700);
    });
    afterAll(async () => {
      // The newest first: of two of one folder that one still runs.
      for (const erase of starts.reverse()) await erase();
      rmSync(closed, { recursive: true, force: true });
    });

    it('says in the folder where it lies, and a new folder of the same name begins anew', async () => {
      const first = await start();
      expect(`${first.place}\n`).toBe(`${noteIn('data')}/postgres\n`);
      await first.stop();
      rmSync(join(closed, 'data'), { recursive: true });
      const second = await start();
      expect(second.place).not.toBe(first.place);
      await second.stop();
    });

    it('does not begin anew, without a word, where a database was', async () => {
      const server = await start('kept');
      await server.stop();
      cpSync(join(closed, 'kept'), join(closed, 'copied'), { recursive: true });
      await expect(start('copied')).rejects.toThrow('was moved or copied, and its database was not');
      const [, outside = ''] = /^(.*)\/postgres$/.exec(server.place) ?? [];
      renameSync(outside, `${outside}-away`);
      await expect(start('kept')).rejects.toThrow('Put it back there from a backup');
      renameSync(`${outside}-away`, outside);
      expect((await start('kept')).place).toBe(server.place);
    });

    const noteIn = (folder: string) =>
      readFileSync(join(closed, folder, 'postgres-place.txt'), 'utf8').trim();
  });
});
