/**
 * One process per trust domain: the child loads its roles' configurations, starts them, says `ready`, and ends
 * when it is asked to, or when its parent is gone.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RoleName } from './network.ts';
import { type Running, startRole } from './starters.ts';

const readyTimeoutMs = 90_000;
const stopTimeoutMs = 8_000;

export interface DomainRoles {
  domain: string;
  roles: { name: RoleName; config: Record<string, unknown> }[];
}

type FromChild = { ready: true } | { failed: string };

/** Starts the roles of one domain in a process of their own. */
export async function startDomain(domain: DomainRoles): Promise<Running> {
  const child = fork(fileURLToPath(new URL('./domain-process.mjs', import.meta.url)), [domain.domain], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ANSWERABLE_MODE: 'practice' },
    // A group of its own: Ctrl-C reaches the parent, which asks its children to stop one after the other.
    detached: true,
  });
  await becomesReady(child, domain);
  return { close: () => stopped(child) };
}

function becomesReady(child: ChildProcess, domain: DomainRoles): Promise<void> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => fail(`${domain.domain} did not start in time`), readyTimeoutMs);
    const fail = (message: string) => {
      clearTimeout(timeout);
      child.kill();
      reject(new Error(message));
    };
    child.once('exit', () => fail(`${domain.domain} ended while it was starting`));
    child.on('message', (message: FromChild) => {
      if ('failed' in message) fail(message.failed);
      else {
        clearTimeout(timeout);
        child.removeAllListeners('exit');
        resolve();
      }
    });
    child.send(domain.roles);
  });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** The child's side. */
export function runAsDomain(): void {
  const running: Running[] = [];
  const end = async () => {
    await Promise.allSettled(running.map((role) => role.close()));
    process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('disconnect', end);
  process.once('message', async (roles: DomainRoles['roles']) => {
    try {
      for (const { name, config } of roles) running.push(await startRole(name, config));
      process.send?.({ ready: true });
    } catch (error) {
      process.send?.({ failed: error instanceof Error ? error.message : 'failed' });
    }
  });
}
