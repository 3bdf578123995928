/**
 * A Chromium from npm, unpacked once into node_modules/.cache and started as an ordinary browser: its
 * package's own flags switch off web security and site isolation and are not used.
 * Assumes: Linux. On a bare machine without NSS or fonts it brings its own.
 * Run as a script it only unpacks, so that parallel workers find it there.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

const versionTimeoutMs = 20_000;

// What Chromium adds to its environment while its thread for name lookups reads it (res_ninit). An addition moves the
// whole environment, and the reader then now and then dies of SIGSEGV, once in some 400 starts. Being there already,
// nothing is added and nothing moves.
const setByItself = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', FC_FONTATIONS: '1' };

/**
 * The flags of every start. Without --disable-gpu its process for graphics looks for drivers that are not here, fails
 * and starts anew without, and whatever was to be drawn meanwhile is lost ("Unable to capture screenshot", once in
 * some 100 starts).
 */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-gpu',
  '--no-pings',
];

export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

/** The unpacked browser and the environment it needs here. */
export async function unpackChromium(): Promise<Chromium> {
  const require = createRequire(import.meta.url);
  const packageDir = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const home = join(packageDir, '..', '..', '.cache', `chromium-${version}`);
  if (!existsSync(home)) await unpackInto(home, join(packageDir, 'bin'));
  return { executablePath: join(home, 'chromium'), env: environmentFor(home) };
}

// Unpacked beside and renamed: whoever sees the folder sees all of it.
async function unpackInto(home: string, archives: string): Promise<void> {
  const draft = `${home}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const program = join(draft, 'chromium');
  await pipeline(
    createReadStream(join(archives, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(program),
  );
  chmodSync(program, 0o755);
  for (const archive of ['al2023.tar.br', 'fonts.tar.br']) await untar(join(archives, archive), draft);
  writeFileSync(join(draft, 'fonts.conf'), fontsConf(join(home, 'fonts')));
  try {
    renameSync(draft, home);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another worker was first
  }
}

function fontsConf(dir: string): string {
  const body = `<dir>${dir}</dir><cachedir>${dir}/cache</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${body}</fontconfig>\n`;
}

async function untar(archive: string, into: string): Promise<void> {
  const tar = spawn('tar', ['-x', '-C', into], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => tar.once('close', resolve));
  // tar stops reading at its end mark and may be gone before the padding behind it is written: whether it saw
  // everything is for it to say.
  await pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin).catch(() => undefined);
  if ((await ended) !== 0) throw new Error('tar could not unpack the browser');
}

function environmentFor(home: string): Record<string, string> {
  const env: Record<string, string> = { ...setByItself };
  for (const name of ['PATH', 'HOME', 'TMPDIR']) if (process.env[name]) env[name] = process.env[name];
  if (!existsSync('/etc/fonts')) env.FONTCONFIG_PATH = home;
  const starts = () => {
    const options = { env, timeout: versionTimeoutMs, stdio: 'ignore' } as const;
    return spawnSync(join(home, 'chromium'), ['--no-sandbox', '--version'], options).status === 0;
  };
  // Its own libraries only where the system lacks some: they can clash with a system's newer ones.
  if (!starts()) env.LD_LIBRARY_PATH = join(home, 'lib');
  return env;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await unpackChromium();
