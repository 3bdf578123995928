/**
 * What every main.ts does: read the configuration file named on the command line, start, say where, and
 * stop cleanly on Ctrl-C or a stop signal. A start that is refused ends with one sentence and status 1.
 */
import type { z } from 'zod';
import { ConfigRefused, readConfigFile } from './config.ts';
import { PortTaken } from './serve.ts';

export interface Running {
  origin: string;
  close(): Promise<void>;
}

/** Runs `start` with the configuration until a signal comes. */
export async function runService<C>(
  config: z.ZodType<C>,
  start: (config: C) => Promise<Running>,
): Promise<void> {
  const path = process.argv[2];
  try {
    if (path === undefined) throw new ConfigRefused('Name a configuration file: main.ts config.json');
    const running = await start(readConfigFile(path, config));
    process.stdout.write(`${running.origin}\n`);
    stopOnSignal(running);
  } catch (error) {
    if (!(error instanceof ConfigRefused || error instanceof PortTaken)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function stopOnSignal(running: Running): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
