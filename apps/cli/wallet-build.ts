/** `answerable wallet build`: the release that these sources make, with its manifest. */
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hashInGroups, releaseHash } from '@answerable/protocol/wallet-release';
import { buildWallet } from '@answerable/wallet/build';
import { readBuilt, readManifest, siteFolder } from '@answerable/wallet/built-files';

export const buildManual = `build: makes the release from the sources here. The same sources and lockfile give the same bytes on every
machine, so the hash it prints is the one to compare.

  --out DIR       copy the files into DIR, which must be empty or absent: any web server can serve them
`;

export async function buildRelease(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  const out = values.out === undefined ? undefined : resolve(values.out);
  if (out && existsSync(out) && readdirSync(out).length > 0) {
    process.stderr.write('answerable wallet: the folder of --out is not empty. Nothing was written.\n');
    return 2;
  }
  const folder = await buildWallet();
  if (out) cpSync(join(folder, siteFolder), out, { recursive: true });
  const manifest = readManifest(folder);
  const packed = [...readBuilt(folder).values()];
  const kib = (bytes: number) => `${Math.ceil(bytes / 1024)} KiB`;
  const sum = (sizes: number[]) => kib(sizes.reduce((total, size) => total + size, 0));
  const lines = [
    `version    ${manifest.version}`,
    `release    ${hashInGroups(releaseHash(manifest))}`,
    `files      ${manifest.files.length}, ${sum(manifest.files.map(({ bytes }) => bytes))}`,
    `first load ${sum(packed.map(({ brotli, body }) => (brotli ?? body).length))} with Brotli, ${sum(
      packed.map(({ gzip, body }) => (gzip ?? body).length),
    )} with gzip`,
    ...(out ? [`written to ${out}`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
