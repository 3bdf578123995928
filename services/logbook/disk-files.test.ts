import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogFiles } from '@answerable/log/append/log-store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskFiles } from './disk-files.ts';

let folder: string;
let files: LogFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-files-'));
  files = diskFiles(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const everything = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());

it('reads what was written, replaces it whole, and leaves no drafts', async () => {
  await files.write('tile/0/x001/234', Uint8Array.of(1, 2, 3));
  await files.write('tile/0/x001/234', Uint8Array.of(4));
  expect(await files.read('tile/0/x001/234')).toEqual(Uint8Array.of(4));
  expect(everything()).toHaveLength(1);
});

it('knows what is not there, folders included', async () => {
  await files.write('tile/0/000.p/7', Uint8Array.of(1));
  for (const path of ['tile/0/001', 'tile/0', 'tile/0/000.p/7/8'])
    expect(await files.read(path)).toBeUndefined();
});

it('removes a folder of partial tiles, and minds no absent one', async () => {
  await files.write('tile/0/000.p/7', Uint8Array.of(1));
  await files.write('tile/0/000', Uint8Array.of(2));
  await files.removeFolder('tile/0/000.p');
  await files.removeFolder('tile/0/000.p');
  expect(await files.read('tile/0/000.p/7')).toBeUndefined();
  expect(await files.read('tile/0/000')).toEqual(Uint8Array.of(2));
});

it('keeps the signed checkpoint apart from what is published', async () => {
  expect(await files.readSigned()).toBeUndefined();
  await files.writeSigned(Uint8Array.of(9));
  expect(await files.readSigned()).toEqual(Uint8Array.of(9));
  expect(readdirSync(folder)).toEqual(['signed-checkpoint']);
});

it('says that it could not write, and leaves nothing half done', async () => {
  await files.write('tile/0/000', Uint8Array.of(1));
  await expect(files.write('tile/0/000/1', Uint8Array.of(2))).rejects.toThrow();
  writeFileSync(join(folder, 'in-the-way'), '');
  await expect(diskFiles(join(folder, 'in-the-way')).writeSigned(Uint8Array.of(3))).rejects.toThrow();
  expect(everything()).toHaveLength(2);
});
