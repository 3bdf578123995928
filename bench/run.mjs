/**
 * `npm run bench`: one run, ours and the peers on the same machine, medians with spread. The peers are no
 * dependency of the product: they are installed in bench/peers on first use; where they cannot be, the table
 * says so. `npm run bench -- --desk` measures the desk alone, `-- --gateway` the gateway, `-- --together` both in one process
 * (BENCH_MINUTES), `-- --wallet` the wallet in a browser; BENCH_CASES says with how many cases.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { load } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
console.log(
  `Answerable bench: Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`,
);
console.log(`Milliseconds: median (5th – 95th percentile, rounds); ${load()}\n`);

register();
for (const part of ['desk', 'gateway', 'together', 'start', 'wallet'])
  if (process.argv.includes(`--${part}`)) {
    await import(`./${part}/main.ts`);
    process.exit(0);
  }
await import('./main.ts');
await import('./wallet/main.ts');
await import('./desk/main.ts');

console.log('\nPeers, same run');
const peers = join(here, 'peers');
if (!existsSync(join(peers, 'node_modules')))
  spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', peers], { stdio: 'ignore' });
const run = spawnSync(process.execPath, [join(peers, 'peers.mjs')], { stdio: 'inherit' });
if (run.status !== 0) console.log('  the peers could not be installed or run here');
