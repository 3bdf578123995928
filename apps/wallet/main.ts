/** Serves the wallet as a process of its own: `main.ts <config.json>`. */
import { readFileSync } from 'node:fs';
import { startWalletHost } from './host.ts';

const [path] = process.argv.slice(2);
if (!path) {
  process.stderr.write('Name a configuration file: main.ts <config.json>\n');
  process.exit(2);
}
const host = await startWalletHost(JSON.parse(readFileSync(path, 'utf8')));
process.stdout.write(`wallet at ${host.origin}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void host.close().then(() => process.exit(0)));
