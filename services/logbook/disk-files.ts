/**
 * The log as a folder: `public/` is what readers fetch, to the byte and path, so it can be audited or served by
 * anything; `signed-checkpoint` beside it is the last head that was signed. A thief of the folder learns what
 * everybody may know. Must never show a file half written, nor promise one that power could take back.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LogFiles } from '@answerable/log/append/log-store';

const publicFolder = 'public';
const signedFile = 'signed-checkpoint';

export function diskFiles(folder: string): LogFiles {
  const path = (name: string) => join(folder, publicFolder, name);
  return {
    read: (name) => readIfThere(path(name)),
    write: (name, bytes) => writeDurably(path(name), bytes),
    removeFolder: (name) => rm(path(name), { recursive: true, force: true }),
    readSigned: () => readIfThere(join(folder, signedFile)),
    writeSigned: (bytes) => writeDurably(join(folder, signedFile), bytes),
  };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    // A folder in the way is a file that is not there: `000.p` beside `000`.
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const created = await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await withFile(draft, 'wx', async (file) => {
      await file.writeFile(bytes);
      await file.sync();
    });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // The name is durable once its folder is; a new folder, once its parents are.
  await syncFolder(folder);
  for (let at = folder; created !== undefined && at.length >= created.length; at = dirname(at))
    await syncFolder(dirname(at));
}

const syncFolder = (folder: string): Promise<void> => withFile(folder, 'r', (file) => file.sync());

async function withFile(
  path: string,
  flags: string,
  work: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
