/** A process under test, seen from outside: whether it answers, its memory and its processor time. */
import { readdirSync, readFileSync } from 'node:fs';
import { call } from './gateway/caller.ts';

const healthTimeoutMs = 60_000;
/** Of a processor's time as /proc counts it. */
const tickMs = 10;

export interface Memory {
  now: number;
  most: number;
}

/** Resident memory in MB. */
export function memoryOf(pid: number | undefined): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Number(status.match(new RegExp(`${name}:\\s+(\\d+) kB`))?.[1] ?? 0) / 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

/** Of all threads so far. */
export function cpuMsOf(pid: number | undefined): number {
  const fields = fieldsOf(Number(pid));
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Processes that this one started, and those that they did. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one)))
    try {
      parents.set(Number(name), Number(fieldsOf(Number(name))[1]));
    } catch {
      // It has ended since.
    }
  const found = [pid];
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found.slice(1);
}

/** What these processes hold together, in MB: of memory that several share, each counts its part. */
export function sharesOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids)
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
    } catch {
      // It has ended since.
    }
  return kilobytes / 1024;
}

/** Of the program; '' if it has ended since. */
export function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

// After the name, which may have blanks and brackets in it: state, parent, …
function fieldsOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

export async function healthy(origin: string, status = 200): Promise<void> {
  const end = Date.now() + healthTimeoutMs;
  for (;;) {
    const ok = await call(`${origin}/health`).then(
      (answer) => answer.status === status,
      () => false,
    );
    if (ok) return;
    if (Date.now() > end) throw new Error('the process under test did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
