/**
 * Gateway and desk in one process, by the steps of an operator and nothing else: `answerable gateway init`, `add`,
 * `run` as the command starts itself by its first line, a trust policy, the set-up of the desk in a browser. The
 * platform, the rest of the network and the load are this process.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNetwork } from '@answerable/gateway/testing/network';
import { freePort } from '@answerable/kit/free-port';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import type { Place } from '../gateway/people.ts';
import { type BenchPlatform, startPlatform } from '../platform.ts';
import { healthy } from '../process.ts';
import { type Disk, diskOf } from './disk.ts';
import { comeIn, joinAs, type Moderator, setUp } from './moderator.ts';

const printTimeoutMs = 60_000;
/** People keep the checkpoint that they have for longer than a window takes to be prepared. */
const checkpointAgeSeconds = 900;
const connectorToken = 'a-token-of-the-bench-that-is-long-enough';
const command = fileURLToPath(new URL('../../apps/cli/answerable.mjs', import.meta.url));

export interface Together extends Place {
  pid: number;
  desk: string;
  platform: BenchPlatform;
  connectorToken: string;
  moderators: Moderator[];
  disk(): Promise<Disk>;
  /** true unless the process has ended by itself */
  runs(): boolean;
  close(): Promise<void>;
}

export async function startTogether(): Promise<Together> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-bench-'));
  const config = join(folder, 'gateway.json');
  const [port, deskPort, platform] = [await freePort(), await freePort(), await startPlatform()];
  const [origin, desk] = [`http://localhost:${port}`, `http://localhost:${deskPort}`];
  const callback = `${platform.origin}/callback`;
  const say = (...words: string[]) =>
    execFileSync(command, ['gateway', ...words, '--config', config], { stdio: 'ignore' });
  say('init', '--name', 'gateway', '--origin', origin, '--port', `${port}`, '--with-desk');
  say(
    ...['add', 'openid', '--url', platform.origin, '--name', 'forum'],
    ...['--callback', callback, '--logout', platform.logoutUri],
  );
  const { clientId, clientSecret } = edit(folder, config, { desk, deskPort, platform: platform.origin });
  const run = startRun(config, folder);
  const postgres = () => /Its data are in (.*)/.exec(run.printed())?.[1] ?? '';
  const close = async () => {
    await stop(run.child);
    await platform.close();
    // Where PostgreSQL cannot enter the folder its data are elsewhere.
    if (postgres()) rmSync(postgres(), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await healthy(origin, 503);
    const signingKey = loadOrCreateSigningKey(join(folder, 'keys', 'signing.key'));
    const listed = [{ name: 'gateway', origin, signingKey, platforms: ['forum'] }];
    const network = await startNetwork(join(folder, 'network'), listed, { checkpointAgeSeconds });
    copyFileSync(network.policyPath, join(folder, 'trust.policy'));
    await run.prints(/sign-ups can begin/);
    const [link = ''] = await run.prints(/http:\S+\/set-up\?token=\S+/);
    const robin = await setUp(desk, link, { origin: platform.origin, connectorToken });
    const others = await Promise.all(['Sam', 'Ash'].map((name) => comeIn(desk, robin, name)));
    const moderators = await Promise.all([robin, ...others].map((visit) => joinAs(desk, visit)));
    return {
      origin,
      desk,
      network,
      client: { clientId, clientSecret, redirectUri: callback },
      pid: Number(run.child.pid),
      platform,
      connectorToken,
      moderators,
      disk: () => diskOf(folder, postgres()),
      runs: () => run.child.exitCode === null && run.child.signalCode === null,
      close: async () => {
        await close();
        await network.close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What an operator chooses: ports, how the platform is told, and a policy that lets people have several accounts. */
function edit(folder: string, config: string, at: { desk: string; deskPort: number; platform: string }) {
  const settings = JSON.parse(readFileSync(config, 'utf8'));
  const [forum] = settings.platforms;
  settings.desk = { origin: at.desk, port: at.deskPort };
  forum.connector = { name: 'forum', origin: at.platform, connectorToken };
  writeFileSync(config, JSON.stringify(settings));
  const file = join(folder, forum.policyFile);
  const policy = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...policy, accountsMax: 8, disclose: ['over_16', 'residence'] }));
  return forum as { clientId: string; clientSecret: string };
}

// In a new place for temporary files, as after an installation: what it compiles at its start is kept nowhere yet.
function startRun(config: string, temporary: string) {
  const child = spawn(command, ['gateway', 'run', '--config', config], {
    env: { ...process.env, ANSWERABLE_MODE: 'practice', TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      printed += text;
    });
  return {
    child,
    printed: () => printed,
    async prints(what: RegExp): Promise<RegExpExecArray> {
      const end = Date.now() + printTimeoutMs;
      for (;;) {
        const found = what.exec(printed);
        if (found) return found;
        if (Date.now() > end || child.exitCode !== null)
          throw new Error(`it did not say ${what}:\n${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}
