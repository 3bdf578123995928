/**
 * The two scripts of the page, made from their sources at the start, in memory: `tour.js` for the page and
 * `audit.js`, the audit of the log as it runs in the visitor's own browser, fetched when asked for.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Scripts by file name. */
export async function bundleScripts(): Promise<ReadonlyMap<string, string>> {
  const source = (name: string) => fileURLToPath(new URL(`./browser/${name}.ts`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [source('tour'), source('audit')],
    outdir: 'assets',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    external: ['/assets/*'],
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.split(/[\\/]/).pop() ?? path, text]));
}
