/** The whole process killed without warning, again and again, while entries come in; then one ordinary start. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '@answerable/log/monitor/audit';
import { growsByBatches } from '@answerable/log/monitor/rules';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader } from '@answerable/log/verify/log-reader';
import type { TreeHead } from '@answerable/log/verify/merkle';
import { parseLogTrust } from '@answerable/log/verify/trust';
import { expect, it } from 'vitest';
import { commitment, newKey, place, startLogbook, submission, until } from './testing/logbook.ts';

const lives = 3;
const killAfterBatches = [2, 5, 3];
const root = new URL('../..', import.meta.url);

async function startProcess(configPath: string): Promise<{ child: ChildProcess; origin: string }> {
  const args = ['--import', 'tsx', 'services/logbook/main.ts', configPath];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const origin = await until(async () => /^http:\/\/\S+$/m.exec(said)?.[0]);
  return { child, origin };
}

it('loses nothing that was acknowledged and keeps one history', async () => {
  const home = await place({ cadenceSeconds: 0.02 });
  const configPath = join(home.folder, 'config.json');
  writeFileSync(configPath, JSON.stringify(home.config));
  const acknowledged: string[] = [];
  let trust: ReturnType<typeof parseLogTrust> | undefined;
  let pinned: TreeHead | undefined;
  for (let life = 0; life < lives; life += 1) {
    const { child, origin } = await startProcess(configPath);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const { logKey } = (await (await fetch(`${origin}/ceremony/identity`)).json()) as { logKey: string };
    trust ??= parseLogTrust({ log: logKey, witnesses: [], quorum: 0 });
    const reader = new LogReader({ fetchFile: fetchFrom(origin), trust, ...(pinned ? { pinned } : {}) });
    const start = await until(async () => reader.latest().catch(() => undefined));
    for (
      let grown = 0;
      grown < killAfterBatches[life]!;
      grown = ((await reader.latest()).size - start.size) / 4
    ) {
      const key = newKey();
      const response = await fetch(`${origin}/entries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(submission(commitment(life, acknowledged.length), { key })),
      });
      if (response.status === 202) acknowledged.push(key);
    }
    pinned = reader.pinned;
    child.kill('SIGKILL');
    await gone;
  }
  const logbook = await startLogbook(home.config);
  for (const key of acknowledged)
    await until(async () => ((await logbook.get(`/entries/by-key/${key}`)).ok ? true : undefined));
  const report = await audit({
    fetchFile: fetchFrom(logbook.origin),
    trust: trust!,
    rules: [growsByBatches(4)],
    earlier: [pinned!],
  });
  expect(report.findings).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(lives);
  await logbook.close();
  await home.clear();
});
