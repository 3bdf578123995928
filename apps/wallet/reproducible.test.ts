/**
 * The same sources give the same bytes: built from two copies, in folders of other names and depths, written in
 * another order, in another time zone and language, by somebody else.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { releaseHash, sha256Of } from '@answerable/protocol/wallet-release';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBuilt, readManifest } from './built-files.ts';

const buildTimeoutMs = 120_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = ['apps/wallet', 'packages/core', 'packages/log', 'packages/protocol'];
/** What goes into the wallet is copied; what only builds it is linked. */
const bundled = ['@noble', 'preact', 'zod', 'mcl-wasm', 'canonicalize'];

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'reproducible-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Built = ReturnType<typeof readBuilt>;
interface Elsewhere {
  folder: string;
  env: Record<string, string>;
  /** Later names are written first: where folders are read in the order of writing, that shows. */
  backwards: boolean;
}

const copies: Elsewhere[] = [
  {
    folder: 'a',
    env: { TZ: 'Pacific/Kiritimati', LANG: 'C', USER: 'root', HOME: '/', NODE_ENV: 'development' },
    backwards: false,
  },
  {
    folder: 'über drei Ecken/quite deep/b',
    env: { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'ümit', HOME: '/tmp' },
    backwards: true,
  },
];

function copyTree({ folder, backwards }: Elsewhere): string {
  const place = join(home, folder);
  const copy = (from: string, to: string) => {
    mkdirSync(to, { recursive: true });
    const entries = readdirSync(from, { withFileTypes: true });
    for (const entry of backwards ? entries.reverse() : entries) {
      if (entry.name === 'node_modules' || entry.name === '.cache') continue;
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) copy(source, target);
      else cpSync(source, target);
    }
  };
  for (const path of packages) copy(join(root, path), join(place, path));
  cpSync(join(root, 'package-lock.json'), join(place, 'package-lock.json'));
  cpSync(join(root, 'package.json'), join(place, 'package.json'));
  const modules = realpathSync(join(root, 'node_modules'));
  mkdirSync(join(place, 'node_modules', '@answerable'), { recursive: true });
  for (const name of ['wallet', 'core', 'log', 'protocol'])
    symlinkSync(
      join(place, name === 'wallet' ? 'apps' : 'packages', name),
      join(place, 'node_modules', '@answerable', name),
    );
  for (const name of readdirSync(modules)) {
    const target = join(place, 'node_modules', name);
    if (bundled.includes(name)) copy(join(modules, name), target);
    else if (name !== '@answerable' && name !== '.cache') symlinkSync(join(modules, name), target);
  }
  return place;
}

/** Builds there, in a process of its own; the folder of the release. */
function buildIn(place: string, env: Record<string, string>): Promise<string> {
  const build = pathToFileURL(join(place, 'apps/wallet/build.ts')).href;
  const script = `const { buildWallet } = await import(${JSON.stringify(build)}); process.stdout.write(await buildWallet());`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: place,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    child.once('close', (status) =>
      status === 0 ? resolve(said) : reject(new Error(`the build ended with ${status}`)),
    );
  });
}

it(
  'two builds in two places are one release, byte for byte',
  async () => {
    const built = await Promise.all(copies.map((copy) => buildIn(copyTree(copy), copy.env)));
    const [one, two] = built.map((folder) => readBuilt(folder)) as [Built, Built];
    expect([...one.keys()]).toEqual([...two.keys()]);
    for (const [path, { body }] of one) expect(body.equals(two.get(path)!.body), path).toBe(true);
    expect(dirname(built[0]!)).not.toBe(dirname(built[1]!));
    for (const folder of built)
      for (const { path, bytes, sha256 } of readManifest(folder).files) {
        const { body } = readBuilt(folder).get(path)!;
        expect([body.length, sha256Of(body)], path).toEqual([bytes, sha256]);
      }
    const text = [...one.values()].map(({ body }) => body.toString('latin1')).join('');
    for (const trace of [home, root, 'drei Ecken', 'Kiritimati']) expect(text).not.toContain(trace);
    expect(releaseHash(readManifest(built[0]!))).toBe(releaseHash(readManifest(built[1]!)));
  },
  buildTimeoutMs,
);
