/** What a first visit to the wallet costs: every file of the release as it is served, compressed. */
import { buildWallet } from '@answerable/wallet/build';
import { readBuilt } from '@answerable/wallet/built-files';

const files = [...readBuilt(await buildWallet())];
const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
const sum = (sizes: number[]) => kib(sizes.reduce((total, size) => total + size, 0));
const brotli = files.map(([, file]) => (file.brotli ?? file.body).length);
const gzip = files.map(([, file]) => (file.gzip ?? file.body).length);
const curve = files.find(([path]) => path.endsWith('.wasm'))?.[1];
console.log('\nThe wallet, first load (limit 350 KiB)');
console.log(`  ${files.length} files: ${sum(brotli)} with Brotli, ${sum(gzip)} with gzip`);
if (curve) console.log(`  of which the curve: ${kib(curve.brotli!.length)}, ${kib(curve.gzip!.length)}`);
