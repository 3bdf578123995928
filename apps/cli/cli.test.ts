/** The command, as somebody calls it: what it says, and the status it ends with. No desk starts here. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { deskVerb } from './desk.ts';
import { keeperVerb } from './keeper.ts';

const command = fileURLToPath(new URL('./answerable.mjs', import.meta.url));

const call = (...args: string[]): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });

describe('answerable', () => {
  it('lists its verbs, and refuses others', async () => {
    const [overview, unknown] = await Promise.all([call('--help'), call('dance')]);
    expect(overview.status).toBe(0);
    for (const verb of ['start', 'desk', 'keeper', 'story', 'audit'])
      expect(overview.out).toContain(`  ${verb}`);
    expect([unknown.status, unknown.out]).toEqual([2, '']);
  });

  it('refuses an option that there is not, in one sentence', async () => {
    const { status, out, err } = await call('desk', '--verify-everybody');
    expect([status, out, err]).toEqual([
      2,
      '',
      "answerable desk: Unknown option '--verify-everybody'. See --help.\n",
    ]);
  });
});

describe('the memory that its first line allows', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const tells = `import { getHeapStatistics as heap } from 'node:v8';
    if (/answerable(.mjs)?$/.test(process.argv[1] ?? ''))
      console.error('bounds', heap().heap_size_limit >> 20, process.env.MALLOC_ARENA_MAX,
        process.env.MALLOC_MMAP_THRESHOLD_);`;
  const bounds = (file: string, ...args: string[]): Promise<string[]> =>
    new Promise((resolve) => {
      const { MALLOC_ARENA_MAX: _, MALLOC_MMAP_THRESHOLD_: _too, ...env } = process.env;
      const options = {
        cwd: root,
        env: { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tells)}` },
      };
      execFile(file, args, options, (_error, _out, err) =>
        resolve(/bounds (\d+) (\w+) (\w+)/.exec(err)?.slice(1) ?? [err]),
      );
    });

  it.each<[string, string, string[]]>([
    ['npm start', 'npm', ['start', '--', '--help']],
    ['the command that npm links', join(root, 'node_modules/.bin/answerable'), ['start', '--help']],
  ])('holds for %s', async (_how, file, args) => {
    const [heap, ...malloc] = await bounds(file, ...args);
    expect([Number(heap) > 500 && Number(heap) < 600, ...malloc]).toEqual([true, '2', '1048576']);
  });
  it('does not where node is told to run the file: the control', async () => {
    const [, ...malloc] = await bounds(process.execPath, command, 'start', '--help');
    expect(malloc).toEqual(['undefined', 'undefined']);
  });
  it('holds for every unit that the documentation has, and stands there for who starts it otherwise', () => {
    const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
    const text = docs.map((name) => readFileSync(join(root, 'docs', name), 'utf8')).join('\n');
    const starts = [...text.matchAll(/ExecStart=(\S+)/g)].map(([, file]) => file);
    expect(new Set(starts)).toEqual(new Set(['/srv/answerable/node_modules/.bin/answerable']));
    const [, malloc, flags] =
      /^#!.*(MALLOC_ARENA_MAX=\d+ MALLOC_MMAP_THRESHOLD_=\d+) node (.*)\n/.exec(
        readFileSync(command, 'utf8'),
      ) ?? [];
    expect(text).toContain(`${malloc} NODE_OPTIONS="${flags}"`);
  });
});

describe('answerable desk', () => {
  it('has a page that says how to put it behind TLS', () => {
    for (const word of ['--data', '--port', '--host', '--origin', 'DATABASE_URL', 'TLS', 'exit status'])
      expect(deskVerb.manual).toContain(word);
  });

  const folder = mkdtempSync(join(tmpdir(), 'answerable-cli-'));
  const config = (text: string) => {
    const path = join(folder, `${text.length}.json`);
    writeFileSync(path, text);
    return path;
  };
  it.each<[string, string[]]>([
    ['a port that is none', ['--port', 'http']],
    ['a port of the system', ['--port', '80']],
    ['a port beyond all ports', ['--port', '70000']],
    ['half a port', ['--port', '4660.5']],
    ['an address with a path', ['--origin', 'https://desk.example.org/desk']],
    ['an address that is none', ['--origin', 'desk']],
    ['an address without TLS', ['--origin', 'http://desk.example.org']],
    ['a host with a space', ['--host', 'my machine']],
    ['no name for a link', ['--new-link', ' ']],
    ['settings that are not there', ['--config', join(folder, 'none.json')]],
    ['settings that are no JSON', ['--config', config('{')]],
    ['settings with a field that nobody knows', ['--config', config('{"tokn":"a-secret-of-the-operator"}')]],
  ])('refuses %s with one sentence and status 2', async (_sin, args) => {
    const said: string[] = [];
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const status = await deskVerb
      .run(['--data', join(folder, 'desk'), ...args])
      .finally(() => spy.mockRestore());
    expect(status).toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^answerable desk: [^\n]*\n$/);
    expect(said[0]).not.toContain('a-secret-of-the-operator');
  });
});

describe('answerable keeper', () => {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-cli-keeper-'));
  const named = ['--name', 'keeper-city', '--origin', 'https://keeper.example.org'];
  const quietly = async (args: string[]) => {
    const said: string[] = [];
    const spies = [process.stderr, process.stdout].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
    );
    const status = await keeperVerb.run(args).finally(() => {
      for (const spy of spies) spy.mockRestore();
    });
    return { status, said: said.join('') };
  };

  it('writes settings that only their owner reads, once, and shows no secret', async () => {
    const path = join(folder, 'sub', 'keeper.json');
    const first = await quietly(['init', ...named, '--title', 'City archive', '--config', path]);
    expect(first.status).toBe(0);
    const written = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    expect(written).toMatchObject({ name: 'keeper-city', title: 'City archive', host: '127.0.0.1' });
    expect(written.operatorToken!.length).toBeGreaterThanOrEqual(32);
    expect(first.said).not.toContain(written.operatorToken);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await quietly(['init', ...named, '--config', path])).status).toBe(2);
    // Nobody answers at that port: it says so, and ends with 1.
    writeFileSync(path, JSON.stringify({ ...written, port: 1024 }));
    expect(await quietly(['status', '--config', path])).toMatchObject({ status: 1 });
  });

  it.each<[string, string[]]>([
    ['no step', []],
    ['a step that there is not', ['dance']],
    ['two steps at once', ['init', 'run']],
    ['no name', ['init', '--origin', 'https://keeper.example.org']],
    ['a name with capitals', ['init', ...named, '--name', 'Keeper City']],
    ['an address with a path', ['init', ...named, '--origin', 'https://example.org/keeper']],
    ['an address without TLS', ['init', ...named, '--origin', 'http://keeper.example.org']],
    ['a port of the system', ['init', ...named, '--port', '80']],
  ])('refuses %s with status 2, and writes nothing', async (_sin, args) => {
    const path = join(folder, 'none.json');
    const { status, said } = await quietly([...args, '--config', path]);
    expect([status, said.trim().split('\n').length]).toEqual([2, 1]);
    expect(existsSync(path)).toBe(false);
  });

  it('refuses settings that are not there or have a field that nobody knows, with status 1', async () => {
    expect((await quietly(['run', '--config', join(folder, 'none.json')])).status).toBe(1);
    const path = join(folder, 'odd.json');
    writeFileSync(path, '{"tokn":"a-secret-of-the-operator"}');
    const { status, said } = await quietly(['status', '--config', path]);
    expect(status).toBe(1);
    expect(said).not.toContain('a-secret-of-the-operator');
  });
});
