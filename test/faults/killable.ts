/**
 * A service that can be killed at a chosen moment: it runs in its own process and speaks to its database through
 * a wire that the test can cut at a statement, before the database hears it or before its answer comes back.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PracticeClock } from '@answerable/kit/clock';

/** `unheard`: the statement never arrives. `unanswered`: it is done, and nobody here learns of it. */
export type Cut = 'unheard' | 'unanswered';

export interface Wire {
  /** the database, through this wire */
  url: string;
  /** Cuts at the first statement that holds `after` and then `at`; resolves when it has. */
  cut(how: Cut, at: string, after?: string): Promise<void>;
  close(): Promise<void>;
}

export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const forget = new Set<() => void>();
  let plan: { how: Cut; at: string; after: string; done: () => void } | undefined;
  const server: Server = createServer((here) => {
    const there = connect(Number(target.port), target.hostname);
    let said = '';
    let cut: Cut | undefined;
    forget.add(() => {
      said = '';
    });
    for (const socket of [here, there]) sockets.add(socket.on('error', () => {}));
    here.on('data', (octets) => {
      said += octets.toString('latin1');
      const begun = plan ? said.indexOf(plan.after) : -1;
      if (plan && !cut && begun >= 0 && said.indexOf(plan.at, begun) >= 0) {
        cut = plan.how;
        plan.done();
        plan = undefined;
      }
      if (cut !== 'unheard') there.write(octets);
    });
    there.on('data', (octets) => {
      if (!cut) here.write(octets);
    });
    here.on('close', () => there.destroy());
    there.on('close', () => here.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    cut: (how, at, after = '') =>
      new Promise((done) => {
        // What was said before does not count.
        for (const one of forget) one();
        plan = { how, at, after, done };
      }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Killable {
  /** kill -9, and waits until it is gone */
  kill(): Promise<void>;
}

/** Starts `service` with `config` in a process of its own, on the time of `clock`. */
export async function startKillable(
  service: 'desk' | 'guardian' | 'gateway',
  config: object,
  clock: PracticeClock,
): Promise<Killable> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-killable-'));
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
  const script = fileURLToPath(new URL('./service-process.ts', import.meta.url));
  const aheadMs = String(clock.now().getTime() - Date.now());
  const child = spawn(process.execPath, ['--import', 'tsx', script, service, path, aheadMs], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await saysReady(child);
  return {
    async kill() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.once('data', () => resolve());
    child.once('exit', () => reject(new Error('the service ended while it was starting')));
  });
}
