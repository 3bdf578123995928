/**
 * One data folder, one running network. The folder remembers what was drawn for it (tokens, ports), so that a
 * second start with the same folder finds the same people, keys and addresses; and a lock file refuses a second
 * start while the first still runs.
 */

import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigRefused } from '@answerable/kit/config';
import { freePort, isFree } from '@answerable/kit/free-port';
import { createSecretFile, readSecretFile } from '@answerable/kit/keys';
import { PortTaken } from '@answerable/kit/serve';
import { type RoleName, roleNames, type Tokens } from './network.ts';

const tokenBytes = 24;

/** Offsets from the base port: see ARCHITECTURE, "Addresses when trying". The tour itself is offset 0. */
const offsets: Record<RoleName | 'tour', number> = {
  tour: 0,
  wallet: 1,
  'identity-provider': 2,
  registrar: 3,
  commons: 10,
  lantern: 11,
  'gateway-commons': 12,
  'gateway-lantern': 13,
  desk: 14,
  'commons-of-the-ban': 15,
  'lantern-of-the-ban': 16,
  'keeper-1': 21,
  'keeper-2': 22,
  'keeper-3': 23,
  'guardian-1': 31,
  'guardian-2': 32,
  'guardian-3': 33,
  logbook: 40,
  authority: 50,
};
export type Ports = Record<RoleName | 'tour', number>;
export const basePort = 4600;

/** Takes the folder for this process, or throws ConfigRefused naming who has it. */
export function claimFolder(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'running.pid');
  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return { release: () => rmSync(path, { force: true }) };
    } catch {
      const holder = Number(readFileSync(path, 'utf8'));
      if (isRunning(holder))
        throw new ConfigRefused(
          `The data folder ${dataDir} is in use by process ${holder}. Stop that one, or name another folder with --data.`,
        );
      rmSync(path, { force: true }); // left by a process that was killed
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

export function loadTokens(dataDir: string): Tokens {
  const draw = () => randomBytes(tokenBytes).toString('hex');
  const path = join(dataDir, 'practice-tokens.secret');
  const fresh: Tokens = { operator: draw(), domain: draw(), connector: draw(), platformAdmin: draw() };
  return JSON.parse(readSecretFile(path) ?? createSecretFile(path, JSON.stringify(fresh))) as Tokens;
}

/**
 * `base` as asked, or `free` for any free ports (drawn once per folder: they stand in the trust policy). Throws
 * PortTaken before anything is kept: a folder that never started is not bound to ports.
 */
export async function loadPorts(dataDir: string, base: number | 'free'): Promise<Ports> {
  const path = join(dataDir, 'ports.json');
  const kept = readSecretFile(path);
  if (kept) {
    const ports = JSON.parse(kept) as Ports;
    if (base !== 'free' && ports.tour !== base)
      throw new ConfigRefused(
        `The data folder was made with base port ${ports.tour}; its addresses stand in its trust policy. Use --port ${ports.tour}, or another folder with --data.`,
      );
    await requireFree(ports);
    return ports;
  }
  const ports = base === 'free' ? await freePorts() : portsFrom(base);
  await requireFree(ports);
  return JSON.parse(createSecretFile(path, JSON.stringify(ports))) as Ports;
}

function portsFrom(base: number): Ports {
  return Object.fromEntries(Object.entries(offsets).map(([name, offset]) => [name, base + offset])) as Ports;
}

async function freePorts(): Promise<Ports> {
  const names = ['tour', ...roleNames] as const;
  const ports = await Promise.all(names.map(() => freePort()));
  return Object.fromEntries(names.map((name, at) => [name, ports[at]!])) as Ports;
}

/** Looks at every port before anything is started. Throws PortTaken. */
async function requireFree(ports: Ports): Promise<void> {
  for (const wanted of Object.values(ports)) if (!(await isFree(wanted))) throw new PortTaken(wanted);
}
