/**
 * Builds a release of the wallet with Vite, its manifest with it, into a folder named by the hash of everything
 * that goes into it, so the second start only looks. The same sources give the same bytes, wherever, whenever and
 * by whomever they are built (no clocks, no paths, no random names); the lockfile says with which tools.
 * Must never: read the trust policy or a configuration: one build serves every network.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packFiles, siteFolder, writeManifest } from './built-files.ts';
import { curveAsFile } from './curve-as-file.ts';

const hashChars = 16;
const root = fileURLToPath(new URL('../..', import.meta.url));
const appDir = fileURLToPath(new URL('./app', import.meta.url));
const sources = [
  'apps/wallet',
  'packages/core',
  'packages/log/verify',
  'packages/protocol',
  'package-lock.json',
];
const cacheDir = join(root, 'node_modules', '.cache');

/** The folder of the release (built-files.ts). Builds it if these very sources were never built here. */
export async function buildWallet(): Promise<string> {
  const finished = join(cacheDir, `wallet-${hashOfSources()}`);
  if (existsSync(finished)) return finished;
  // Built beside and renamed: whoever sees the folder sees all of it.
  const draft = `${finished}.${process.pid}`;
  mkdirSync(cacheDir, { recursive: true });
  await runVite(join(draft, siteFolder));
  writeManifest(draft, version());
  packFiles(draft);
  try {
    renameSync(draft, finished);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another process was first
  }
  return finished;
}

function version(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'apps/wallet/package.json'), 'utf8'));
  return String(version);
}

let building: Promise<unknown> = Promise.resolve();

/**
 * Vite believes the NODE_ENV of whoever builds over its own mode: under another word there, what is for developing
 * comes along, paths of this machine with it. It is one word for the whole process, so builds come one after another.
 */
function asProduction(work: () => Promise<unknown>): Promise<unknown> {
  const turn = building.then(async () => {
    const { NODE_ENV: own } = process.env;
    process.env.NODE_ENV = 'production';
    try {
      await work();
    } finally {
      if (own === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = own;
    }
  });
  building = turn.catch(() => {});
  return turn;
}

async function runVite(outDir: string): Promise<void> {
  const { build } = await import('vite');
  const config: Parameters<typeof build>[0] = {
    configFile: false,
    root: appDir,
    logLevel: 'error',
    mode: 'production',
    cacheDir: join(cacheDir, 'vite-wallet'),
    oxc: { jsx: { importSource: 'preact' } },
    worker: { format: 'es', plugins: () => [curveAsFile()] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // The stylesheet and the icon stay files of their own: the content security policy allows no inline ones.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      license: false,
    },
  };
  await asProduction(() => build(config));
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesBelow(join(root, source))).sort()) {
    const text = readFileSync(file);
    hash.update(`${relative(root, file)}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex').slice(0, hashChars);
}

function filesBelow(path: string): string[] {
  if (!existsSync(path))
    throw new Error(`A source of the wallet is missing: ${relative(dirname(root), path)}`);
  if (path.endsWith('.json')) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'testing') return [];
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return filesBelow(inner);
    return /\.(ts|tsx|js|css|html|svg|png|webmanifest|json)$/.test(entry.name) &&
      !/\.test\.tsx?$/.test(entry.name)
      ? [inner]
      : [];
  });
}
