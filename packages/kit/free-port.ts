/**
 * Ports of loopback that are free, for what starts on one later: an embedded database, a practice network, tests.
 * They lie below the range that systems hand out for outgoing connections (from 32768 on Linux, 49152 elsewhere):
 * one of that range that is free now may be an outgoing connection's a moment later.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Browsers open each of these. */
const first = 11_000;
/** of the range, exclusive */
const end = 32_000;
const triesMax = 200;

/** Found in this process: not given twice, though nothing may listen there yet. */
const given = new Set<number>();

/** A free port that this process was not given before. Throws where none is found. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < triesMax; tries++) {
    const port = randomInt(first, end);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error('no free port');
}

/** Whether something could listen on `port` of 127.0.0.1 now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
