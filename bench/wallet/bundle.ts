/** What the browser of the bench runs, built as the wallet is built. Nothing of it is kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Every built file by its address, from the entry `name` beside this file: a page or a module. */
export async function bundle(name: string): Promise<Map<string, Buffer>> {
  const outDir = mkdtempSync(join(tmpdir(), 'answerable-bench-bundle-'));
  try {
    await build({
      configFile: false,
      root: fileURLToPath(new URL('.', import.meta.url)),
      logLevel: 'error',
      oxc: { jsx: { importSource: 'preact' } },
      worker: { format: 'es' },
      build: {
        outDir,
        target: 'es2022',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        reportCompressedSize: false,
        rolldownOptions: {
          input: fileURLToPath(new URL(name, import.meta.url)),
          output: { codeSplitting: !name.endsWith('.tsx') },
        },
      },
    });
    return readBelow(outDir);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

function readBelow(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/${relative(folder, path)}`, readFileSync(path)];
    }),
  );
}
