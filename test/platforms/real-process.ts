/** A process of a real platform, under the Node that came with it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const readySecondsMax = 30;

/** What install.mjs made: a folder, and the Node in it. */
export interface Installed {
  folder: string;
  node: string;
}

/** Runs until the function that comes back is called; it ends this process and no other. */
export async function startProcess(
  node: string,
  file: string,
  env: Record<string, string>,
): Promise<() => Promise<void>> {
  const child = spawn(node, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let trouble = '';
  child.stderr.on('data', (part) => {
    trouble = (trouble + part).slice(-2_000);
  });
  const ready = new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => line === 'ready' && resolve());
    child.once('exit', () => reject(new Error(`${file} ended: ${trouble}`)));
    setTimeout(() => reject(new Error(`${file} is not ready: ${trouble}`)), readySecondsMax * 1000).unref();
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(force);
  };
  await ready.catch(async (error) => {
    await stop();
    throw error;
  });
  return stop;
}
