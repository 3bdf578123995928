/**
 * One process per trust domain: the parent forks an entry file, which loads its roles' configurations, starts
 * them, says `ready`, and ends when it is asked to, or when its parent is gone.
 */
import { type ChildProcess, fork } from 'node:child_process';

const readyTimeoutMs = 90_000;
const stopTimeoutMs = 8_000;

/** What runs, and can be ended. */
export interface Started {
  close(): Promise<void>;
}

export interface DomainRoles {
  domain: string;
  roles: { name: string; config: Record<string, unknown> }[];
}

export interface DomainProcess extends Started {
  /** what the roles' starts had to say, in order: such as an address for whoever sets one up */
  said: readonly string[];
  /** called once if the process ends without having been asked to */
  onEnd(ended: () => void): void;
}

type FromChild = { ready: true; said: string[] } | { failed: string };

/** Starts the roles of one domain in a process of their own; `entry` is its file, which calls `runAsDomain`. */
export async function startDomain(
  entry: string,
  domain: DomainRoles,
  env: NodeJS.ProcessEnv = process.env,
): Promise<DomainProcess> {
  const child = fork(entry, [domain.domain], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env,
    // A group of its own: Ctrl-C reaches the parent, which asks its children to stop one after the other.
    detached: true,
  });
  const said = await becomesReady(child, domain);
  let asked = false;
  return {
    said,
    onEnd(ended) {
      child.once('exit', () => asked || ended());
    },
    close() {
      asked = true;
      return stopped(child);
    },
  };
}

function becomesReady(child: ChildProcess, domain: DomainRoles): Promise<string[]> {
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
        resolve(message.said);
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

/** The child's side. `startRole` may return a line for whoever started it. */
export function runAsDomain(
  startRole: (name: string, config: Record<string, unknown>) => Promise<Started & { says?: string }>,
): void {
  const running: (Started & { says?: string })[] = [];
  const end = async () => {
    await Promise.allSettled(running.map((role) => role.close()));
    process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('disconnect', end);
  process.once('message', async (roles: DomainRoles['roles']) => {
    try {
      for (const { name, config } of roles) running.push(await startRole(name, config));
      process.send?.({ ready: true, said: running.flatMap(({ says }) => says ?? []) });
    } catch (error) {
      process.send?.({ failed: error instanceof Error ? error.message : 'failed' });
    }
  });
}
