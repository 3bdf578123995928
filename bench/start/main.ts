/**
 * From a bare clone to the first page that is of use: `git clone`, `npm ci` with what npm keeps on this machine,
 * `npm start` until the tour answers, for the first time and again; and the memory of all that runs then.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFree } from '@answerable/kit/free-port';
import { call } from '../gateway/caller.ts';
import { load } from '../measure.mjs';
import { descendantsOf, nameOf, sharesOf } from '../process.ts';

const timeoutMs = 600_000;
const settleMs = 10_000;
/** A network uses so many ports from its base on; below those that tests and databases take. */
const [baseFirst, baseLast, ports] = [4_600, 10_900, 51];
const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

console.log(`\nFrom a bare clone to the first page; ${load()}`);
const folder = mkdtempSync(join(tmpdir(), 'answerable-bench-'));
const clone = join(folder, 'answerable');
try {
  run('git', ['clone', '--quiet', `file://${repository}`, clone], folder);
  run('npm', ['ci', '--silent', '--no-audit', '--no-fund'], clone);
  await start('npm start, until the tour answers');
  await start('npm start once more');
  console.log(`  ${load()}, ours included`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, words: string[], cwd: string): void {
  const begun = performance.now();
  execFileSync(command, words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  say(`${command} ${words[0]}`, begun);
}

async function start(name: string): Promise<void> {
  const begun = performance.now();
  const words = ['start', '--silent', '--', '--ephemeral', '--port', String(await freeBase())];
  // Of a group of its own, so that the end is what Ctrl-C is. Nothing that is compiled is kept from other clones.
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn('npm', words, {
    cwd: clone,
    detached: true,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let printed = '';
  child.stdout.on('data', (text) => {
    printed += text;
  });
  const answers = async () => {
    const origin = /Open (http:\S+) in a browser/.exec(printed)?.[1];
    return origin && (await call(origin).catch(() => undefined))?.status === 200;
  };
  try {
    while (!(await answers())) {
      if (performance.now() - begun > timeoutMs || child.exitCode !== null)
        throw new Error(`no page came:\n${printed}`);
      await pause(100);
    }
    say(name, begun);
    await pause(settleMs);
    sayMemory(descendantsOf(Number(child.pid)));
  } finally {
    if (child.exitCode === null) process.kill(-Number(child.pid), 'SIGINT');
    await ended;
  }
}

async function freeBase(): Promise<number> {
  for (let base = baseFirst; base <= baseLast; base += 100) {
    const all = await Promise.all(Array.from({ length: ports }, (_, i) => isFree(base + i)));
    if (all.every(Boolean)) return base;
  }
  throw new Error('no free ports');
}

function sayMemory(all: readonly number[]): void {
  const isDatabase = (pid: number) => nameOf(pid) === 'postgres';
  const [database, rest] = [all.filter(isDatabase), all.filter((pid) => !isDatabase(pid))];
  console.log(
    `    memory, MB: ${sharesOf(rest).toFixed(0)} of ${rest.length} processes, ${sharesOf(database).toFixed(0)} of PostgreSQL`,
  );
}

function say(name: string, begun: number): void {
  console.log(`  ${name.padEnd(58)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(8)} s`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
